import type { StoredEvent } from '@huismeester/contracts';
import { statement, type Tx } from '@huismeester/database';
import type { EventLog, NewEvent } from '@huismeester/events';
import type { UpsEvent } from '../core/events.ts';
import { type LoggedUpsEvent, type Reported, report } from '../core/reported.ts';
import type { UpsState } from '../core/state.ts';

/** The on-battery event of a power cut: what follows in it names this as its cause. */
type Cause = NonNullable<NewEvent['cause']>;

/** What is stored of a UPS beside its state. */
export interface Kept {
  /** Of the power cut that goes on. */
  readonly cut: Cause | null;
  readonly reported: Reported;
}

/** The aggregate that a UPS's events belong to. */
export function subjectOf(id: string): string {
  return `ups/${id}`;
}

/** The log has checked type and data when it was appended. */
export function reportStored(reported: Reported, event: StoredEvent): Reported {
  return report(reported, event as LoggedUpsEvent);
}

/** With what is stored before these events. */
export interface Save extends Kept {
  readonly state: UpsState;
  readonly events: readonly UpsEvent[];
  readonly time: Date;
}

/** Writes all with two appends and one update, however many they are; returns what is then stored of each. */
export async function saveAll(tx: Tx, log: EventLog, saves: readonly Save[]): Promise<Kept[]> {
  const parts = saves.map(({ events }) => {
    const begun = events.findIndex(({ type }) => type === 'ups.on-battery') + 1;
    return { before: events.slice(0, begun), after: events.slice(begun) };
  });
  const before = await appendAll(
    tx,
    log,
    saves.map((save, index) => entriesOf(save, parts[index]?.before ?? [], save.cut)),
  );
  // What comes after an on-battery event names it as its cause, and its id is known once it is appended.
  const cuts = saves.map(({ cut }, index) => causeOf(before[index]?.at(-1)) ?? cut);
  const after = await appendAll(
    tx,
    log,
    saves.map((save, index) => entriesOf(save, parts[index]?.after ?? [], cuts[index] ?? null)),
  );
  const rows = saves.map(({ state, reported }, index) => {
    const stored = [...(before[index] ?? []), ...(after[index] ?? [])];
    return {
      id: state.id,
      state,
      version: stored.at(-1)?.version ?? null,
      cut: state.mains === 'on-battery' ? (cuts[index] ?? null) : null,
      reported: stored.reduce(reportStored, reported),
    };
  });
  await statement(tx, update, [JSON.stringify(rows)]);
  return rows.map(({ cut, reported }) => ({ cut, reported }));
}

const update = `
  update ups_monitor.ups as u
  set state = e.state, cut = e.cut, reported = e.reported, version = coalesce(e.version, u.version)
  from jsonb_to_recordset($1) as e(id text, state jsonb, cut jsonb, reported jsonb, version integer) where u.id = e.id`;

function entriesOf(
  { state, time }: Pick<Save, 'state' | 'time'>,
  events: readonly UpsEvent[],
  cause: Cause | null,
): NewEvent[] {
  const common = { subject: subjectOf(state.id), time, ...(cause ? { cause } : {}) };
  return events.map(({ type, data }) => ({ ...common, type, data }));
}

/** Appends all in their order; the answer has them as they were given. */
async function appendAll(
  tx: Tx,
  log: EventLog,
  groups: readonly (readonly NewEvent[])[],
): Promise<StoredEvent[][]> {
  const stored = await log.append(tx, groups.flat());
  let from = 0;
  return groups.map(({ length }) => {
    from += length;
    return stored.slice(from - length, from);
  });
}

function causeOf(event: StoredEvent | undefined): Cause | null {
  return event ? { id: event.id, correlationid: event.correlationid } : null;
}
