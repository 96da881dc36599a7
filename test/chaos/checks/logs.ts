import type { EventOf, EventType } from '@huismeester/contracts';

/** An event as it stands in a log. */
export interface Entry {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly version: number;
  readonly time: string;
  readonly correlationid: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** All that a service's log had in one epoch: the present one, or one that was lost with its database. */
export interface Log {
  readonly service: string;
  readonly epoch: string;
  readonly entries: readonly Entry[];
  /** How far a consumer must have come; to the end, if left out. */
  readonly reach?: number;
}

/** What a consumer noted as it applied an event; `nth` counts over everything that it applied. */
export interface Applied {
  readonly nth: number;
  readonly source: string;
  readonly epoch: string;
  readonly position: number;
  readonly id: string;
  readonly subject: string;
  readonly version: number;
}

/** A snapshot that a consumer took: what comes before its position it never applied. */
export interface Taken {
  readonly source: string;
  readonly epoch: string;
  readonly position: number;
}

/** Whether an entry is of one of these types. Its data fit the type: the log checked that before it took them. */
export function isOneOf<T extends EventType>(entry: Entry, types: readonly T[]): entry is Entry & EventOf<T> {
  return types.some((type) => type === entry.type);
}

/** What is wrong with a log in itself: positions without a gap, versions of each subject one by one, no id twice. */
export function logFaults({ service, entries }: Pick<Log, 'service' | 'entries'>): string[] {
  const found: string[] = [];
  const versions = new Map<string, number>();
  const ids = new Set<string>();
  for (const [index, { position, id, subject, version }] of entries.entries()) {
    if (position !== index + 1)
      found.push(`${service}: position ${position} stands where ${index + 1} should`);
    const next = (versions.get(subject) ?? 0) + 1;
    if (version !== next)
      found.push(`${service}: ${subject} has version ${version} at ${position}, not ${next}`);
    versions.set(subject, version);
    if (ids.has(id)) found.push(`${service}: the event ${id} stands there twice, again at ${position}`);
    ids.add(id);
  }
  return found;
}

/**
 * What is wrong with what a consumer applied: of each log it must be everything from a snapshot on, each once and in
 * order. It must have come as far as it must in the present log; of one that was lost it may end anywhere.
 */
export function consumerFaults(
  applied: readonly Applied[],
  snapshots: readonly Taken[],
  logs: { readonly present: readonly Log[]; readonly lost: readonly Log[] },
): string[] {
  const known = [...logs.present, ...logs.lost];
  const strays = applied.filter(
    ({ source, epoch }) => !known.some((log) => log.service === source && log.epoch === epoch),
  );
  return [
    ...strays.map(({ source, epoch, position }) => `${source}: ${position} of the unknown epoch ${epoch}`),
    ...logs.present.flatMap((log) => ofOne(log, applied, snapshots, true)),
    ...logs.lost.flatMap((log) => ofOne(log, applied, snapshots, false)),
  ];
}

function ofOne(
  { service, epoch, entries, reach = entries.length }: Log,
  applied: readonly Applied[],
  snapshots: readonly Taken[],
  toTheEnd: boolean,
): string[] {
  const isOfIt = (each: Taken) => each.source === service && each.epoch === epoch;
  const mine = applied.filter(isOfIt).sort((a, b) => a.position - b.position || a.nth - b.nth);
  const begins = snapshots.filter(isOfIt).map(({ position }) => position);
  const found = [...unlike(service, entries, mine), ...disordered(service, mine)];
  if (begins.length === 0) {
    return mine.length > 0 || toTheEnd ? [...found, `${service}: it took no snapshot of ${epoch}`] : found;
  }
  let end = Math.min(...begins);
  for (const { position } of mine) {
    // A later snapshot jumps ahead, and that alone may.
    const begin = begins.includes(position - 1) ? Math.max(end, position - 1) : end;
    if (position !== begin + 1) found.push(`${service}: applied ${position} after ${end}`);
    end = position;
  }
  end = Math.max(end, ...begins);
  if (toTheEnd && end < reach) found.push(`${service}: applied up to ${end} of ${reach}`);
  return found;
}

function unlike(service: string, entries: readonly Entry[], mine: readonly Applied[]): string[] {
  return mine.flatMap(({ position, id, subject, version }) => {
    const entry = entries[position - 1];
    if (!entry) return [`${service}: applied ${position}, which the log does not have`];
    const same = entry.id === id && entry.subject === subject && entry.version === version;
    return same ? [] : [`${service}: applied another event at ${position} than the log has`];
  });
}

/** Events of one subject are applied one after the other; those of different subjects side by side. */
function disordered(service: string, mine: readonly Applied[]): string[] {
  const subjects = Map.groupBy(mine, ({ subject }) => subject);
  return [...subjects].flatMap(([subject, events]) =>
    events.flatMap(({ nth, version }, index) =>
      nth < (events[index - 1]?.nth ?? 0)
        ? [`${service}: applied version ${version} of ${subject} too early`]
        : [],
    ),
  );
}
