import { expect, test } from 'vitest';
import { defaults as settings } from '../../../test/power-space.ts';
import type { Hold } from '../../facts/hold.ts';
import type { IncidentFact } from '../../facts/incident.ts';
import { type Facts, noFacts } from '../../facts/index.ts';
import type { Outcome, RuleContext } from '../define.ts';
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

function look(
  open: readonly IncidentFact[],
  holds: readonly Hold[] = [],
  watched: readonly string[] = coreFive,
) {
  const facts: Facts = {
    ...noFacts,
    incident: new Map(open.map((each) => [each.id, each])),
    hold: new Map(holds.map((each) => [each.id, each])),
  };
  const context: RuleContext = {
    now: 0,
    startedAt: 0,
    epoch: 'e',
    modes: new Map(),
    mine: new Map(),
    settings: { ...settings, watched: new Set(watched) },
  };
  const { violations } = rule.decide(facts, new Map(), context) as Outcome<unknown>;
  return {
    found: violations.found.map(({ kind, subject }) => `${kind} ${subject}`),
    undecided: violations.undecided.map(({ subject }) => subject),
    violations,
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
])('%s is none', (_, open, holds) => {
  expect(look(open, holds)).toMatchObject({ found: [], undecided: [] });
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

test('where nothing is set up to watch it says what to do, and finds nothing', () => {
  expect(rule.notSetUp?.(settings)).toContain('huismeester init');
});
