import type { PowerTarget } from '../../desired/target.ts';
import type { Facts } from '../../facts/index.ts';
import type { NodeFact } from '../../facts/node.ts';
import type { RuleContext } from '../define.ts';
import type { NodePlan } from '../settings.ts';
import type { Index } from './budget.ts';
import type { EffectiveOutage } from './effective-outage.ts';
import type { Memory, ShedNode } from './state.ts';

/** What is known at one moment, for all nodes. */
export interface NodesLook {
  readonly facts: Pick<Facts, 'node' | 'hypervisor'>;
  readonly memory: Memory;
  readonly context: RuleContext;
  readonly index: Index;
  readonly effective: (key: string) => EffectiveOutage;
}

/** Everything that an opinion about one node depends on. */
export interface NodeHere extends NodesLook {
  readonly plan: NodePlan;
  readonly fact: NodeFact;
  readonly target: PowerTarget;
  readonly outage: EffectiveOutage;
  readonly row: ShedNode | undefined;
  /** Undefined while its hypervisor does not answer; of an unseen one as last known, since a power cut does not wait. */
  readonly online: boolean | undefined;
  /** Whether guests, and nodes, still run that must be down before it; and until when these guests are waited for. */
  readonly goesWith: { readonly guests: boolean; readonly guestsUntil?: number; readonly nodes: boolean };
}
