import type { EntryData, EntryOf, EntryType, ReportSource } from '../src/report/core/entry.ts';

/*
 * A made-up year of a space, as its report keeps it: what a snapshot said at the start, and what happened since. Long, since it is one story.
 */

export const zone = 'Europe/Amsterdam';
export const people = {
  anna: '00000000-0000-4000-8000-00000000000a',
  bram: '00000000-0000-4000-8000-00000000000b',
  chantal: '00000000-0000-4000-8000-00000000000c',
  daan: '00000000-0000-4000-8000-00000000000d',
  els: '00000000-0000-4000-8000-00000000000e',
  femke: '00000000-0000-4000-8000-00000000000f',
  guus: '00000000-0000-4000-8000-000000000010',
} as const;
const { anna, bram, chantal, daan, els, femke, guus } = people;
export const names: Readonly<Record<string, string>> = {
  [anna]: 'Anna de Vries',
  [bram]: 'Bram Jansen',
  [chantal]: 'Chantal Smits',
  [daan]: 'Daan van den Berg',
  [els]: 'Els Peeters',
  [femke]: 'Femke Bakker',
};

type Said = Omit<EntryOf<EntryType>, 'seq'>;

function entry<T extends EntryType>(
  source: ReportSource,
  at: string,
  type: T,
  subject: string,
  data: EntryData[T],
  isState = false,
): Said {
  // The type and its data belong together, as the parameters say.
  return { source, time: Date.parse(at), type, subject, isState, data } as Said;
}

const of =
  (source: ReportSource) =>
  <T extends EntryType>(at: string, type: T, subject: string, data: EntryData[T]) =>
    entry(source, at, type, subject, data);
const [ups, net, vms, members, things, own] = [
  of('ups-monitor'),
  of('netwatch'),
  of('vm-lifecycle'),
  of('membership'),
  of('inventory'),
  of('policy'),
];

const began = '2026-01-05T12:00+01:00';
const sources = ['ups-monitor', 'netwatch', 'vm-lifecycle', 'membership', 'inventory', 'policy'] as const;
const member = (person: string, state: 'full' | 'trial', until?: string) =>
  entry(
    'membership',
    began,
    'member.imported',
    `member/${person}`,
    { state, ...(until !== undefined && { until }) },
    true,
  );
const switchItem = {
  name: 'Switch van de zolder',
  layer: '2',
  life: 'in-use',
  core: 'availability',
  space_wide: false,
  stands_for: 'switch/sw1',
} as const;
const server = {
  name: 'Server in het rek',
  layer: '7',
  life: 'in-use',
  core: 'both',
  space_wide: false,
  tenure: { kind: 'rented', name: 'Hetzner', until: '2026-06-30' },
} as const;
const website = {
  name: 'De website',
  layer: '7',
  life: 'in-use',
  core: 'availability',
  space_wide: false,
  stands_for: 'probe/website',
} as const;
const stewardOf = (item: string, person: string) => ({ item, person, role: 'steward' }) as const;
const incident = (
  root: string,
  since: string,
  things: readonly string[],
  more: { core?: boolean; outage?: boolean } = {},
) => ({ root, since: new Date(since).toISOString(), core: true, outage: false, things, ...more });
const month = (at: string, label: string, ratio: number, down_s: number) =>
  net(at, 'availability.month', 'availability/main', {
    thing: 'probe/website',
    month: label,
    availability_ratio: ratio,
    coverage_ratio: 1,
    down_s,
  });

const start: Said[] = [
  ...sources.map((source) => entry(source, began, 'source.read', `source/${source}`, {})),
  member(anna, 'full'),
  member(bram, 'full'),
  member(els, 'full'),
  member(chantal, 'trial', '2026-02-20T11:00:00.000Z'),
  entry('membership', began, 'person.changed', `person/${chantal}`, { board: true, enabled: true }, true),
  entry('membership', began, 'access-source.known', 'access-source/pve', {}, true),
  entry(
    'membership',
    began,
    'account.found',
    'account/pve-000000000001',
    { source: 'pve', person: anna, asleep: false, built_in: false },
    true,
  ),
  entry(
    'membership',
    began,
    'account.found',
    'account/pve-000000000002',
    { source: 'pve', asleep: false, built_in: true },
    true,
  ),
];

const january = [
  things('2026-01-12T20:00+01:00', 'item.registered', 'item/sw1', switchItem),
  things('2026-01-12T20:01+01:00', 'item.registered', 'item/server', server),
  things('2026-01-12T20:02+01:00', 'item.registered', 'item/website', website),
  things('2026-01-12T20:10+01:00', 'steward.added', 'steward/1', stewardOf('sw1', anna)),
  things('2026-01-12T20:11+01:00', 'steward.added', 'steward/2', stewardOf('sw1', bram)),
  things('2026-01-12T20:12+01:00', 'steward.added', 'steward/3', stewardOf('server', anna)),
  things('2026-01-12T20:13+01:00', 'steward.added', 'steward/4', stewardOf('server', els)),
  things('2026-01-12T20:14+01:00', 'steward.added', 'steward/5', stewardOf('website', bram)),
  things('2026-01-12T20:15+01:00', 'steward.added', 'steward/6', {
    item: 'website',
    person: daan,
    role: 'learner',
  }),
  own('2026-01-12T20:20+01:00', 'violation.opened', 'violation/v1', {
    kind: 'bus-factor',
    clause: 'TEAM-2',
    severity: 'warning',
    about: 'probe/website',
  }),
  things('2026-01-20T21:00+01:00', 'design-decision.registered', 'design-decision/vlans', {
    title: 'Een apart netwerk voor gasten',
    status: 'proposed',
    item: 'sw1',
    page: 'VLANs',
  }),
  things('2026-01-21T03:00+01:00', 'design-decision.page-read', 'design-decision/vlans', {
    state: 'found',
    confirmed: true,
  }),
  things('2026-01-27T21:00+01:00', 'design-decision.changed', 'design-decision/vlans', {
    title: 'Een apart netwerk voor gasten',
    status: 'accepted',
    item: 'sw1',
    page: 'VLANs',
  }),
  month('2026-01-31T23:59+01:00', '2026-01', 1, 0),
];

// Nothing at all in February, but that a month is over.
const february = [month('2026-02-28T23:59+01:00', '2026-02', 1, 0)];

const march = [
  members('2026-03-03T19:00+01:00', 'member.confirmed', `member/${chantal}`, {}),
  members('2026-03-10T19:00+01:00', 'application.opened', 'application/1', {}),
  members('2026-03-17T19:00+01:00', 'member.joined', `member/${daan}`, {
    state: 'trial',
    until: '2026-05-16T17:00:00.000Z',
  }),
  members('2026-03-17T19:00+01:00', 'application.carried-out', 'application/1', {}),
  // The night in which clocks go from 2:00 to 3:00: it lasted an hour, whatever clocks on the wall showed.
  net(
    '2026-03-29T01:30+01:00',
    'incident.opened',
    'incident/1',
    incident('switch/sw1', '2026-03-29T01:30+01:00', ['probe/website']),
  ),
  net('2026-03-29T03:30+02:00', 'incident.closed', 'incident/1', {
    ...incident('switch/sw1', '2026-03-29T01:30+01:00', ['probe/website']),
    lasted_s: 3600,
  }),
  net('2026-03-30T12:05+02:00', 'incident.closed', 'incident/2', {
    ...incident('probe/printer', '2026-03-30T12:00+02:00', [], { core: false }),
    lasted_s: 300,
  }),
  month('2026-03-31T23:59+02:00', '2026-03', 0.99866, 3600),
];

const april = [
  ups('2026-04-14T19:03+02:00', 'ups.on-battery', 'ups/rack', { since: '2026-04-14T17:03:00.000Z' }),
  ups('2026-04-14T19:04+02:00', 'ups.on-battery', 'ups/bar', { since: '2026-04-14T17:04:00.000Z' }),
  ups('2026-04-14T19:31+02:00', 'ups.on-mains', 'ups/rack', { lasted_s: 1680 }),
  ups('2026-04-14T19:32+02:00', 'ups.on-mains', 'ups/bar', { lasted_s: 1680 }),
  net('2026-04-14T19:36+02:00', 'incident.closed', 'incident/3', {
    ...incident('mains/rack', '2026-04-14T19:10+02:00', ['probe/website', 'switch/sw1'], { outage: true }),
    lasted_s: 1560,
  }),
  // Down once more within ten minutes, so it is the same one.
  net('2026-04-14T19:40+02:00', 'incident.reopened', 'incident/3', {
    ...incident('mains/rack', '2026-04-14T19:10+02:00', ['probe/website', 'switch/sw1'], { outage: true }),
  }),
  net('2026-04-14T19:48+02:00', 'incident.closed', 'incident/3', {
    ...incident('mains/rack', '2026-04-14T19:10+02:00', ['probe/website', 'switch/sw1'], { outage: true }),
    lasted_s: 2280,
  }),
  ups('2026-04-20T10:00+02:00', 'ups.replace-battery', 'ups/bar', {}),
  own('2026-04-16T20:00+02:00', 'violation.accepted', 'violation/v1', {
    by: `person:${anna}`,
    until: '2026-07-31T22:00:00.000Z',
  }),
  own('2026-04-30T00:10+02:00', 'violation.opened', 'violation/v2', {
    kind: 'rent-ends',
    clause: 'CORE-6',
    severity: 'warning',
    about: 'item/server',
  }),
  vms('2026-04-02T21:00+02:00', 'project.begun', 'project/p-queue', {
    class: 'participant',
    title: 'Wachtrij van de 3D-printer',
  }),
  vms('2026-04-22T21:00+02:00', 'promotion.requested', 'promotion/1', {
    project: 'p-queue',
    kind: 'promotion',
    from: 'participant',
    to: 'space-wide',
  }),
  month('2026-04-30T23:59+02:00', '2026-04', 0.9994, 1560),
];

const may = [
  members('2026-05-14T20:00+02:00', 'member.extended', `member/${daan}`, {
    until: '2026-06-30T18:00:00.000Z',
  }),
  vms('2026-05-06T20:00+02:00', 'promotion.decided', 'promotion/1', { project: 'p-queue', how: 'granted' }),
  vms('2026-05-06T20:01+02:00', 'project.reclassified', 'project/p-queue', {
    from: 'participant',
    to: 'space-wide',
  }),
  own('2026-05-06T20:05+02:00', 'violation.opened', 'violation/v3', {
    kind: 'no-design-decision',
    clause: 'SPACE-6',
    severity: 'warning',
    about: 'project/p-queue',
  }),
  things('2026-05-20T20:00+02:00', 'design-decision.registered', 'design-decision/queue', {
    title: 'De wachtrij draait op MQTT',
    status: 'accepted',
    project: 'p-queue',
  }),
  own('2026-05-21T20:00+02:00', 'advice.written', 'advice/1', {
    title: 'Een tweede internetverbinding',
    text: 'De internetverbinding viel dit jaar vier keer uit. Neem een tweede verbinding via het mobiele net. Dat kost ongeveer 30 euro per maand.',
  }),
  month('2026-05-31T23:59+02:00', '2026-05', 1, 0),
];

const june = [
  members('2026-06-09T20:00+02:00', 'member.left', `member/${els}`, { how: 'left' }),
  members('2026-06-09T20:30+02:00', 'account.gone', 'account/pve-000000000003', { source: 'pve' }),
  own('2026-06-09T20:05+02:00', 'violation.opened', 'violation/v4', {
    kind: 'bus-factor',
    clause: 'TEAM-2',
    severity: 'warning',
    about: 'item/server',
  }),
  members('2026-06-28T20:00+02:00', 'member.confirmed', `member/${daan}`, {}),
  members('2026-06-29T09:00+02:00', 'account.found', 'account/pve-000000000004', {
    source: 'pve',
    person: daan,
    asleep: false,
    built_in: false,
  }),
  own('2026-06-30T20:00+02:00', 'advice.given', 'advice/1', {}),
  month('2026-06-30T23:59+02:00', '2026-06', 1, 0),
];

const july = [
  own('2026-07-01T00:05+02:00', 'violation.opened', 'violation/v5', {
    kind: 'hardware-not-ours',
    clause: 'CORE-6',
    severity: 'serious',
    about: 'item/server',
  }),
  own('2026-07-01T00:05+02:00', 'violation.closed', 'violation/v2', {}),
  // What happened on the last evening of June, and was read after the report of June was made.
  net('2026-06-30T23:10+02:00', 'incident.closed', 'incident/4', {
    ...incident('probe/website', '2026-06-30T22:40+02:00', ['probe/website']),
    lasted_s: 1800,
  }),
  things('2026-07-04T15:00+02:00', 'item.changed', 'item/server', {
    ...server,
    tenure: { kind: 'loaned', person: femke, until: '2026-09-30' },
  }),
  things('2026-07-05T15:00+02:00', 'steward.added', 'steward/7', {
    item: 'server',
    person: guus,
    role: 'learner',
  }),
  members('2026-07-07T15:00+02:00', 'member.suspended', `member/${bram}`, {
    until: '2026-07-21T13:00:00.000Z',
  }),
  members('2026-07-21T15:00+02:00', 'member.reinstated', `member/${bram}`, { state: 'full' }),
  month('2026-07-31T23:59+02:00', '2026-07', 1, 0),
];

const august = [
  own('2026-08-01T00:00+02:00', 'violation.acceptance-ended', 'violation/v1', {}),
  month('2026-08-31T23:59+02:00', '2026-08', 1, 0),
];

const september = [
  // A moved page is no new decision; that the words of its title were mended is none either.
  things('2026-09-02T03:00+02:00', 'design-decision.page-read', 'design-decision/vlans', {
    state: 'found',
    confirmed: true,
    title: 'Netwerk/VLANs',
  }),
  things('2026-09-03T20:00+02:00', 'design-decision.changed', 'design-decision/vlans', {
    title: 'Een eigen netwerk voor gasten',
    status: 'accepted',
    item: 'sw1',
    page: 'VLANs',
  }),
  things('2026-09-12T15:00+02:00', 'item.changed', 'item/server', { ...server, tenure: { kind: 'owned' } }),
  own('2026-09-12T15:01+02:00', 'violation.closed', 'violation/v5', {}),
  things('2026-09-13T15:00+02:00', 'steward.added', 'steward/8', stewardOf('server', daan)),
  own('2026-09-13T15:01+02:00', 'violation.closed', 'violation/v4', {}),
  things('2026-09-14T15:00+02:00', 'steward.promoted', 'steward/6', { item: 'website', person: daan }),
  own('2026-09-14T15:01+02:00', 'violation.closed', 'violation/v1', {}),
  things('2026-09-20T03:00+02:00', 'design-decision.page-read', 'design-decision/vlans', {
    state: 'missing',
    confirmed: true,
  }),
  own('2026-09-20T03:01+02:00', 'violation.opened', 'violation/v6', {
    kind: 'design-page',
    clause: 'CORE-5',
    severity: 'warning',
    about: 'design-decision/vlans',
  }),
  members('2026-09-22T20:00+02:00', 'access-list.recorded', 'access-list/router', {
    title: 'Inlog van de router',
    kind: 'secret',
    people: 3,
  }),
  month('2026-09-30T23:59+02:00', '2026-09', 1, 0),
];

const october = [
  // The night in which 2:30 comes twice: from the first to the second it is an hour.
  net('2026-10-25T02:30+01:00', 'incident.closed', 'incident/5', {
    ...incident('probe/website', '2026-10-25T02:30+02:00', ['probe/website']),
    lasted_s: 3600,
  }),
  vms('2026-10-10T20:00+02:00', 'promotion.requested', 'promotion/2', {
    project: 'p-queue',
    kind: 'one-more-vm',
    from: 'space-wide',
  }),
  members('2026-10-15T20:00+02:00', 'member.left', `member/${chantal}`, { how: 'ended' }),
  own('2026-10-15T20:01+02:00', 'violation.opened', 'violation/v7', {
    kind: 'board-missing',
    clause: 'BOARD-1',
    severity: 'serious',
    about: 'team/main',
  }),
  own('2026-10-20T20:01+02:00', 'violation.opened', 'violation/v8', {
    kind: 'notice-failed',
    clause: 'PART-4',
    severity: 'warning',
    about: `person/${guus}`,
  }),
  month('2026-10-31T23:59+01:00', '2026-10', 0.99866, 3600),
];

const november = [
  // November in Amsterdam, and October in UTC.
  things('2026-10-31T23:30:00.000Z', 'design-decision.registered', 'design-decision/backup', {
    title: 'Back-ups staan buiten de space',
    status: 'accepted',
    page: 'Back-ups',
  }),
  things('2026-11-01T10:00+01:00', 'design-decision.page-read', 'design-decision/backup', {
    state: 'found',
    confirmed: true,
  }),
  own('2026-11-10T20:00+01:00', 'advice.answered', 'advice/1', {
    answer: 'Akkoord, tot 30 euro per maand. De penningmeester regelt het contract.',
  }),
  vms('2026-11-12T20:00+01:00', 'promotion.decided', 'promotion/2', { project: 'p-queue', how: 'declined' }),
  net(
    '2026-11-30T22:00+01:00',
    'incident.opened',
    'incident/6',
    incident('switch/sw1', '2026-11-30T22:00+01:00', ['probe/website', 'switch/sw1']),
  ),
  month('2026-11-30T23:59+01:00', '2026-11', 0.9972, 7200),
];

const december = [
  net('2026-12-01T01:00+01:00', 'incident.closed', 'incident/6', {
    ...incident('switch/sw1', '2026-11-30T22:00+01:00', ['probe/website', 'switch/sw1']),
    lasted_s: 10_800,
  }),
  members('2026-12-20T20:00+01:00', 'person.gone', `person/${daan}`, {}),
  ups('2026-12-22T10:00+01:00', 'ups.battery-replaced', 'ups/bar', {}),
  month('2026-12-31T23:59+01:00', '2026-12', 0.9987, 3600),
];

/** By month, in the order in which it was collected. */
export const months: readonly (readonly [month: string, said: readonly Said[]])[] = [
  ['2026-01', [...start, ...january]],
  ['2026-02', february],
  ['2026-03', march],
  ['2026-04', april],
  ['2026-05', may],
  ['2026-06', june],
  ['2026-07', july],
  ['2026-08', august],
  ['2026-09', september],
  ['2026-10', october],
  ['2026-11', november],
  ['2026-12', december],
];
