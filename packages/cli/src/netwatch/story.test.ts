import type { IncidentResource, ProbeResource, StoredEvent } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { belongsTo, chosenStories, logOf, rootCause } from './story.ts';
import { type Explanation, renderWhy } from './story-text.ts';

const cut = '00000000-0000-7000-8000-000000000001';
const since = '2026-11-22T13:41:15.000Z';

function incident(id: string, root: string, more: Partial<IncidentResource> = {}): IncidentResource {
  return {
    id,
    root,
    since,
    state: 'closed',
    until: '2026-11-22T13:50:00.000Z',
    lasted_s: 525,
    core: false,
    outage: false,
    members: [{ thing: root, state: 'up', core: false, since }],
    others: [],
    correlationid: `story-${id}`,
    ...more,
  };
}

function event(type: string, time: string, subject: string, data: object): StoredEvent {
  return {
    specversion: '1.0',
    id: `${type} ${subject}`,
    source: '/hackalot/x',
    type,
    subject,
    time,
    data,
    datacontenttype: 'application/json',
    dataschema: `/schemas/${type}/1`,
    epoch: cut,
    position: 1,
    version: 1,
    correlationid: cut,
  };
}

describe('the stories of a thing', () => {
  const ids = (all: readonly IncidentResource[], subject: string, most = 1) =>
    chosenStories(all, subject, most).map((story) => story.map(({ id }) => id));
  const at = (minute: number) => `2026-11-22T13:${minute}:00.000Z`;
  const mains = incident('1', 'mains/rack', { correlationid: cut, since: at(10) });
  const wiki = incident('2', 'vm/104', {
    correlationid: cut,
    since: at(11),
    members: [{ thing: 'probe/wiki', state: 'up', core: false, since: at(11) }],
  });
  const later = incident('3', 'probe/wiki', { since: at(30) });
  const other = incident('4', 'probe/other', { since: at(40) });
  const all = [other, later, wiki, mains];

  it('are the last one, with all incidents of its cause in order', () => {
    expect(ids(all, 'probe/wiki')).toEqual([['3']]);
    expect(ids(all, 'mains/rack')).toEqual([['1', '2']]);
    expect(ids(all, 'incident/2')).toEqual([['1', '2']]);
    expect(ids(all, 'switch/sw1')).toEqual([]);
  });

  it('are as many as asked for, oldest first', () => {
    expect(ids(all, 'probe/wiki', 5)).toEqual([['1', '2'], ['3']]);
  });

  it('are all that go on', () => {
    const open = all.map((each) => ({ ...each, state: 'open' as const }));
    expect(ids(open, 'probe/wiki')).toEqual([['1', '2'], ['3']]);
  });

  it('hold what failed also, though it is not the root', () => {
    expect(ids([incident('5', 'ups/a', { others: ['ups/b'] })], 'ups/b')).toEqual([['5']]);
  });
});

describe('the cause of a root', () => {
  const stopped = (time: string) => event('vm.stopped', time, 'vm/104', {});

  it('is that of its own failure, also of one that was seen after what it explains', () => {
    const late = '2026-11-22T13:41:50.000Z';
    expect(rootCause(incident('1', 'vm/104'), [stopped(late)])).toBe(cut);
  });

  it('is none of another time, and of no other event', () => {
    const found = [stopped('2026-11-22T13:40:00.000Z'), stopped('2026-11-22T13:51:00.000Z')];
    expect(
      rootCause(incident('1', 'vm/104'), [...found, event('vm.started', since, 'vm/104', {})]),
    ).toBeUndefined();
  });

  it.each([
    ['mains/rack', 'ups-monitor', 'ups/rack'],
    ['ups/rack', 'ups-monitor', 'ups/rack'],
    ['node/pve-pve1', 'vm-lifecycle', 'node/pve-pve1'],
    ['port/sw1/gi1', 'netwatch', 'port/sw1/gi1'],
  ])('the events of %s are in the log of %s, about %s', (thing, service, subject) => {
    expect(logOf(thing)).toEqual({ service, subject });
  });
});

it('shows of a power cut what is part of it, and leaves the others out', () => {
  const belongs = belongsTo([incident('1', 'vm/104', { others: ['node/pve-pve1'] })]);
  const shown = [
    ['ups.on-battery', 'ups/rack'],
    ['ups.battery-reading', 'ups/rack'],
    ['outage.stage-entered', 'outage/rack'],
    ['desired-state.decided', 'desired-state/vm/104'],
    ['desired-state.decided', 'desired-state/vm/105'],
    ['vm.stopped', 'vm/104'],
    ['vm.stopped', 'vm/105'],
    ['node-state.decided', 'node-state/node/pve-pve1'],
    ['node.offline', 'node/pve-pve1'],
    ['probe.down', 'probe/wiki'],
    ['incident.opened', 'incident/1'],
    ['violation.opened', 'violation/1'],
  ].filter(([type = '', subject = '']) => belongs(event(type, since, subject, {})));
  expect(shown.map(([type, subject]) => `${type} ${subject}`)).toEqual([
    'ups.on-battery ups/rack',
    'outage.stage-entered outage/rack',
    'desired-state.decided desired-state/vm/104',
    'vm.stopped vm/104',
    'node-state.decided node-state/node/pve-pve1',
    'node.offline node/pve-pve1',
    'probe.down probe/wiki',
    'incident.opened incident/1',
  ]);
});

const probe: ProbeResource = {
  id: 'wiki',
  kind: 'http',
  target: 'https://wiki.space/',
  state: 'down',
  since: '2026-11-22T13:44:50.000Z',
  because: 'vm/104',
  core: false,
  flapping: false,
};
const members: IncidentResource['members'] = [
  { thing: 'probe/wiki', state: 'down', core: false, since: '2026-11-22T13:44:50.000Z' },
];
const open = incident('17', 'vm/104', { state: 'open', outage: true, members, correlationid: cut });
const { until: _, lasted_s: __, ...goesOn } = open;
const battery = event('ups.on-battery', since, 'ups/rack', { ups: 'rack', since, charge_pct: 98 });
const off = event('vm.stopped', '2026-11-22T13:44:46.000Z', 'vm/104', {
  vm: '104',
  hypervisor: 'pve',
  node: 'pve1',
  class: 'participant',
  cause: 'huismeester',
});
const explanation: Explanation = {
  subject: 'probe/wiki',
  thing: { probe },
  stories: [{ correlationid: cut, incidents: [goesOn], events: [battery, off] }],
  own: [],
  now: new Date('2026-11-22T13:46:15.000Z'),
};
const text = (language: 'en' | 'nl', more: Partial<Explanation> = {}) =>
  renderWhy({ ...explanation, ...more }, { language, timeZone: 'UTC' });

it('is in sentences: its state, what failed first, what happened, and how long', () => {
  expect(text('en')).toEqual([
    'probe/wiki (http https://wiki.space/): down since 2026-11-22 13:44:50, because of vm/104.',
    '',
    'Incident 17: vm/104 failed first, at 2026-11-22 13:41:15.',
    '  Then:',
    '    2026-11-22 13:44:50  probe/wiki, now down',
    '  vm/104 explains why probe/wiki failed.',
    'A power cut explains it.',
    'What happened:',
    '  2026-11-22 13:41:15  UPS rack runs on its battery: 98 %',
    '  2026-11-22 13:44:46  VM 104 is off, stopped by Huismeester',
    'Incident 17 goes on, for 5 min so far; not back: probe/wiki (down).',
  ]);
});

it('is in Dutch, too', () => {
  expect(text('nl')).toEqual([
    'probe/wiki (http https://wiki.space/): doet het niet sinds 2026-11-22 13:44:50, door vm/104.',
    '',
    'Incident 17: vm/104 viel als eerste uit, om 2026-11-22 13:41:15.',
    '  Daarna:',
    '    2026-11-22 13:44:50  probe/wiki, nu: doet het niet',
    '  vm/104 verklaart waarom probe/wiki uitviel.',
    'Een stroomstoring verklaart het.',
    'Wat er gebeurde:',
    '  2026-11-22 13:41:15  UPS rack draait op zijn accu: 98 %',
    '  2026-11-22 13:44:46  VM 104 staat uit, uitgezet door Huismeester',
    'Incident 17 duurt nog, nu 5 min; niet terug: probe/wiki (doet het niet).',
  ]);
});

it('says what of it is planned, since somebody works on it', () => {
  const planned = { incident: '17', whole: true, things: ['probe/wiki'], holds: ['h'] };
  const lines = (language: 'en' | 'nl', whole: boolean) => {
    const incidents = [{ ...goesOn, planned: { ...planned, whole } }];
    return text(language, { stories: [{ correlationid: cut, incidents, events: [] }] });
  };
  expect(lines('en', true)).toContain('  It is planned: somebody works on it (`huismeester holds`).');
  expect(lines('en', false)).toContain(
    '  Planned, since somebody works on them (`huismeester holds`): probe/wiki.',
  );
  expect(lines('nl', true)).toContain('  Het is gepland: er wordt aan gewerkt (`huismeester holds`).');
});

it('says when it ended', () => {
  const stories = [{ correlationid: cut, incidents: [incident('17', 'vm/104')], events: [] }];
  expect(text('en', { stories }).at(-1)).toBe('Incident 17 ended at 2026-11-22 13:50:00, after 9 min.');
});

it('says of a thing that never failed what happened to it last, or that nothing did', () => {
  const { because: _, ...rest } = probe;
  const up = { ...rest, state: 'up' as const, degraded: 'slow' };
  const slow = event('probe.degraded', since, 'probe/wiki', {
    probe: 'wiki',
    since,
    defect: 'slow',
    median_ms: 3100,
  });
  expect(text('en', { thing: { probe: up }, stories: [], own: [slow] })).toEqual([
    'probe/wiki (http https://wiki.space/): up since 2026-11-22 13:44:50.',
    'It answers slowly.',
    '',
    'It was never part of an incident.',
    'What happened last:',
    '  2026-11-22 13:41:15  probe wiki answers slowly: 3100 ms',
  ]);
  expect(text('nl', { stories: [] }).at(-1)).toBe('Er is nog niets mee gebeurd.');
});

it.each([
  [
    'one-family',
    'It answers over one of IPv4 and IPv6 only.',
    'Deze dienst antwoordt maar over een van IPv4 en IPv6.',
  ],
  ['imagined', 'It is degraded: imagined.', 'Deze dienst werkt niet goed: imagined.'],
])('has words for the defect %s', (degraded, en, nl) => {
  const thing = { probe: { ...probe, degraded } };
  expect(text('en', { thing })[1]).toBe(en);
  expect(text('nl', { thing })[1]).toBe(nl);
});

it('says in Dutch what else failed, and what is left out', () => {
  const incidents = [{ ...goesOn, others: ['ups/a', 'ups/b'] }];
  const events = Array.from({ length: 100 }, () => battery);
  const lines = text('nl', { stories: [{ correlationid: cut, incidents, events }] });
  expect(lines).toContain('  Ook uitgevallen: ups/a, ups/b; ook dat kan de oorzaak zijn.');
  expect(lines).toContain(`  … nog 40: \`huismeester events --correlation ${cut}\` laat alles zien`);
});

it('leaves out the middle of a storm, and says how to see it', () => {
  const events = Array.from({ length: 100 }, () => battery);
  const lines = text('en', { stories: [{ correlationid: cut, incidents: [open], events }] });
  expect(lines.filter((line) => line.includes('on its battery'))).toHaveLength(60);
  expect(lines).toContain(`  … 40 more: \`huismeester events --correlation ${cut}\` shows all`);
});
