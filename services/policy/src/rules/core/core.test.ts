import { phrase } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { defaults as settings } from '../../../test/power-space.ts';
import type { Hold } from '../../facts/hold.ts';
import type { IncidentFact } from '../../facts/incident.ts';
import { type Facts, noFacts } from '../../facts/index.ts';
import { nodeKey } from '../../facts/node.ts';
import { noticeKey, type Outcome, type RuleContext } from '../define.ts';
import type { PolicySettings } from '../settings.ts';
import { coreFive, rule } from './index.ts';

const since = '2026-11-30T12:00:00.000Z';
const member = (thing: string, state: 'up' | 'down' | 'unknown', core = true) => ({
  thing,
  state,
  core,
  since,
});

function incident(
  root: string,
  members: IncidentFact['members'],
  more: Partial<IncidentFact> = {},
): IncidentFact {
  return { id: '1', root, outage: false, members, correlationid: 'chain', ...more };
}

const held = (target: Hold['target']): Hold => ({
  id: 'h',
  target,
  since: 0,
  until: 1e13,
  because: 'work',
  by: 'p',
});

/** A core VM of a node that somebody may work on. */
const guest = { vm: '104', class: 'core', hypervisor: 'pve', node: 'pve1', running: false } as const;
const node = { id: 'pve-pve1', hypervisor: 'pve', node: 'pve1', online: true };

function look(
  open: readonly IncidentFact[],
  holds: readonly Hold[] = [],
  watched: readonly string[] = coreFive,
  now = 0,
  things: PolicySettings['things'] = new Set(['probe/web']),
) {
  const facts: Facts = {
    ...noFacts,
    vm: new Map([['104', guest]]),
    node: new Map([[nodeKey('pve', 'pve1'), node]]),
    incident: new Map(open.map((each) => [each.id, each])),
    hold: new Map(holds.map((each) => [each.id, each])),
  };
  const context: RuleContext = {
    now,
    startedAt: 0,
    epoch: 'e',
    modes: new Map(),
    mine: new Map(),
    settings: { ...settings, things, watched: new Set(watched) },
  };
  const { violations, clauses, notices } = rule.decide(facts, new Map(), context) as Outcome<unknown>;
  return {
    found: violations.found.map(({ kind, subject }) => `${kind} ${subject}`),
    undecided: violations.undecided.map(({ subject }) => subject),
    violations,
    clauses,
    notices,
  };
}

test('core that is down is a violation of CORE-1, with what explains it and the chain as evidence', () => {
  const { violations } = look([
    incident('switch/sw1', [member('switch/sw1', 'down', false), member('probe/web', 'down')]),
  ]);
  expect(violations.found).toEqual([
    expect.objectContaining({
      kind: 'core-down',
      subject: 'probe/web',
      clause: 'CORE-1',
      severity: 'serious',
      evidence: ['chain'],
    }),
  ]);
  expect(violations.found[0]?.reasons.map(({ code }) => code)).toEqual(['core-down', 'down-because']);
});

test.each([
  ['what is not core', [incident('probe/web', [member('probe/web', 'down', false)])], []],
  [
    'what a power cut explains: the outage is the incident',
    [incident('vm/104', [member('probe/web', 'down')], { outage: true })],
    [],
  ],
  [
    'what is back',
    [incident('switch/sw1', [member('probe/web', 'up'), member('switch/sw1', 'down', false)])],
    [],
  ],
  ['what somebody works on', [incident('probe/web', [member('probe/web', 'down')])], [held('probe/web')]],
  [
    'what hangs on what somebody works on',
    [incident('switch/sw1', [member('probe/web', 'down')])],
    [held('switch/sw1')],
  ],
  [
    'a port whose switch somebody works on',
    [incident('port/sw1/a', [member('port/sw1/a', 'down')])],
    [held('switch/sw1')],
  ],
  [
    'what hangs on a guest whose node somebody works on',
    [incident('vm/104', [member('probe/web', 'down')])],
    [held('node/pve-pve1')],
  ],
  [
    'a guest whose node somebody works on',
    [incident('mains/rack', [member('vm/104', 'down')])],
    [held('node/pve-pve1')],
  ],
])('%s is none', (_, open, holds) => {
  expect(look(open, holds)).toMatchObject({ found: [], undecided: [] });
});

test('what fails with what somebody works on, and does not hang on it, is one', () => {
  const both = incident('switch/sw1', [member('probe/web', 'down'), member('probe/ldap', 'down')]);
  expect(look([both], [held('probe/web')]).found).toEqual(['core-down probe/ldap']);
  const other = incident('vm/105', [member('probe/web', 'down')]);
  expect(look([other], [held('node/pve-pve1')]).found).toEqual(['core-down probe/web']);
});

test('once the hold is over, what is still down is one', () => {
  const open = [incident('probe/web', [member('probe/web', 'down')])];
  const hold = { ...held('probe/web'), until: 10 };
  const at = (now: number) => look(open, [hold], coreFive, now).found;
  expect([at(9), at(10)]).toEqual([[], ['core-down probe/web']]);
});

test('what is unknown neither opens nor closes one', () => {
  expect(look([incident('switch/sw1', [member('probe/web', 'unknown')])])).toMatchObject({
    found: [],
    undecided: ['probe/web'],
  });
  const unseen = incident('probe/web', [member('probe/web', 'down')], { unseen: true });
  expect(look([unseen])).toMatchObject({ found: [], undecided: ['probe/web'] });
});

test('one of the five of CORE-3 that nothing watches is a violation', () => {
  expect(look([], [], ['hypervisor', 'uplink', 'website', 'directory']).found).toEqual([
    'not-watched core/spacenet',
  ]);
  expect(look([]).found).toEqual([]);
});

test('the violation says what to name in space.yaml, and a hypervisor is no probe', () => {
  const { violations } = look([], [], ['uplink', 'website', 'directory']);
  const said = violations.found.map(({ subject, reasons }) => [
    subject,
    ...(['en', 'nl'] as const).map((language) => /`.*`/.exec(phrase(reasons, language))?.[0]),
  ]);
  expect(said).toEqual([
    ['core/hypervisor', '`hypervisors`', '`hypervisors`'],
    ['core/spacenet', '`role: spacenet`', '`role: spacenet`'],
  ]);
});

test('where nothing is set up to watch it says what to do', () => {
  expect(rule.notSetUp?.(settings)).toContain('huismeester init');
});

test('a hypervisor is watched where no probe or switch is named; that the others are not is none there', () => {
  const watched = new Set(['hypervisor']);
  expect(rule.notSetUp?.({ ...settings, watched })).toBeUndefined();
  const pve = incident('hypervisor/pve', [member('hypervisor/pve', 'down')]);
  const { found, clauses } = look([pve], [], [...watched], 0, new Set());
  expect(found).toEqual(['core-down hypervisor/pve']);
  expect(clauses.get('CORE-1')).toBe('watched');
  expect(clauses.get('CORE-3')).toEqual({ notSetUp: expect.stringContaining('huismeester init') });
});

test('gives one notice for a whole incident, however it changes', () => {
  const keys = (...incidents: IncidentFact[]) => new Set(look(incidents).notices.map(noticeKey));
  const [web, ldap] = [member('probe/web', 'down'), member('probe/ldap', 'down')];
  const first = keys(incident('probe/web', [web]));
  expect(first).toEqual(new Set(['team core-outage incident/1 1']));
  expect(keys(incident('switch/sw1', [web, ldap]))).toEqual(first);
  expect(keys(incident('probe/web', [web]), incident('probe/ldap', [ldap], { id: '2' })).size).toBe(2);
});
