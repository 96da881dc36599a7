import type { Tx } from '@huismeester/database';
import { isRefusal, refuse } from '@huismeester/events';
import type { Fault } from '../core/fault.ts';
import { type ItemPlan, planItems } from '../core/plan-items.ts';
import type { WantedItem } from '../core/world.ts';
import { graphScope, items } from './aggregate.ts';
import { type ItemDeps, readAround } from './world.ts';

/** Many items, as they are to be. */
export interface ManyItems {
  readonly actor: string;
  readonly wanted: readonly WantedItem[];
  /** Nothing is written: what would follow is answered alone. */
  readonly dryRun?: boolean;
}

/** What came of many: the ids of those that are new, and of those that changed. With faults nothing was written. */
export interface Put {
  readonly faults: readonly Fault[];
  readonly new: readonly string[];
  readonly changed: readonly string[];
}

/**
 * Registers and changes many items in the caller's transaction, all of them or none; those that are as they are to be stay untouched. The scope
 * `graph` is locked until the commit.
 */
export async function registerItems(
  tx: Tx,
  deps: ItemDeps,
  { actor, wanted, dryRun = false }: ManyItems,
): Promise<Put> {
  let plan: ItemPlan | undefined;
  const done = await items.handleAll(tx, {
    log: deps.log,
    actor,
    scope: graphScope,
    read: (tx) => readAround(tx, deps),
    decide(known, around, { now }) {
      plan = planItems({ ...around, items: known }, wanted, now);
      if (plan.faults.length > 0) return refuse('faults', 'Not all of these items can be so');
      return dryRun ? [] : plan.events;
    },
  });
  if (plan === undefined)
    throw new Error(`nothing was decided about items: ${isRefusal(done) && done.title}`);
  const { faults, new: added, changed } = plan;
  return { faults, new: added, changed };
}
