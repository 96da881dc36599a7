import { answerOf, unlessNodeIsGone } from '../adapters/call.ts';
import type { Doubtful } from '../core/doubt.ts';
import type { Fact, Guest } from '../core/guest.ts';
import type { Identity } from '../core/incarnation.ts';
import { unlistedFact } from '../core/observe.ts';
import type { Hypervisor } from '../ports.ts';

/** So many configurations are read at once: a node answers a few requests at a time. */
const atOnce = 8;

/** What the configurations of these guests say of which they are, by id; of those that could not be read nothing. */
export async function readIdentities(
  hypervisor: Hypervisor,
  asked: readonly Doubtful[],
): Promise<Map<string, Identity>> {
  const found = new Map<string, Identity>();
  const queue = [...asked];
  const read = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const place = next;
      const answer = await answerOf(() => hypervisor.guestConfig(place));
      if (!('code' in answer)) found.set(place.id, answer);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, queue.length) }, read));
  return found;
}

/** From when on a task is of this guest: a node's clock may stand a minute from ours. */
function sinceFound({ changedAt }: Guest): Date {
  return new Date(changedAt.getTime() - 60_000);
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
      const ask = async () => ({ destroyed: await hypervisor.destroyed(guest, sinceFound(guest)) });
      const answer = await answerOf(() => unlessNodeIsGone(ask, { destroyed: false }));
      return 'destroyed' in answer && answer.destroyed ? unlistedFact(guest.id, 'destroyed') : fact;
    }),
  );
}
