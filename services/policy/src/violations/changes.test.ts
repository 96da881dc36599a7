import { describe, expect, it } from 'vitest';
import type { AnyRule, ViolationFound } from '../rules/define.ts';
import { registerChanges } from './changes.ts';
import type { OpenViolation } from './violation.ts';

const rules: AnyRule[] = [
  { name: 'power', violationKinds: ['not-restored', 'stuck'] },
  { name: 'lease', violationKinds: ['overdue'] },
].map((each) => ({ ...each, clauses: new Map(), reads: [], tiers: [], row: {}, decide: () => never() }));

function never(): never {
  throw new Error('nobody asks it');
}

const found = (kind: string, subject: string, cause?: string): ViolationFound => ({
  kind,
  subject,
  ...(cause !== undefined && { cause }),
  severity: 'warning',
  clause: 'SPACE-3',
  reasons: [],
  evidence: [],
});
const open = (kind: string, subject: string, more: Partial<OpenViolation> = {}): OpenViolation => ({
  id: `${kind}-${subject}`,
  found: { ...found(kind, subject), rule: 'power' },
  since: 0,
  ...more,
});
const asked = (rule: string, finds: ViolationFound[], undecided: { kind: string; subject: string }[] = []) =>
  new Map([[rule, { found: finds, undecided }]]);

describe('the register of violations', () => {
  it('opens what is new and closes what is over, of the kinds of rules that were asked', () => {
    const register = [open('not-restored', 'vm/1'), open('overdue', 'vm/1'), open('stuck', 'ups/a')];
    const { opened, closed } = registerChanges(
      register,
      rules,
      asked('power', [found('stuck', 'ups/a'), found('stuck', 'ups/b')]),
      0,
    );
    expect(opened.map(({ rule, kind, subject }) => [rule, kind, subject])).toEqual([
      ['power', 'stuck', 'ups/b'],
    ]);
    expect(closed.map(({ id }) => id)).toEqual(['not-restored-vm/1']);
  });

  it('leaves undecided what is undecided', () => {
    const undecided = [{ kind: 'not-restored', subject: 'vm/1' }];
    const register = [open('not-restored', 'vm/1')];
    expect(registerChanges(register, rules, asked('power', [], undecided), 0).closed).toEqual([]);
  });

  it('tells causes of the same kind and subject apart', () => {
    const both = [found('stuck', 'ups/a', 'x'), found('stuck', 'ups/a', 'y')];
    expect(registerChanges([], rules, asked('power', both), 0).opened).toHaveLength(2);
  });

  it('ends an acceptance when its time is over, not sooner', () => {
    const accepted = { by: 'jan', because: 'ordered', since: 0, until: 10 };
    const register = [open('stuck', 'ups/a', { accepted })];
    const still = asked('power', [found('stuck', 'ups/a')]);
    expect(registerChanges(register, rules, still, 9).acceptanceEnded).toEqual([]);
    expect(registerChanges(register, rules, still, 10).acceptanceEnded).toHaveLength(1);
  });
});
