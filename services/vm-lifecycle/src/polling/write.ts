import { lockGuest, project } from '../adapters/projection.ts';
import type { Fact, Guest } from '../core/guest.ts';
import { reconcileTask, type Target } from '../core/target.ts';
import { followFacts } from '../leasing/follow.ts';
import { leaseTask } from '../leasing/lease-task.ts';
import type { Parts } from '../parts.ts';

/** A decision may have been waiting for these. */
const mayBeAwaited: ReadonlySet<Fact['type']> = new Set(['vm.found', 'node.online', 'node.offline']);

/**
 * Writes down what was seen of a hypervisor, and what follows from it for owners and leases, in one transaction. With `ifStill` nothing
 * is written once another guest is known under its id.
 */
export async function write(
  { database, log, tasks, clock }: Parts,
  facts: readonly Fact[],
  { ifStill }: { readonly ifStill?: Guest } = {},
): Promise<void> {
  if (facts.length === 0) return;
  await database.transaction(async (tx) => {
    const time = clock.now();
    if (ifStill && (await lockGuest(tx, ifStill.id))?.incarnation !== (ifStill.incarnation ?? null)) return;
    for (const fact of facts) {
      await project(tx, fact, time);
      if (mayBeAwaited.has(fact.type)) await tasks().enqueue(tx, reconcileTask(fact.subject as Target));
      const vm = toBeLookedAt(fact);
      if (vm !== undefined) await tasks().enqueue(tx, leaseTask(vm));
    }
    const { events, expected } = await followFacts(tx, log, { facts, now: time });
    const news = facts.map((fact) => ({ ...fact, time }));
    await log.append(tx, [...news, ...events], { expected });
  });
}

/** The VM that may have an owner and no lease by this, or whose lease is over, and so its onboot back as it was. */
function toBeLookedAt({ type, data }: Fact): string | undefined {
  switch (type) {
    case 'vm.found':
      return data.class === 'participant' && data.incarnation !== undefined ? data.vm : undefined;
    case 'vm.identified':
      return data.vm;
    case 'vm.reclassified':
      return data.to === 'participant' || data.from === 'participant' ? data.vm : undefined;
    default:
      return undefined;
  }
}
