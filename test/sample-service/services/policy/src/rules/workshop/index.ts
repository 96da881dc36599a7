import { because } from '@huismeester/contracts';
import { Type } from 'typebox';
import { defineRule, type ViolationFound } from '../define.ts';

const clause = 'PART-1';

/** Machines are not used while a UPS is on battery: each such UPS is a violation, and nothing is done about it. */
export const rule = defineRule({
  name: 'workshop',
  clauses: new Map([[clause, 'nothing: it is watched']]),
  reads: ['ups'],
  row: Type.Object({}),
  violationKinds: ['workshop-on-battery'],
  tiers: [],
  decide({ ups }, _, { now }) {
    const found = [...ups.values()].flatMap(({ ups: id, mains, since }): ViolationFound[] =>
      mains === 'on-battery' ? [violation(`ups/${id}`, now - since)] : [],
    );
    const violations = { found, undecided: [] };
    const clauses = new Map([[clause, 'watched' as const]]);
    return { opinions: [], memory: new Map(), events: [], notices: [], violations, clauses };
  },
});

function violation(subject: string, elapsedMs: number): ViolationFound {
  const reasons = [because('on-battery', { elapsed_s: elapsedMs / 1000 })];
  return { kind: 'workshop-on-battery', subject, severity: 'warning', clause, reasons, evidence: [] };
}
