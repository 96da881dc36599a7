import type {
  Clause,
  DirectoryResource,
  ItemProposalResource,
  ItemResource,
  Violation,
} from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { type Registered, registerSteps } from '../things/next.ts';
import { directorySteps, nextSteps } from './next.ts';

const violation = (id: string, more: Partial<Violation> = {}): Violation => ({
  violation: id,
  kind: 'not-restored',
  severity: 'warning',
  clause: 'SPACE-3',
  about: `vm/${id}`,
  reason: 'it is off',
  reasons: [],
  evidence: [],
  since: '2026-11-22T12:00:00.000Z',
  ...more,
});
const clause = (name: string, status: Clause['status'], watchedBy = ['power']): Clause => ({
  position: 1,
  clause: name,
  title: 'a title',
  watchedBy,
  status,
  detail: `do ${name}`,
  violations: [],
});
const rule = (clauseName: string, mode: 'dry-run' | 'enforce') => ({
  rule: 'power',
  clause: clauseName,
  title: 'a title',
  mode,
});
const accepted = {
  by: 'jan',
  because: 'ordered',
  since: '2026-11-22T12:00:00.000Z',
  until: '2026-12-22T12:00:00.000Z',
};

it('begins with what is serious, then what is not known, not set up, not armed', () => {
  const steps = nextSteps(
    [violation('1'), violation('2', { severity: 'serious' }), violation('3', { accepted })],
    [clause('CORE-1', 'not-set-up'), clause('SPACE-3', 'unknown'), clause('TEAM-1', 'not-set-up', [])],
    [rule('SPACE-3', 'dry-run'), rule('CORE-1', 'enforce')],
  );
  expect(steps.map(({ what }) => what)).toEqual([
    'vm/2 is not as SPACE-3 wants it: it is off',
    'vm/1 is not as SPACE-3 wants it: it is off',
    'SPACE-3 cannot be told',
    'CORE-1 is not set up',
    'power/SPACE-3 is in dry-run: a title',
  ]);
});

it('is empty when nothing is left', () => {
  expect(nextSteps([], [clause('CORE-1', 'kept')], [rule('CORE-1', 'enforce')])).toEqual([]);
});

it('says of violations about people where to look', () => {
  const about = 'person/5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
  const steps = nextSteps([violation('1', { kind: 'uid-reused', about })], [], []);
  expect(steps.map(({ how }) => how)).toEqual([
    expect.stringContaining('`huismeester people confirm 5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f`'),
  ]);
});

it.each([
  ['team-differs', 'person/5f0c1d2e', 'huismeester team show 5f0c1d2e'],
  ['board-missing', 'team/main', 'huismeester apply UID'],
  ['application-waits', 'application/0193a5c2', 'huismeester application show 0193a5c2'],
  ['trial-undecided', 'person/5f0c1d2e', 'huismeester team extend 5f0c1d2e --days 30'],
  ['admin-not-member', 'account/pve-3f2a9c01d4e5', 'huismeester access show pve-3f2a9c01d4e5'],
  ['access-list-overdue', 'access-list/router', 'huismeester access lists confirm router'],
  [
    'listed-not-member',
    'person/5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f',
    'huismeester access lists record LIST',
  ],
  ['service-account-without-steward', 'account/pve-3f2a9c01d4e5', '--steward UID'],
  ['bus-factor', 'item/sw1', 'huismeester steward promote sw1 UID'],
  ['item-not-watched', 'item/uplink', 'huismeester item change uplink --stands-for probe/ID'],
  ['access-not-recorded', 'item/ldap', 'huismeester access lists record ldap'],
  ['hardware-not-ours', 'node/pve-pve2', 'huismeester item show node/pve-pve2'],
  ['rent-ends', 'item/uplink', 'huismeester item change uplink --tenure rented'],
  ['hardware-unknown', 'node/pve-pve2', 'huismeester item confirm node/pve-pve2'],
  ['design-page', 'design-decision/vlans', 'huismeester design look vlans'],
  ['no-design-decision', 'project/grafana', '--project grafana'],
  ['no-design-decision', 'item/sw1', '--item sw1'],
  ['policy-changed', 'policy-text/main', 'huismeester policy-text --changed'],
  ['service-account-overdue', 'account/pve-3f2a9c01d4e5', 'service-account register pve-3f2a9c01d4e5'],
])('says how %s is mended', (kind, about, command) => {
  const [step] = nextSteps([violation('1', { kind, about })], [], []);
  expect(step?.how).toContain(command);
});

it.each([
  ['account-of-nobody', true],
  ['register-former', false],
] as const)('has an account assigned by hand where it is nobody’s: %s', (code, is) => {
  const given = { kind: 'admin-not-member', about: 'account/pve-3f2a9c01d4e5', reasons: [{ code }] };
  const [step] = nextSteps([violation('1', given)], [], []);
  expect(/access owner|service-account register/.test(step?.how ?? '')).toBe(is);
});

it.each([
  ['register-full', 'huismeester team end 5f0c1d2e', 'huismeester apply'],
  ['register-suspended', 'huismeester team end 5f0c1d2e', 'huismeester apply'],
  ['register-former', 'huismeester apply 5f0c1d2e', 'huismeester team end'],
  ['register-none', 'huismeester apply 5f0c1d2e', 'huismeester team end'],
] as const)(
  'of who is %s and differs in the directory says one way to change the register',
  (code, says, not) => {
    const more = { kind: 'team-differs', about: 'person/5f0c1d2e', reasons: [{ code }] };
    const [step] = nextSteps([violation('1', more)], [], []);
    expect(step?.how).toContain(says);
    expect(step?.how).not.toContain(not);
  },
);

describe('about the directory', () => {
  const directory = (state: DirectoryResource['state'], more: Partial<DirectoryResource> = {}) => ({
    kind: 'none' as const,
    state,
    people: 0,
    disabled: 0,
    skipped: 0,
    groups: [],
    writes: 'off' as const,
    ...more,
  });
  const change = { id: 'c1', parts: [] };

  it('proposes to set one up, once', () => {
    const [step] = directorySteps(directory('not-set-up'), []);
    expect(step?.how).toContain('huismeester init --ldap');
    expect(directorySteps(directory('not-set-up'), [clause('TEAM-1', 'not-set-up', ['team'])])).toEqual([]);
  });

  it('proposes what to do about one that is unknown, and about a change that waits', () => {
    expect(directorySteps(directory('unknown'), [])).toHaveLength(1);
    const waiting = directorySteps(directory('unknown', { change }), [clause('TEAM-1', 'unknown', ['team'])]);
    expect(waiting.map(({ how }) => how)).toEqual([expect.stringContaining('huismeester directory accept')]);
    expect(directorySteps(directory('known'), [])).toEqual([]);
  });
});

describe('about the register of things', () => {
  const item = { id: 'sw1', name: 'sw1', kind: 'switch', layer: '2', life: 'in-use', core: 'no' } as const;
  const more = { space_wide: false, since: '2026-11-22T12:00:00.000Z', infra: true };
  const one: ItemResource = { ...item, ...more, core_for: [], links: [], stewards: [] };
  const proposal: ItemProposalResource = {
    id: 'ups/rack',
    name: 'rack',
    kind: 'ups',
    layer: 'supporting',
    core: 'no',
    space_wide: false,
    because: 'seen',
    dismissed: false,
  };
  const none = { items: [], stewards: [], decisions: [], proposals: [] };
  const hows = (registered: Registered) => registerSteps(registered).map(({ how }) => how);

  it('begins with what is proposed, and asks for no more as long as nothing is registered', () => {
    expect(hows({ ...none, proposals: [proposal] })).toEqual([expect.stringContaining('item confirm --all')]);
    expect(hows(none)).toEqual([]);
    expect(hows({ ...none, proposals: [{ ...proposal, dismissed: true }] })).toEqual([]);
  });

  it('then asks whose it is, who can run it, and where it was decided', () => {
    expect(hows({ ...none, items: [one] })).toEqual([
      expect.stringContaining('item change ID --tenure owned'),
      expect.stringContaining('steward learn'),
      expect.stringContaining('design add'),
    ]);
    expect(registerSteps({ ...none, items: [{ ...one, tenure: { kind: 'owned' } }] })).toHaveLength(2);
    expect(hows({ ...none, items: [one], hasReport: false }).at(-1)).toContain('huismeester report preview');
    expect(hows({ ...none, items: [one], hasReport: true })).toHaveLength(3);
    // What is no infra is counted nowhere.
    expect(hows({ ...none, items: [{ ...one, infra: false }] })).toEqual([]);
  });
});
