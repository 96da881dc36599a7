import { isClockBelieved } from '../../facts/clock.ts';
import type { Facts } from '../../facts/index.ts';
import type { ItemFact } from '../../facts/item.ts';
import { whyUnknown } from '../../facts/of-team.ts';
import type { RuleContext, Undecided, ViolationFound } from '../define.ts';
import { notRecorded, recordedAccess, unrecordedAccess } from './access.ts';
import { coreOf, isSpaceWide } from './register.ts';
import { busFactor, busFactorOf, countStewards, stewardsByItem } from './stewards.ts';
import { isWatched, notWatched, unwatchedItem } from './watched.ts';

type Known = Pick<
  Facts,
  | 'item'
  | 'steward'
  | 'vm'
  | 'node'
  | 'hypervisor'
  | 'project'
  | 'person'
  | 'member'
  | 'directory'
  | 'accessList'
  | 'accessSource'
  | 'clock'
>;
type Looked = ViolationFound | 'undecided' | undefined;

/** What each item is by itself: watched (CORE-1), run by enough people (TEAM-2), and of whom it is recorded who has access (CORE-2); found item by item. */
export interface ByItem {
  look(item: ItemFact): void;
  found(): {
    readonly found: readonly ViolationFound[];
    readonly undecided: readonly Undecided[];
    /** When time alone changes what is found, ms since 1970. */
    readonly times: readonly number[];
  };
}

export function createByItem(known: Known, { now, settings }: Pick<RuleContext, 'now' | 'settings'>): ByItem {
  const found: ViolationFound[] = [];
  const undecided: Undecided[] = [];
  const times: number[] = [];
  const bus = createBusFactor(known, now, times);
  const watchers = { ...known, ...settings };
  const areKnown = whyUnknown(known) === undefined;
  const isRecorded = recordedAccess(known, { ...settings.access, areKnown });
  const add = (kind: string, item: ItemFact, looked: Looked) => {
    if (looked === 'undecided') undecided.push({ kind, subject: `item/${item.item}` });
    else if (looked) found.push(looked);
  };
  return {
    look(item) {
      const core = coreOf(item, known);
      if (settings.directory) add(busFactor, item, bus(item, core.length > 0));
      if (core.includes('availability')) {
        add(notWatched, item, unless(item, isWatched(item, watchers), unwatchedItem));
      }
      if (core.includes('confidentiality') && settings.directory) {
        add(notRecorded, item, unless(item, isRecorded(item), unrecordedAccess));
      }
    },
    found: () => ({ found, undecided, times }),
  };
}

/** The violation unless it is as it should be; undecided where the item is not seen. */
function unless(
  item: ItemFact,
  isSo: boolean | 'undecided',
  violationOf: (item: ItemFact) => ViolationFound,
): Looked {
  if (item.unseen || isSo === 'undecided') return 'undecided';
  return isSo ? undefined : violationOf(item);
}

/** @param times gets when each of those who count was to confirm it again */
function createBusFactor(known: Known, now: number, times: number[]) {
  const isBelieved = isClockBelieved(known);
  const stewards = stewardsByItem(known.steward);
  const arePeopleKnown = whyUnknown(known) === undefined;
  return (item: ItemFact, isCore: boolean): Looked => {
    if (!isCore && !isSpaceWide(item, known)) return undefined;
    if (item.unseen || !arePeopleKnown) return 'undecided';
    const counting = isCore ? 'full' : 'anybody';
    const counted = countStewards(stewards.get(item.item), counting, known, now);
    times.push(...counted.ends);
    // By a clock that is not believed nobody is late, and nobody is in time.
    if (!isBelieved && counted.late + counted.ends.length > 0) return 'undecided';
    const violation = busFactorOf(item, counting, counted);
    // Who is not seen might count.
    return violation && counted.unseen.length > 0 ? 'undecided' : violation;
  };
}
