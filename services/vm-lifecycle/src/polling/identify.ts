import { answerOf, unlessNodeIsGone } from '../adapters/call.ts';
import type { Doubtful } from '../core/doubt.ts';
import type { Fact, Guest } from '../core/guest.ts';
import { incarnationOf, isAnother } from '../core/incarnation.ts';
import { type Looked, unlistedFact } from '../core/observe.ts';
import { proposeOwner } from '../creating/proposing.ts';
import type { Parts } from '../parts.ts';
import type { Config, Hypervisor } from '../ports.ts';
import type { Destroys, Found } from './destroys.ts';

/** So many guests are looked at at once: a node answers a few requests at a time. */
const atOnce = 8;

interface Described extends Looked, Pick<Config, 'description'> {
  /** Notes what else was seen, once what follows from this look is written down. */
  readonly note: () => void;
}

interface Looking {
  readonly hypervisor: Hypervisor;
  readonly destroys: Destroys;
}

/** What a closer look at these guests found, by id; of those that could not be looked at nothing. */
export async function readIdentities(
  looking: Looking,
  asked: readonly Doubtful[],
): Promise<Map<string, Described>> {
  const found = new Map<string, Described>();
  const queue = [...asked];
  const read = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const looked = await lookAt(looking, next);
      if (looked) found.set(next.id, looked);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, queue.length) }, read));
  return found;
}

async function lookAt({ hypervisor, destroys }: Looking, place: Doubtful): Promise<Described | undefined> {
  const { known } = place;
  const moved = known !== undefined && known.node !== place.node;
  const answer = await answerOf(async () => {
    // First: whatever was destroyed after that is the end of the one that it names.
    const config = await hypervisor.guestConfig(place);
    const [here, there] = await Promise.all([
      destroys.ask(place, known && { ...known, node: place.node }),
      moved ? unlessNodeIsGone<Found | undefined>(() => destroys.ask(known, known), undefined) : undefined,
    ]);
    const destroyed = here.destroyed || there?.destroyed === true;
    const same = known !== undefined && !destroyed && isAnother(known.incarnation, config) !== true;
    const incarnation = same ? known.incarnation : incarnationOf(config);
    return { ...config, destroyed, note: () => here.note(incarnation) };
  });
  return 'code' in answer ? undefined : answer;
}

/** The facts, of which those about guests that are no longer listed say whether the guest was destroyed, as its node's tasks have it. */
export async function withDestroyed(
  destroys: Destroys,
  guests: readonly Guest[],
  facts: readonly Fact[],
): Promise<Fact[]> {
  return await Promise.all(
    facts.map(async (fact) => {
      if (fact.type !== 'vm.unlisted' || fact.data.because !== undefined) return fact;
      const guest = guests.find(({ id }) => id === fact.data.vm);
      if (guest === undefined) return fact;
      const answer = await answerOf(() =>
        unlessNodeIsGone<{ destroyed: boolean }>(() => destroys.ask(guest, guest), { destroyed: false }),
      );
      return 'destroyed' in answer && answer.destroyed ? unlistedFact(guest.id, 'destroyed') : fact;
    }),
  );
}

/** Offers those that were found anew, or known for the first time, to whom they name themselves. */
export async function proposeOwners(
  parts: Pick<Parts, 'database' | 'log' | 'logger'>,
  facts: readonly Fact[],
  identities: ReadonlyMap<string, Described>,
): Promise<void> {
  for (const { type, data } of facts) {
    if (type !== 'vm.found' || data.incarnation === undefined) continue;
    const { vm, hypervisor, vmid, incarnation, class: of } = data;
    const which = { vm, hypervisor, vmid, incarnation };
    await proposeOwner(parts, { class: of, which, description: identities.get(vm)?.description });
  }
}
