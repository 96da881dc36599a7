import type {
  Hypervisor,
  IncidentResource,
  PortResource,
  ProbeResource,
  ServiceName,
  StoredEvent,
  SwitchResource,
  ThingState,
  Ups,
} from '@huismeester/contracts';
import type { ShownIncident } from './read-incidents.ts';

/** A thing as it is now; undefined is one whose service does not answer here. A UPS stands for its mains, too. */
export type ThingNow =
  | { readonly probe: ProbeResource }
  | { readonly switch: SwitchResource }
  | { readonly port: PortResource }
  | { readonly hypervisor: Hypervisor | undefined }
  | { readonly ups: Ups | undefined }
  | { readonly vantage: { readonly state: ThingState; readonly since?: string } }
  | { readonly incident: IncidentResource };

/** Incidents of one cause, in order, and what happened meanwhile. */
export interface Story {
  readonly incidents: readonly ShownIncident[];
  readonly events: readonly StoredEvent[];
}

/**
 * The incidents to show, by their cause: those that a thing is, or was, part of. All of those that go on, else the newest; `most` causes.
 * Incidents of one cause, such as a power cut, are one story, and each in order.
 */
export function chosenStories(
  all: readonly ShownIncident[],
  subject: string,
  most: number,
): ShownIncident[][] {
  const own = all.filter((incident) => isPart(incident, subject)).sort((a, b) => bySince(b, a));
  const causes = causesOf(own);
  const open = causesOf(own.filter(({ state }) => state === 'open'));
  const shown = open.length > most ? open : causes.slice(0, most);
  const stories = shown.map((cause) =>
    all.filter(({ correlationid }) => correlationid === cause).sort(bySince),
  );
  return stories.sort((a, b) => beginOf(a) - beginOf(b));
}

function isPart({ id, root, others, members }: IncidentResource, subject: string): boolean {
  return (
    subject === `incident/${id}` ||
    subject === root ||
    others.includes(subject) ||
    members.some(({ thing }) => thing === subject)
  );
}

function causesOf(incidents: readonly IncidentResource[]): string[] {
  return [...new Set(incidents.map(({ correlationid }) => correlationid))];
}

interface Since {
  readonly since: string;
}

/** Oldest first. */
export function bySince(a: Since, b: Since): number {
  return Date.parse(a.since) - Date.parse(b.since);
}

function beginOf(incidents: readonly IncidentResource[]): number {
  return Math.min(...incidents.map(({ since }) => Date.parse(since)));
}

/** The log that a thing's own events are in, and their subject. */
export function logOf(thing: string): { readonly service: ServiceName; readonly subject: string } {
  const [kind, id] = thing.split('/');
  if (kind === 'mains' || kind === 'ups') return { service: 'ups-monitor', subject: `ups/${id}` };
  const isOutside = kind === 'vm' || kind === 'node' || kind === 'hypervisor';
  return { service: isOutside ? 'vm-lifecycle' : 'netwatch', subject: thing };
}

const failures: ReadonlySet<string> = new Set([
  'ups.on-battery',
  'ups.forced-shutdown',
  'ups.lost',
  'vm.stopped',
  'node.offline',
  'hypervisor.unreachable',
  'switch.unreachable',
  'probe.down',
  'port.down',
]);
/** A cause that is found so long after what it explains takes the incident over. */
const lateMs = 60_000;

/**
 * The cause of the failure of an incident's root, from the root's own events. It is another than the incident's where what depends on the root
 * was found down first: the root took the incident over.
 */
export function rootCause(
  { since, until }: Pick<IncidentResource, 'since' | 'until'>,
  events: readonly StoredEvent[],
): string | undefined {
  const from = Date.parse(since) - lateMs;
  const to = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
  return events.find(
    ({ type, time }) => failures.has(type) && Date.parse(time) >= from && Date.parse(time) <= to,
  )?.correlationid;
}

/**
 * Whether an event of a cause belongs to the story of these incidents: all that a UPS or netwatch says, the stages of a power cut, and of VMs and nodes only
 * those that are part of it. A cut of a large space decides about a hundred others.
 */
export function belongsTo(incidents: readonly IncidentResource[]): (event: StoredEvent) => boolean {
  const things = new Set(
    incidents.flatMap(({ root, others, members }) => [root, ...others, ...members.map(({ thing }) => thing)]),
  );
  return ({ type, subject }) => {
    if (always.test(type)) return true;
    return ifPart.test(type) && things.has(subject.replace(/^(desired|node)-state\//, ''));
  };
}

const always =
  /^((probe|switch|port|certificate|vantage|incident|outage)\.|ups\.(lost|found|stale|on-battery|on-mains|forced-shutdown))/;
const ifPart =
  /^((desired|node)-state\.decided$|vm\.(started|stopped|moved|power-requested|power-failed)|(node|hypervisor)\.)/;
