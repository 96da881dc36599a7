import { type Clock, createLoop, type Logger } from '@huismeester/clock';
import { eventDefinition, events } from '@huismeester/contracts';
import { type Database, statement, type Tx } from '@huismeester/database';
import { forgetAnswers } from './idempotency.ts';
import type { EventLog } from './log.ts';
import { type EventTables, qualifiedName } from './tables.ts';

export interface PrunerOptions {
  readonly database: Database;
  readonly tables: Pick<EventTables, 'eventLog' | 'logHead' | 'publishCursor' | 'idempotencyKey'>;
  readonly log: Pick<EventLog, 'removed'>;
  readonly clock: Clock;
  /** How old an event becomes, ms. */
  readonly retentionMs: number;
  /** How often to look, ms; an hour. */
  readonly everyMs?: number;
  /** Events in a transaction; 1000. */
  readonly batchSize?: number;
  readonly logger?: Logger;
}

/** Removes what is too old: events from a service's log, and answers that are kept for their Idempotency-Key. */
export interface Pruner {
  start(): void;
  /** Up to where events were removed, as far as this process knows. */
  horizon(): number;
  close(): Promise<void>;
}

const hourMs = 3_600_000;
/** Of the log's own time, in a pass: if the clock jumped years ahead, little is lost before somebody sees it. */
const mostPerPassMs = 24 * hourMs;

/**
 * Removes the oldest events, in small batches. What stays, however old: the newest event of each subject, which its next
 * version counts on from; types that are kept for good; and all that the publisher has not yet passed.
 */
export function createPruner(options: PrunerOptions): Pruner {
  const { database, tables, log, clock, retentionMs, everyMs = hourMs, batchSize = 1_000, logger } = options;
  const statements = statementsOf(tables);
  let horizon = 0;

  /** Removes what is older than `before` says of the oldest there is; answers how many it passed and removed. */
  const batch = async (
    now: number,
    before: (oldest: number) => number,
  ): Promise<{ passed: number; removed: number }> => {
    const { old, times } = await database.transaction((tx) => oldest(tx, statements, batchSize, now), {
      readOnly: true,
    });
    const [first] = old;
    const [time] = times;
    horizon = Number(first?.horizon ?? 0);
    if (!first || time === undefined) return { passed: 0, removed: 0 };
    const limit = before(time);
    const young = times.findIndex((each) => each >= limit);
    const passed = young < 0 ? old.length : young;
    const last = old[passed - 1];
    if (!last) return { passed, removed: 0 };
    const removed = await database.transaction(async (tx) => {
      const gone = await statement(tx, statements.remove, [first.horizon, last.position]);
      // Last: until the commit nothing can be appended.
      await statement(tx, statements.move, [last.position]);
      return gone.length;
    });
    horizon = Number(last.position);
    log.removed();
    return { passed, removed };
  };

  const loop = createLoop({
    everyMs,
    async pass() {
      const now = clock.now().getTime();
      await database.transaction((tx) => forgetAnswers(tx, tables, now));
      const tooOld = now - retentionMs;
      let limit: number | undefined;
      const before = (first: number) => {
        limit ??= Math.min(tooOld, first + mostPerPassMs);
        return limit;
      };
      let sum = 0;
      for (let isMore = true; isMore && !loop.closing; ) {
        const { passed, removed } = await batch(now, before);
        sum += removed;
        isMore = passed === batchSize;
      }
      if (sum > 0) logger?.info({ events: sum, horizon }, 'old events were removed from the log');
      return undefined;
    },
    onError: (error) =>
      logger?.warn({ err: error }, 'what is too old could not be removed; it is tried again'),
  });
  return { start: () => loop.start(), horizon: () => horizon, close: () => loop.close() };
}

interface OldRow {
  readonly horizon: number | string;
  /** Null, as the time is, when there is no event that could be removed. */
  readonly position: number | string | null;
  readonly time: string;
}

/**
 * The first rows behind the horizon, and what time each counts as. One in the future was appended when the clock was wrong:
 * it counts as the next one that is not, which is no older, and does not keep all behind it for years.
 */
async function oldest(
  tx: Tx,
  statements: ReturnType<typeof statementsOf>,
  batchSize: number,
  now: number,
): Promise<{ old: OldRow[]; times: number[] }> {
  const old = await statement<OldRow>(tx, statements.oldest, [batchSize]);
  const last = old.at(-1);
  if (!last || last.position === null) return { old, times: [] };
  let next = timeOf(last);
  if (next > now) {
    const parameters = [last.position, new Date(now).toISOString()];
    const [behind] = await statement<{ time: string }>(tx, statements.behind, parameters);
    next = behind ? timeOf(behind) : next;
  }
  const times = old.toReversed().map((row) => {
    const time = timeOf(row);
    if (time <= now) next = time;
    return next;
  });
  return { old, times: times.reverse() };
}

function timeOf({ time }: { time: string }): number {
  return new Date(time).getTime();
}

function statementsOf({ eventLog, logHead, publishCursor }: PrunerOptions['tables']) {
  const [log, head, cursor] = [eventLog, logHead, publishCursor].map(qualifiedName);
  const kept = Object.keys(events).filter((type) => eventDefinition(type)?.keptForGood);
  return {
    oldest: `
      select h.horizon, e.position, e.time from ${head} h left join lateral (
        select position, time from ${log}
        where position > h.horizon and position < h.position
          and position <= coalesce((select position from ${cursor}), 0)
        order by position limit $1) e on true
      order by e.position`,
    behind: `select time from ${log} where position > $1 and time <= $2 order by position limit 1`,
    remove: `
      delete from ${log} e where position > $1 and position <= $2
        and type not in (${kept.map((type) => `'${type}'`).join(', ')})
        and exists (select from ${log} newer where newer.subject = e.subject and newer.version > e.version)
      returning position`,
    move: `update ${head} set horizon = $1`,
  };
}
