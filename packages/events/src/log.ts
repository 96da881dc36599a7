import { type Clock, type Logger, systemClock } from '@huismeester/clock';
import type { EventPage, ServiceName, StoredEvent } from '@huismeester/contracts';
import { afterCommit, commitBehind, type Database, rows, statement, type Tx } from '@huismeester/database';
import { sql } from 'drizzle-orm';
import { VersionMismatch } from './errors.ts';
import { ensureHead } from './log-head.ts';
import { createLogTail } from './log-tail.ts';
import type { NewEvent } from './new-event.ts';
import { checkEpoch, isFollowing, type ReadQuery, readPage } from './read-page.ts';
import { type EntryRow, type EventRow, type Origin, toEntry, toStoredEvent } from './stored-event.ts';
import { type EventTables, qualifiedName } from './tables.ts';

type AppendListener = (head: number, appended: readonly StoredEvent[]) => void;

/** Only one of the two: what is checked afterwards must not be committed by then. */
export type AppendOptions =
  | { readonly last?: boolean }
  | { readonly expected: ReadonlyMap<string, number>; readonly last?: false };

/** A service's log: the truth about what it owns. */
export interface EventLog {
  readonly service: ServiceName;
  readonly epoch: string;
  /**
   * Appends in the caller's transaction; positions are gapless. Throws {@link EventRefused}, before anything is written,
   * when a type is unknown or data do not fit. From then until the commit other writers of this log wait: append last.
   * With `last` the commit is sent along, a round trip less: nothing may follow in that transaction. With `expected`, the
   * version of each of these subjects before this, it throws {@link VersionMismatch} when the log, which is locked by then, has another.
   */
  append(tx: Tx, events: readonly NewEvent[], options?: AppendOptions): Promise<StoredEvent[]>;
  /** The time that the log gives events. */
  now(): Date;
  /** The last committed position that this process knows of. */
  head(): number;
  /** The log's head as the transaction sees it: for a snapshot, in a repeatable read transaction. */
  headIn(tx: Tx): Promise<number>;
  /** The version of the subject's newest event as the transaction sees it; 0 if it has none. */
  versionIn(tx: Tx, subject: string): Promise<number>;
  /**
   * Reads committed events in order. Throws {@link WrongEpoch} or {@link PositionGone}: to a reader that says the epoch it
   * knows, and so goes on from where it was, also when events behind its position were removed for their age. Whoever says
   * none gets what there still is.
   */
  read(query: ReadQuery): Promise<EventPage>;
  /**
   * Calls the listener with the new head, and what was appended, after each commit by this process; returns how to stop that. When the
   * answer to a commit was lost, it is called with nothing appended.
   */
  onAppended(listener: AppendListener): () => void;
  /** Events were removed from it: what was read from this process's memory is read from the database again. */
  removed(): void;
}

export interface EventLogOptions {
  readonly database: Database;
  readonly tables: Pick<EventTables, 'eventLog' | 'logHead'>;
  readonly service: ServiceName;
  readonly siteId: string;
  readonly logger?: Logger;
  readonly clock?: Pick<Clock, 'now'>;
}

/** Opens the service's log; makes its head and its epoch when they are not there. */
export async function openEventLog(options: EventLogOptions): Promise<EventLog> {
  const { database, tables, service, siteId, logger, clock = systemClock } = options;
  const first = await database.transaction((tx) => ensureHead(tx, tables, logger));
  const origin: Origin = { siteId, service, epoch: first.epoch };
  const statements = appendStatements(tables);
  const listeners = new Set<AppendListener>();
  const tail = createLogTail();
  let head = first.position;
  const announce = (appended: readonly StoredEvent[]) => {
    for (const listener of listeners) listener(head, appended);
  };
  return {
    service,
    epoch: first.epoch,
    head: () => head,
    now: () => clock.now(),
    async append(tx, events, options = {}) {
      if (events.length === 0) return [];
      const now = clock.now();
      const entries = events.map((event, index) => toEntry(event, index, now));
      const placed = await insert(tx, statements, entries, options.last ?? false);
      const stored = placed.map((row) => toStoredEvent(row, origin));
      if ('expected' in options) checkVersions(stored, options.expected);
      const last = stored.at(-1)?.position ?? 0;
      afterCommit(
        tx,
        () => {
          head = Math.max(head, last);
          tail.add(stored);
          announce(stored);
        },
        // Whether they are in the log is not known: whoever reads it is to look.
        () => announce([]),
      );
      return stored;
    },
    headIn: (tx) => readHead(tx, tables),
    async versionIn(tx, subject) {
      const [row] = await statement<{ version: number }>(tx, statements.version, [subject]);
      return row?.version ?? 0;
    },
    async read(query) {
      checkEpoch(query, origin);
      const known = isFollowing(query) ? tail.after(query.after, query.limit) : undefined;
      if (known) return { epoch: origin.epoch, head, events: known };
      const page = await readPage(database, tables, query, origin);
      if (page.head > head) {
        // Of a commit whose answer was lost: readers elsewhere go by the head that is announced.
        head = page.head;
        announce([]);
      }
      return page;
    },
    onAppended(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    removed: () => tail.clear(),
  };
}

type LogTables = EventLogOptions['tables'];

/** Statements run for every append, so that their text is made once. */
function appendStatements({ eventLog, logHead }: LogTables) {
  const log = qualifiedName(eventLog);
  const head = qualifiedName(logHead);
  return {
    advance: `update ${head} set position = position + $1`,
    version: `select version from ${log} where subject = $1 order by version desc limit 1`,
    insert: `
      insert into ${log} (position, id, type, schema_version, subject, version, time, actor, correlation_id, causation_id, data)
      select h.position - $1 + e.i, e.id, e.type, e.schema_version, e.subject,
        coalesce(last.version, 0) + row_number() over (partition by e.subject order by e.i),
        e.time, e.actor, e.correlation_id, e.causation_id, e.data
      from ${head} h, jsonb_to_recordset($2) as e(i integer, id uuid, type text, schema_version integer, subject text,
        time timestamptz, actor text, correlation_id uuid, causation_id uuid, data jsonb)
      left join lateral (
        select version from ${log} where subject = e.subject order by version desc limit 1) last on true
      returning position, version`,
  };
}

/**
 * Two statements that travel together. The first takes the lock on the head row; only the second, whose snapshot is
 * newer than that, is sure to see the last version of each subject.
 */
async function insert(
  tx: Tx,
  { advance, insert }: ReturnType<typeof appendStatements>,
  entries: EntryRow[],
  last: boolean,
): Promise<EventRow[]> {
  const count = entries.length;
  const text = JSON.stringify(entries);
  const writing = Promise.all([
    statement(tx, advance, [count]),
    statement<{ position: number | string; version: number }>(tx, insert, [count, text]),
  ]);
  if (last) commitBehind(tx);
  const [, placed] = await writing;
  placed.sort((a, b) => Number(a.position) - Number(b.position));
  // As it will be read: what JSON leaves out, such as a key that is undefined, is not in it.
  return (JSON.parse(text) as EntryRow[]).flatMap((entry, index) => {
    const place = placed[index];
    return place ? [{ ...entry, ...place }] : [];
  });
}

/** The head row has been locked by the append: no other writer can come in between. */
function checkVersions(stored: readonly StoredEvent[], expected: ReadonlyMap<string, number>): void {
  // Of several events of a subject the first stays: it is put in last.
  const firsts = new Map(stored.toReversed().map((event) => [event.subject, event.version]));
  for (const [subject, version] of expected) {
    const first = firsts.get(subject);
    if (first === undefined || first === version + 1) continue;
    throw new VersionMismatch(
      `the newest event of ${subject} has version ${first - 1}, expected ${version}: its row and the log disagree`,
    );
  }
}

async function readHead(tx: Tx, { logHead }: LogTables): Promise<number> {
  const [head] = rows<{ position: number | string }>(await tx.execute(sql`select position from ${logHead}`));
  return Number(head?.position ?? 0);
}
