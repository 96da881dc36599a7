import { nodeId, phrase, type Wish } from '@huismeester/contracts';
import type { Model, PolicySettings } from './model.ts';
import { rules } from './rules.ts';
import { settle } from './settle.ts';

/**
 * What would be done at this moment if every clause was armed, and is not: what stands in dry-run, made anew as if it did
 * not. Nothing while all is as it should be.
 */
export function preview(model: Model, settings: PolicySettings, now: number): Wish[] {
  const modes = new Map(rules.map(({ clause }) => [clause, 'enforce' as const]));
  const { decisions, nodes } = settle(model, { ...settings, modes }, now);
  const guests = decisions.map(({ desired }) => ({ about: `vm/${desired.vm}`, desired }));
  const others = nodes.map(({ desired }) => ({
    about: `node/${nodeId(desired.hypervisor, desired.node)}`,
    desired,
  }));
  return [...guests, ...others].flatMap(({ about, desired: { state, clause, reasons = [] } }) => {
    const mode = settings.modes.get(clause) ?? 'dry-run';
    if (state === 'hands-off' || mode === 'enforce') return [];
    return [{ about, state, mode, clause, reason: phrase(reasons, 'en'), reasons }];
  });
}
