import { evolveFeed, type Feed, type FeedEvent, unknownFeed } from '@huismeester/policy/facts/ups';
import { evolveGuest, type Guest, type GuestEvent } from '@huismeester/policy/facts/vm';
import { type Entry, isOneOf, type Log } from './logs.ts';

/** A row of vm-lifecycle's `desired`, as far as policy said it. */
export interface DesiredRow {
  readonly target: string;
  readonly state: string;
  readonly generation: number;
  readonly mode: string;
  readonly decision: string;
}

/** What the services have stored by the end. */
export interface Stored {
  readonly feeds: readonly Feed[];
  readonly guests: readonly Guest[];
  /** policy's own newest decisions. */
  readonly standings: readonly DesiredRow[];
  /** vm-lifecycle's copy of them. */
  readonly desired: readonly DesiredRow[];
  /** ups-monitor's own: the version of each UPS's newest event. */
  readonly upses: readonly { id: string; version: number; mains: string }[];
  /** vm-lifecycle's own. */
  readonly vms: readonly { id: string; status: string }[];
}

export type LogOf = (service: 'ups-monitor' | 'vm-lifecycle' | 'policy') => Log;

/** Where what is stored is not what follows from the logs. */
export function stateFaults(stored: Stored, logOf: LogOf): string[] {
  const upses = logOf('ups-monitor').entries;
  const vms = logOf('vm-lifecycle').entries;
  const decisions = newestDecisions(logOf('policy').entries);
  const feeds = feedsOf(upses);
  const withReading = new Set(stored.feeds.flatMap(({ ups, readAt }) => (readAt === undefined ? [] : [ups])));
  const readings = (of: readonly Feed[]) => of.filter(({ ups }) => withReading.has(ups)).map(read);
  return [
    ...differing('policy: feed', feeds.map(compared), stored.feeds.map(compared), ({ ups }) => ups),
    ...differing('policy: reading', readings(feeds), readings(stored.feeds), ({ ups }) => ups),
    ...differing('policy: guest', guestsOf(vms), stored.guests.map(known), ({ vm }) => vm),
    ...differing('policy: desired state', decisions, stored.standings, ({ target }) => target),
    ...differing('vm-lifecycle: desired', decisions, stored.desired, ({ target }) => target),
    ...differing('ups-monitor: ups', upsesOf(upses), stored.upses, ({ id }) => id),
    ...differing('vm-lifecycle: vm', statusesOf(vms), stored.vms, ({ id }) => id),
  ];
}

function differing<T extends object>(
  what: string,
  folded: readonly T[],
  stored: readonly T[],
  idOf: (one: T) => string,
): string[] {
  const rows = new Map(stored.map((one) => [idOf(one), one]));
  const missing = folded.flatMap((one) => {
    const id = idOf(one);
    const row = rows.get(id);
    rows.delete(id);
    const [should, is] = [canonical(one), row && canonical(row)];
    return should === is ? [] : [`${what} ${id} is ${is ?? 'not there'}, the log says ${should}`];
  });
  return [...missing, ...[...rows.keys()].map((id) => `${what} ${id} is there, and not in the log`)];
}

/** JSON with its keys in order, as a database does not keep them. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

const feedEvents = [
  'ups.found',
  'ups.lost',
  'ups.stale',
  'ups.on-battery',
  'ups.on-mains',
  'ups.battery-reading',
  'ups.battery-low',
  'ups.forced-shutdown',
  'ups.forced-shutdown-stuck',
  'ups.forced-shutdown-cleared',
] satisfies FeedEvent['type'][];

function feedsOf(entries: readonly Entry[]): Feed[] {
  const feeds = new Map<string, Feed>();
  for (const entry of entries) {
    if (!isOneOf(entry, feedEvents)) continue;
    const { ups } = entry.data;
    feeds.set(ups, evolveFeed(feeds.get(ups) ?? unknownFeed(ups), entry));
  }
  return [...feeds.values()];
}

/** What a snapshot tells of a UPS too. */
function compared({ ups, mains, since, contact, low, forced }: Feed) {
  return { ups, mains, since, contact: contact.ok, low, forced };
}

/** What policy had from the newest reading, if it had one since it last took a snapshot: that tells none. */
function read({ ups, readAt, chargePct, runtimeMs, seenAt, evidence }: Feed) {
  return { ups, readAt, chargePct, runtimeMs, seenAt, newest: evidence.at(-1)?.id };
}

const guestEvents = [
  'vm.found',
  'vm.started',
  'vm.stopped',
  'vm.moved',
  'vm.reclassified',
  'vm.inspected',
  'vm.power-requested',
  'vm.power-failed',
] satisfies GuestEvent['type'][];

function guestsOf(entries: readonly Entry[]): ReturnType<typeof known>[] {
  const guests = new Map<string, Guest>();
  for (const entry of entries) {
    if (isOneOf(entry, ['vm.unlisted'])) guests.delete(entry.data.vm);
    if (!isOneOf(entry, guestEvents)) continue;
    const { vm } = entry.data;
    const folded = evolveGuest(guests.get(vm), entry);
    if (folded) guests.set(vm, folded);
  }
  return [...guests.values()].map(known);
}

/** What a snapshot tells too: not who took it off, and when. */
function known({ vm, class: of, hypervisor, node, running, onboot, agent, ha }: Guest) {
  return { vm, class: of, hypervisor, node, running, onboot, agent, ha };
}

function newestDecisions(entries: readonly Entry[]): DesiredRow[] {
  const newest = new Map<string, DesiredRow>();
  for (const entry of entries) {
    if (!isOneOf(entry, ['desired-state.decided'])) continue;
    const { target, state, generation, mode } = entry.data;
    newest.set(target, { target, state, generation, mode, decision: entry.id });
  }
  return [...newest.values()];
}

function upsesOf(entries: readonly Entry[]) {
  const found = new Map<string, { id: string; version: number; mains: string }>();
  for (const { subject, version, type } of entries) {
    const id = subject.slice('ups/'.length);
    const before = found.get(id)?.mains ?? 'unknown';
    found.set(id, {
      id,
      version,
      mains: { 'ups.on-battery': 'on-battery', 'ups.on-mains': 'on-mains' }[type] ?? before,
    });
  }
  return [...found.values()];
}

function statusesOf(entries: readonly Entry[]) {
  const found = new Map<string, string>();
  for (const { type, data } of entries) {
    const vm = String(data.vm);
    if (type === 'vm.found') found.set(vm, data.running === true ? 'running' : 'stopped');
    if (type === 'vm.started') found.set(vm, 'running');
    if (type === 'vm.stopped') found.set(vm, 'stopped');
    if (type === 'vm.unlisted') found.delete(vm);
  }
  return [...found].map(([id, status]) => ({ id, status }));
}
