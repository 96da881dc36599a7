import { answerOf, unlessNodeIsGone } from '../adapters/call.ts';
import type { Doubtful } from '../core/doubt.ts';
import type { Fact, Guest } from '../core/guest.ts';
import { type Looked, unlistedFact } from '../core/observe.ts';
import { proposeOwner } from '../creating/proposing.ts';
import type { Parts } from '../parts.ts';
import type { Config, Hypervisor } from '../ports.ts';

/** So many guests are looked at at once: a node answers a few requests at a time. */
const atOnce = 8;

type Described = Looked & Pick<Config, 'description'>;

/** What a closer look at these guests found, by id; of those that could not be looked at nothing. */
export async function readIdentities(
  hypervisor: Hypervisor,
  asked: readonly Doubtful[],
): Promise<Map<string, Described>> {
  const found = new Map<string, Described>();
  const queue = [...asked];
  const read = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const looked = await lookAt(hypervisor, next);
      if (looked) found.set(next.id, looked);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, queue.length) }, read));
  return found;
}

async function lookAt(hypervisor: Hypervisor, place: Doubtful): Promise<Described | undefined> {
  const { known } = place;
  const answer = await answerOf(async () => {
    const [config, destroyed] = await Promise.all([
      hypervisor.guestConfig(place),
      known !== undefined && hypervisor.destroyed(known, known.changedAt),
    ]);
    return { ...config, destroyed };
  });
  return 'code' in answer ? undefined : answer;
}

/** The facts, of which those about guests that are no longer listed say whether the guest was destroyed, as its node's tasks have it. */
export async function withDestroyed(
  hypervisor: Hypervisor,
  guests: readonly Guest[],
  facts: readonly Fact[],
): Promise<Fact[]> {
  return await Promise.all(
    facts.map(async (fact) => {
      if (fact.type !== 'vm.unlisted' || fact.data.because !== undefined) return fact;
      const guest = guests.find(({ id }) => id === fact.data.vm);
      if (guest === undefined) return fact;
      // Whatever was done to a guest of its vmid before it was found, or last seen to turn, was done to another.
      const ask = async () => ({ destroyed: await hypervisor.destroyed(guest, guest.changedAt) });
      const answer = await answerOf(() => unlessNodeIsGone(ask, { destroyed: false }));
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
