import { expect, test } from 'vitest';
import { defaults, fedBy, fullBattery, hour, minute, PowerSpace } from '../../../test/power-space.ts';
import type { IncidentFact } from '../../facts/incident.ts';
import { rules } from '../index.ts';

const things = ['probe/web', 'vm/101', 'vm/110', 'vm/120', 'node/pve-pve1', 'hypervisor/pve', 'switch/sw1'];

/** An incident of all that there is, so that whatever a rule could act upon is in it. */
function incident(root: string, state: 'down' | 'unknown', more: Partial<IncidentFact> = {}): IncidentFact {
  const since = '2026-11-30T12:00:00.000Z';
  const members = things.map((thing) => ({ thing, state, core: true, since }));
  return { id: root, root, outage: false, members, correlationid: 'chain', ...more };
}

const kinds: readonly (readonly [string, IncidentFact])[] = [
  ['core down', incident('probe/web', 'down')],
  ['a hypervisor down', incident('hypervisor/pve', 'down')],
  ['a node down', incident('node/pve-pve1', 'down')],
  ['a switch down, and all behind it unknown', incident('switch/sw1', 'unknown')],
  ['the vantage lost', incident('vantage/main', 'unknown')],
  ['an outage', incident('mains/rack', 'down', { outage: true })],
  ['one that nobody sees', incident('vm/120', 'down', { unseen: true })],
];

/** A power cut with all that is decided in it: shed, the node shut down and woken, started again, and one that is found off later. */
const story: readonly ((space: PowerSpace) => PowerSpace)[] = [
  (space) => space.look(),
  (space) => space.ups('ups.on-battery', fullBattery),
  (space) => space.after(3 * minute),
  (space) => space.stops('120'),
  (space) => space.ups('ups.battery-low', { charge_pct: 15 }),
  (space) => space.stops('110', '101'),
  (space) => space.node('pve1', false),
  (space) => space.ups('ups.on-mains', { charge_pct: 90 }),
  (space) => space.after(5 * minute),
  (space) => space.node('pve1', true),
  (space) => space.starts('101', '110', '120'),
  (space) => space.after(hour),
  (space) => space.stops('110', '101'),
  (space) => space.after(hour),
];

/** What is decided at each step, and what is appended and remembered, with these incidents open from a step on. */
function told(incidents: readonly IncidentFact[], from = 0) {
  const space = new PowerSpace([
    ['101', 'core'],
    ['110', 'space-wide'],
    ['120', 'participant'],
  ]);
  space.settings = {
    ...defaults,
    nodes: fedBy({ pve1: ['rack'] }, { nodeShutdown: 'huismeester', wake: 'wol' }),
    things: new Set(['probe/web', 'switch/sw1']),
    watched: new Set(['hypervisor']),
  };
  space.modes = new Map([...space.modes, ['keep-running/SPACE-3', 'enforce']]);
  space.node('pve1', true);
  const steps = story.map((step, index) => {
    if (index === from)
      space.facts = { ...space.facts, incident: new Map(incidents.map((each) => [each.id, each])) };
    step(space);
    const { events = [], after } = space.last ?? {};
    return { decided: space.decided(), events, desired: after?.desired };
  });
  return { steps, found: space.open().filter((each) => each.startsWith('core-down')) };
}

const without = told([]).steps;

test('a rule that reads incidents has no tier to want anything in', () => {
  const reading = rules.filter(({ reads }) => reads.includes('incident'));
  expect(reading.map(({ name, tiers }) => [name, tiers])).toEqual([['core', []]]);
});

test('without incidents VMs and the node are stopped and started', () => {
  const decided = new Set(without.flatMap((step) => step.decided));
  const all = ['101', '110', '120', 'pve1'].flatMap((each) => [`${each} stopped`, `${each} running`]);
  expect([...decided]).toEqual(expect.arrayContaining(all));
});

test.each(kinds)(
  '%s neither stops nor starts anything, before a power cut, in it and after it',
  (_, open) => {
    for (const from of [0, 4, 8]) expect(told([open], from).steps).toEqual(without);
  },
);

test('nor do all of them at once, and the rule was asked', () => {
  const { steps, found } = told(kinds.map(([, open]) => open));
  expect(steps).toEqual(without);
  expect(found).toContain('core-down probe/web');
});
