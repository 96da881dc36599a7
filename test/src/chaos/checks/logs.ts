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
 * order. It must go to the end of the present log; of one that was lost it may end anywhere.
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
  { service, epoch, entries }: Log,
  applied: readonly Applied[],
  snapshots: readonly Taken[],
  toTheEnd: boolean,
): string[] {
  const mine = applied
    .filter((each) => each.source === service && each.epoch === epoch)
    .sort((a, b) => a.nth - b.nth);
  const begins = snapshots.filter((each) => each.source === service && each.epoch === epoch);
  const found: string[] = [];
  if (begins.length === 0 && (mine.length > 0 || toTheEnd))
    found.push(`${service}: it took no snapshot of ${epoch}`);
  let expected = Math.min(...begins.map(({ position }) => position), entries.length) + 1;
  for (const { position, id, subject, version } of mine) {
    const entry = entries[position - 1];
    // A later snapshot of the same epoch jumps ahead, and that alone may.
    const jumped = begins.some((begin) => begin.position + 1 === position && position > expected);
    if (position !== expected && !jumped)
      found.push(`${service}: applied ${position} where ${expected} was next`);
    if (!entry) found.push(`${service}: applied ${position}, which the log does not have`);
    else if (entry.id !== id || entry.subject !== subject || entry.version !== version)
      found.push(`${service}: applied another event at ${position} than the log has`);
    expected = position + 1;
  }
  const end = Math.max(expected - 1, ...begins.map(({ position }) => position));
  if (toTheEnd && end !== entries.length) found.push(`${service}: applied up to ${end} of ${entries.length}`);
  return found;
}
