import type { Tx } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { eq } from 'drizzle-orm';
import { isOwnership } from '../adapters/owners.ts';
import type { Fact } from '../core/guest.ts';
import { endLease, endOwnerships, type Gone } from '../owning/end.ts';
import { ownership, vm } from '../schema.ts';
import { type Along, nothingAlong } from './rows.ts';

/**
 * What follows for owners and leases from what was seen of guests, once that stands in the tables: to be appended with it. A guest that
 * is not listed is not gone; one whose vmid another has now is.
 */
export async function followFacts(
  tx: Tx,
  log: EventLog,
  { facts, now }: { readonly facts: readonly Fact[]; readonly now: Date },
): Promise<Along> {
  const along = nothingAlong();
  const gone = facts.flatMap((fact) => goneBy(fact, facts));
  await endOwnerships(tx, log, along, { gone, now });
  for (const fact of facts) {
    if (fact.type !== 'vm.reclassified' || fact.data.from !== 'participant' || fact.data.to === 'participant')
      continue;
    const [owned] = await tx
      .select({ id: ownership.id })
      .from(vm)
      .innerJoin(ownership, isOwnership)
      .where(eq(vm.id, fact.data.vm));
    if (owned) await endLease(tx, log, along, { id: owned.id, because: 'reclassified', now });
  }
  return along;
}

function goneBy({ type, data }: Fact, facts: readonly Fact[]): Gone[] {
  if (type === 'vm.unlisted') {
    const { vm: id, because } = data;
    if (because === undefined) return [];
    if (because === 'destroyed') return [{ vm: id, because }];
    // What is found there now may have an owner: it was made here.
    const next = facts.find((each) => each.type === 'vm.found' && each.data.vm === id);
    const except = next?.type === 'vm.found' ? next.data.incarnation : undefined;
    return [{ vm: id, because, except }];
  }
  if (type !== 'vm.found' && type !== 'vm.identified') return [];
  const { vm: id, incarnation: except } = data;
  return except === undefined ? [] : [{ vm: id, because: 'replaced', except }];
}
