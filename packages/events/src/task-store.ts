import type { Clock } from '@huismeester/clock';
import { type Database, rows, type Tx } from '@huismeester/database';
import { type SQL, sql } from 'drizzle-orm';
import type { EventTables } from './tables.ts';
import type { NewTask, Task } from './task.ts';

export interface TaskStoreOptions {
  readonly database: Database;
  readonly tables: Pick<EventTables, 'task'>;
  readonly clock: Clock;
  readonly leaseMs: number;
  /** Which process holds a task; a new one at each start. */
  readonly owner: string;
  readonly kinds: readonly string[];
}

/** The tasks of all processes that nobody runs now. */
export interface TaskQueue {
  readonly due: number;
  /** When the one that waits longest became due. */
  readonly oldest?: Date;
  readonly failing: number;
}

export type TaskId = Pick<Task, 'kind' | 'key'>;
export type TaskStore = ReturnType<typeof taskStore>;

/**
 * The statements behind {@link Tasks}. A task is held while `locked_by` is set and `locked_until` is not past.
 * Long, since it is a list of statements.
 */
export function taskStore({ database, tables, clock, leaseMs, owner, kinds }: TaskStoreOptions) {
  const { orm } = database;
  const { task } = tables;
  const at = (moment: Date) => sql`${moment.toISOString()}::timestamptz`;
  const now = () => at(clock.now());
  const leaseEnd = () => at(new Date(clock.now().getTime() + leaseMs));
  const mine = ({ kind, key }: TaskId) => sql`kind = ${kind} and key = ${key} and locked_by = ${owner}`;
  const oneOf = kinds.length > 0 ? sql`kind in ${kinds}` : sql`false`;
  const free = () => sql`(locked_by is null or locked_until <= ${now()})`;
  const among = (ids: readonly TaskId[]) => {
    const names = JSON.stringify(ids.map(({ kind, key }) => [kind, key]));
    return sql`(kind, key) in (select name->>0, name->>1 from jsonb_array_elements(${names}::jsonb) name)`;
  };
  const release = async (id: TaskId, change: SQL) => {
    await orm.execute(
      sql`update ${task} set locked_by = null, locked_until = null, again_at = null, ${change} where ${mine(id)}`,
    );
  };
  return {
    /** Adds it; with `taken` it is ours at once, unless somebody holds it, and comes back to be run after the commit. */
    async enqueue(
      tx: Tx,
      { kind, key, payload }: NewTask,
      runAt: Date,
      taken: boolean,
    ): Promise<Task | undefined> {
      const by = taken ? sql`${owner}::uuid` : sql`null::uuid`;
      const until = taken ? leaseEnd() : sql`null::timestamptz`;
      const added = await tx.execute(sql`
        insert into ${task} as t (kind, key, payload, run_at, attempt, locked_by, locked_until)
        values (${kind}, ${key}, ${JSON.stringify(payload ?? null)}::jsonb, ${at(runAt)}, ${taken ? 1 : 0}, ${by}, ${until})
        on conflict (kind, key) do update set payload = excluded.payload,
          run_at = case when t.locked_by is null then least(t.run_at, excluded.run_at) else t.run_at end,
          again_at = case when t.locked_by is null then null else least(t.again_at, excluded.run_at) end,
          attempt = case when t.locked_by is null then t.attempt + excluded.attempt else t.attempt end,
          locked_by = coalesce(t.locked_by, excluded.locked_by),
          locked_until = case when t.locked_by is null then excluded.locked_until else t.locked_until end
        returning t.kind, t.key, t.payload, t.attempt, t.locked_by is not null and t.again_at is null as mine`);
      const [row] = rows<Task & { mine: boolean }>(added);
      if (!taken || !row?.mine) return undefined;
      return { kind: row.kind, key: row.key, payload: row.payload, attempt: row.attempt };
    },

    /** Takes at most so many tasks that are due, longest due first; none of `running`, which are what runs here. */
    async claim(most: number, running: readonly TaskId[]): Promise<Task[]> {
      if (most <= 0 || kinds.length === 0) return [];
      // Never one of our own whose lease ran out while the process stood still: it still runs here. One that is ours and does not
      // run here was taken in a transaction whose commit we never heard of: nobody else would run it.
      const claimed = await orm.execute(sql`
        update ${task} t set locked_by = ${owner}, locked_until = ${leaseEnd()}, attempt = t.attempt + 1
        from (
          select kind, key from ${task} where run_at <= ${now()} and ${oneOf}
            and ${free()} and not ${among(running)}
          order by run_at limit ${most} for update skip locked) due
        where t.kind = due.kind and t.key = due.key
        returning t.kind, t.key, t.payload, t.attempt`);
      return rows<Task>(claimed);
    },

    /** When the next one can be taken, but for what runs here. */
    async nextAt(running: readonly TaskId[]): Promise<Date | undefined> {
      if (kinds.length === 0) return undefined;
      const found = await orm.execute(sql`
        select min(greatest(run_at, locked_until)) as next from ${task}
        where ${oneOf} and not ${among(running)}`);
      const next = rows<{ next: string | null }>(found)[0]?.next;
      return next ? new Date(next) : undefined;
    },

    /** What waits to be run, since when the oldest of that is due, and what failed when it last ran. */
    async queue(): Promise<TaskQueue> {
      const waits = sql`run_at <= ${now()} and ${free()}`;
      const found = await orm.execute(sql`
        select count(*) filter (where ${waits}) as due, min(run_at) filter (where ${waits}) as oldest,
          count(*) filter (where error is not null) as failing
        from ${task} where ${kinds.length === 0 ? sql`false` : oneOf}`);
      const [row] = rows<{ due: number | string; oldest: string | null; failing: number | string }>(found);
      const oldest = row?.oldest ? { oldest: new Date(row.oldest) } : {};
      return { due: Number(row?.due ?? 0), failing: Number(row?.failing ?? 0), ...oldest };
    },

    /** Prolongs our leases of these, which run here; returns those that we still hold. */
    async extend(running: readonly TaskId[]): Promise<TaskId[]> {
      const held = await orm.execute(sql`
        update ${task} set locked_until = ${leaseEnd()} where locked_by = ${owner} and ${among(running)}
        returning kind, key`);
      return rows<TaskId>(held);
    },

    /** Frees every task, whoever holds it. */
    async takeBack(): Promise<void> {
      await orm.execute(
        sql`update ${task} set locked_by = null, locked_until = null where locked_by is not null`,
      );
    },

    /**
     * Nothing waits for a time from before the clock was set back: what would come more than `aheadMs` from now comes now, and
     * nobody holds a task for longer than a lease.
     */
    async clockWasSetBack(aheadMs: number): Promise<void> {
      const furthest = at(new Date(clock.now().getTime() + aheadMs));
      const latest = (column: SQL, limit: SQL, then: SQL) =>
        sql`case when ${column} > ${limit} then ${then} else ${column} end`;
      await orm.execute(sql`
        update ${task} set run_at = ${latest(sql`run_at`, furthest, now())},
          again_at = ${latest(sql`again_at`, furthest, now())},
          locked_until = ${latest(sql`locked_until`, leaseEnd(), leaseEnd())}
        where ${oneOf} and (run_at > ${furthest} or again_at > ${furthest} or locked_until > ${leaseEnd()})`);
    },

    /** Removes the task, or, when it was enqueued during the run, has it run again. */
    async done(id: TaskId): Promise<void> {
      const gone = await orm.execute(
        sql`delete from ${task} where ${mine(id)} and again_at is null returning key`,
      );
      if (rows(gone).length > 0) return;
      await release(id, sql`run_at = again_at, attempt = 0, error = null`);
    },

    async again(id: TaskId, runAt: Date): Promise<void> {
      await release(id, sql`run_at = least(${at(runAt)}, again_at), attempt = 0, error = null`);
    },

    async failed(id: TaskId, retryAt: Date, error: string): Promise<void> {
      await release(id, sql`run_at = least(${at(retryAt)}, again_at), error = ${error}`);
    },

    /** Gives the task back as if the run had not begun. */
    async interrupted(id: TaskId): Promise<void> {
      await release(id, sql`run_at = least(run_at, again_at), attempt = attempt - 1`);
    },
  };
}
