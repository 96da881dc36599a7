import { because, fullStewardsNeeded, stewardCountsUntil } from '@huismeester/contracts';
import type { Facts } from '../../facts/index.ts';
import type { ItemFact } from '../../facts/item.ts';
import type { StewardFact } from '../../facts/steward.ts';
import type { ViolationFound } from '../define.ts';

export const busFactor = 'bus-factor';
const clause = 'TEAM-2';

/** Stewards by the item that they can run; learners are none. */
export function stewardsByItem(steward: Facts['steward']): ReadonlyMap<string, readonly StewardFact[]> {
  const found = new Map<string, StewardFact[]>();
  for (const each of steward.values()) {
    if (each.role !== 'steward') continue;
    const all = found.get(each.item);
    if (all) all.push(each);
    else found.set(each.item, [each]);
  }
  return found;
}

/** Who of the stewards counts: `full`, for core: full members alone; `anybody`: any participant. */
export type Counting = 'full' | 'anybody';

export interface Counted {
  /** Ids of those who count now. */
  readonly people: readonly string[];
  /** Ids of those of whom nobody knows now whether they count, since something about them is not seen. */
  readonly unseen: readonly string[];
  /** When each of those who count was to confirm it again, ms since 1970. */
  readonly ends: readonly number[];
  /** So many would count, had they confirmed it within 400 days. */
  readonly late: number;
}

/** Who could run an item without help now: who is in the directory, may use their account, and confirmed it within 400 days. */
export function countStewards(
  stewards: readonly StewardFact[] = [],
  counting: Counting,
  { member, person }: Pick<Facts, 'member' | 'person'>,
  now: number,
): Counted {
  const [people, unseen, ends]: [string[], string[], number[]] = [[], [], []];
  let late = 0;
  for (const each of stewards) {
    const [of, there] = [member.get(each.person), person.get(each.person)];
    const isUnseen = each.unseen || there?.unseen || (counting === 'full' && of?.unseen);
    if (isUnseen) unseen.push(each.person);
    else if (there?.enabled && (counting === 'anybody' || of?.state === 'full')) {
      const until = stewardCountsUntil(each.confirmedAt);
      if (now >= until) late += 1;
      else {
        people.push(each.person);
        ends.push(until);
      }
    }
  }
  return { people, unseen, ends, late };
}

/**
 * What an item’s bus factor comes to: core that fewer than two full members can run is a violation, and a serious one where nobody can; space-wide,
 * only where nobody can (TEAM-2). How many there are stands in the cause: where one more is gone, another violation takes its place, which nobody
 * accepted yet, also where the one before was accepted and comes back later.
 */
export function busFactorOf(
  { item }: Pick<ItemFact, 'item'>,
  counting: Counting,
  { people }: Pick<Counted, 'people'>,
): ViolationFound | undefined {
  const enough = counting === 'full' ? fullStewardsNeeded : 1;
  if (people.length >= enough) return undefined;
  const isCore = counting === 'full';
  return {
    kind: busFactor,
    subject: `item/${item}`,
    cause: `${isCore ? 'core' : 'space-wide'}/${people.length}`,
    severity: isCore && people.length === 0 ? 'serious' : 'warning',
    clause,
    reasons: [because(people.length === 1 ? 'one-steward' : isCore ? 'no-core-steward' : 'no-steward')],
    evidence: [],
  };
}
