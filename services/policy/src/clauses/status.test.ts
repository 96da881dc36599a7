import { describe, expect, it } from 'vitest';
import { defaults } from '../../test/power-space.ts';
import type { AnyRule, Mode, Watch } from '../rules/define.ts';
import type { OpenViolation } from '../violations/violation.ts';
import { clauses } from './list.ts';
import { clauseStatus } from './status.ts';

const rule = (name: string, tiers: AnyRule['tiers'] = ['power']): AnyRule => ({
  name,
  clauses: new Map([['SPACE-3', 'keeps it']]),
  reads: [],
  violationKinds: [],
  tiers,
  row: {},
  decide: () => {
    throw new Error('nobody asks it');
  },
});
const described = {
  clause: 'SPACE-3',
  titles: { nl: 'een titel', en: 'a title' },
  does: 'something',
  tests: [],
};
const status = (
  watches: [string, Watch][] | undefined,
  more: { modes?: [string, Mode][]; violations?: OpenViolation[]; rules?: AnyRule[] } = {},
) =>
  clauseStatus(described, {
    rules: more.rules ?? [rule('power')],
    watches: watches && new Map(watches),
    modes: new Map(more.modes),
    violations: more.violations ?? [],
    settings: defaults,
  });
const open = (accepted?: OpenViolation['accepted']): OpenViolation => ({
  id: 'v1',
  found: {
    rule: 'power',
    kind: 'not-restored',
    subject: 'vm/1',
    severity: 'serious',
    clause: 'SPACE-3',
    reasons: [],
    evidence: [],
  },
  since: 5,
  ...(accepted && { accepted }),
});
const watched: [string, Watch][] = [['power/SPACE-3', 'watched']];

describe('how a clause stands', () => {
  it('is unknown before the first evaluation, and while a rule cannot tell', () => {
    expect(status(undefined)).toMatchObject({ status: 'unknown' });
    expect(status([['power/SPACE-3', { unknown: 'lag' }]])).toMatchObject({
      status: 'unknown',
      detail: 'lag',
    });
  });

  it('is dry-run while a rule that acts by it is not armed, then kept', () => {
    expect(status(watched)).toMatchObject({ status: 'dry-run', watchedBy: ['power'] });
    expect(status(watched, { modes: [['power/SPACE-3', 'enforce']] })).toMatchObject({ status: 'kept' });
    expect(status(watched, { rules: [rule('power', [])] })).toMatchObject({ status: 'kept' });
  });

  it('is violated while a violation is open, and accepted when each is', () => {
    expect(status(watched, { violations: [open()] })).toMatchObject({
      status: 'violated',
      since: new Date(5).toISOString(),
      violations: ['v1'],
    });
    const accepted = { by: 'jan', because: 'ordered', since: 1, until: 2 };
    expect(status(watched, { violations: [open(accepted)] })).toMatchObject({ status: 'accepted' });
    expect(status(watched, { violations: [open(accepted), open()] })).toMatchObject({ status: 'violated' });
  });

  it('is not set up where nothing watches it, or settings leave it out', () => {
    expect(status([], { rules: [] })).toMatchObject({ status: 'not-set-up' });
    expect(status([['power/SPACE-3', { notSetUp: 'name a UPS' }]])).toMatchObject({
      status: 'not-set-up',
      detail: 'name a UPS',
    });
  });

  it('is kept by how the program is made, once that is set up', () => {
    const of = (settings: typeof defaults) => {
      const made = clauses.find(({ clause }) => clause === 'PART-2');
      const facts = { rules: [], watches: new Map(), modes: new Map(), violations: [], settings };
      return made && clauseStatus(made, facts);
    };
    expect(of({ ...defaults, creates: true, directory: true })).toMatchObject({
      status: 'kept',
      title: expect.any(String),
      titles: { nl: expect.stringContaining('Deelnemers') },
    });
    expect(of(defaults)).toMatchObject({
      status: 'not-set-up',
      detail: expect.stringContaining('tokens.create'),
    });
  });

  it('is listed for each clause once', () => {
    expect(new Set(clauses.map(({ clause }) => clause)).size).toBe(32);
    expect(clauses).toHaveLength(32);
  });
});

it.each(['SPACE-1', 'SPACE-5', 'SPACE-7', 'SPACE-8', 'PART-1', 'PART-2', 'PART-5'])(
  'nobody says that %s is kept without a directory, since there is nobody who could ask',
  (clause) => {
    const description = clauses.find((each) => each.clause === clause);
    if (!description) throw new Error(`no clause ${clause}`);
    const statusWith = (directory: boolean) =>
      clauseStatus(description, {
        rules: [],
        watches: new Map(),
        modes: new Map(),
        violations: [],
        settings: { ...defaults, creates: true, directory },
      }).status;
    expect([statusWith(true), statusWith(false)]).toEqual(['kept', 'not-set-up']);
  },
);
