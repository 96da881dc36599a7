import { type Clock, systemClock } from '@huismeester/clock';
import { rows } from '@huismeester/database';
import { waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { createTasks, type NewTask, type Task, type TaskHandler, type Tasks } from '../src/index.ts';
import { tables, task as taskTable } from './schema.ts';
import { keepingLogger, onBothStores } from './stores.ts';

onBothStores('tasks', (store) => {
  const open: Tasks[] = [];
  afterEach(async () => {
    for (const tasks of open.splice(0)) await tasks.close();
  });

  const create = (handler: TaskHandler, concurrency = 16, clock = systemClock) => {
    const logger = keepingLogger();
    const handlers = { act: handler };
    const tasks = createTasks({ database: store.database, tables, handlers, concurrency, logger, clock });
    open.push(tasks);
    return tasks;
  };
  const started = (handler: TaskHandler, concurrency?: number) => {
    const tasks = create(handler, concurrency);
    tasks.start();
    return tasks;
  };
  const enqueue = (tasks: Tasks, ...added: Omit<NewTask, 'kind'>[]) =>
    store.database.transaction(async (tx) => {
      for (const task of added) await tasks.enqueue(tx, { kind: 'act', ...task });
    });
  const left = async () =>
    rows<{ key: string; attempt: number; error: string | null }>(
      await store.database.orm.execute(sql`select key, attempt, error from ${taskTable} order by key`),
    );
  const allDone = () => waitFor('no task is left', async () => (await left()).length === 0);

  test('a task runs right after the commit, with its payload, and is gone after that', async () => {
    // After the look at the start there is no other: nothing but the commit can have it run.
    const { promise: looked, resolve: hasLooked } = Promise.withResolvers<void>();
    const withoutLooks: Clock = {
      ...systemClock,
      after(ms, run, options) {
        if (ms === 1_000) hasLooked();
        return ms < 1_000 ? systemClock.after(ms, run, options) : () => undefined;
      },
    };
    const { promise: ran, resolve } = Promise.withResolvers<Task>();
    const tasks = create(async (task) => resolve(task), 16, withoutLooks);
    tasks.start();
    await looked;
    await enqueue(tasks, { key: 'vm/100', payload: { shutdown: true } });
    expect(await ran).toEqual({ kind: 'act', key: 'vm/100', payload: { shutdown: true }, attempt: 1 });
    await allDone();
  });

  test('a clock that is set back keeps no task waiting, nor one that a dead process held', async () => {
    let offsetMs = 3_600_000;
    const clock = { ...systemClock, now: () => new Date(Date.now() + offsetMs) };
    const ran: string[] = [];
    const create = (longestWaitMs: number) => {
      const act: TaskHandler = async ({ key }) => void ran.push(key);
      const tasks = createTasks({
        database: store.database,
        tables,
        handlers: { act },
        clock,
        longestWaitMs,
        logger: keepingLogger(),
      });
      open.push(tasks);
      return tasks;
    };
    // In a process that lives on: the time is not what is asked for any more.
    const living = create(1_000_000);
    living.start();
    await enqueue(living, { key: 'soon', runAt: new Date(clock.now().getTime() + 500_000) });
    offsetMs = 0;
    await waitFor('it runs', () => ran.includes('soon'));
    await living.close();
    // While nothing ran: it is too late for a task of these kinds, and the lease is longer than any.
    const hour = new Date(Date.now() + 3_600_000).toISOString();
    await store.database.orm.execute(sql`
      insert into ${taskTable} (kind, key, payload, run_at, locked_by, locked_until) values
        ('act', 'later', 'null', ${hour}, null, null), ('act', 'held', 'null', now(), gen_random_uuid(), ${hour})`);
    create(60_000).start();
    await waitFor('the one runs', () => ran.includes('later'));
    await waitFor('the other is held for no longer than a lease', async () => {
      const soon = new Date(Date.now() + 60_000).toISOString();
      const held = await store.database.orm.execute(
        sql`select 1 from ${taskTable} where key = 'held' and locked_until > ${soon}`,
      );
      return rows(held).length === 0;
    });
  });

  test('one that is rolled back never runs', async () => {
    const ran: string[] = [];
    const tasks = started(async ({ key }) => void ran.push(key));
    const failing = store.database.transaction(async (tx) => {
      await tasks.enqueue(tx, { kind: 'act', key: 'lost' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await enqueue(tasks, { key: 'kept' });
    await allDone();
    expect(ran).toEqual(['kept']);
  });

  test('one that is enqueued twice runs once, with the last payload', async () => {
    const ran: unknown[] = [];
    const tasks = create(async ({ payload }) => void ran.push(payload));
    await enqueue(tasks, { key: 'a', payload: 1 }, { key: 'a', payload: 2 });
    tasks.start();
    await allDone();
    expect(ran).toEqual([2]);
  });

  test('one that is enqueued during its run runs once more after that, never at the same time', async () => {
    let running = 0;
    let most = 0;
    const payloads: unknown[] = [];
    const gate = Promise.withResolvers<void>();
    const tasks = started(async ({ payload }) => {
      running += 1;
      most = Math.max(most, running);
      payloads.push(payload);
      if (payloads.length === 1) await gate.promise;
      running -= 1;
    });
    await enqueue(tasks, { key: 'a', payload: 1 });
    await waitFor('it runs', () => running === 1);
    await enqueue(tasks, { key: 'a', payload: 2 });
    await enqueue(tasks, { key: 'a', payload: 3 });
    await enqueue(tasks, { key: 'other' });
    await waitFor('the other one ran', () => payloads.length === 2);
    gate.resolve();
    await allDone();
    expect(payloads).toEqual([1, null, 3]);
    expect(most).toBe(2);
  });

  test('no key ever runs twice at once, however often it is enqueued', async () => {
    const running = new Set<string>();
    let overlaps = 0;
    let runs = 0;
    const tasks = started(async ({ key }) => {
      if (running.has(key)) overlaps += 1;
      running.add(key);
      runs += 1;
      await new Promise((resolve) => setImmediate(resolve));
      running.delete(key);
    }, 4);
    await Promise.all(Array.from({ length: 120 }, (_, n) => enqueue(tasks, { key: `k${n % 3}` })));
    await allDone();
    expect(overlaps).toBe(0);
    expect(runs).toBeGreaterThanOrEqual(3);
  });

  test('at most so many run at once', async () => {
    let running = 0;
    let most = 0;
    const three = Promise.withResolvers<void>();
    const tasks = started(async () => {
      running += 1;
      most = Math.max(most, running);
      if (running === 3) three.resolve();
      await three.promise;
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    }, 3);
    await enqueue(tasks, ...Array.from({ length: 12 }, (_, n) => ({ key: `k${n}` })));
    await allDone();
    expect(most).toBe(3);
  });

  test('one that fails is tried again, later each time, and says why', async () => {
    const at: number[] = [];
    const tasks = started(async ({ attempt }) => {
      at.push(performance.now());
      if (attempt < 3) throw new Error('the hypervisor is away');
    });
    await enqueue(tasks, { key: 'a' });
    await waitFor(
      'the error is kept',
      async () => (await left())[0]?.error === 'Error: the hypervisor is away',
    );
    await allDone();
    const [first = 0, second = 0, third = 0] = at;
    expect(second - first).toBeGreaterThanOrEqual(240);
    expect(third - second).toBeGreaterThanOrEqual(490);
    expect(at).toHaveLength(3);
  });

  test('enqueuing one that waits brings it forward', async () => {
    const ran: string[] = [];
    const tasks = started(async ({ key }) => void ran.push(key));
    const runAt = new Date(Date.now() + 3_600_000);
    await enqueue(tasks, { key: 'a', runAt }, { key: 'b', runAt });
    await enqueue(tasks, { key: 'a' });
    await waitFor('a ran', async () => (await left()).length === 1);
    expect(ran).toEqual(['a']);
  });

  test('one that asks for it runs again at that time, with a fresh count of attempts', async () => {
    const attempts: number[] = [];
    const tasks = started(async ({ attempt }) => {
      attempts.push(attempt);
      return attempts.length < 3 ? { againAt: new Date(Date.now() + 30) } : undefined;
    });
    await enqueue(tasks, { key: 'a' });
    await allDone();
    expect(attempts).toEqual([1, 1, 1]);
  });

  test('what was left undone runs in the next life; a close aborts what runs', async () => {
    const ran: string[] = [];
    const tasks = started(async ({ key }, signal) => {
      ran.push(key);
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    }, 1);
    await enqueue(tasks, { key: 'a' });
    await enqueue(tasks, { key: 'b' });
    await waitFor('the first runs', () => ran.length === 1);
    await tasks.close();
    expect(await left()).toEqual([
      { key: 'a', attempt: 0, error: null },
      { key: 'b', attempt: 0, error: null },
    ]);
    await store.reopen();
    const again: Task[] = [];
    started(async (task) => void again.push(task));
    await allDone();
    expect(new Map(again.map(({ key, attempt }) => [key, attempt]))).toEqual(
      new Map([
        ['a', 1],
        ['b', 1],
      ]),
    );
  });

  test('a task that a killed process held runs again: at once when embedded, else after its lease', async () => {
    const ran: Task[] = [];
    let ranAt = 0;
    const tasks = create(async (task) => {
      ranAt = Date.now();
      ran.push(task);
    });
    await enqueue(tasks, { key: 'held' });
    const until = Date.now() + (store.database.kind === 'embedded' ? 3_600_000 : 300);
    await store.database.orm.execute(sql`
      update ${taskTable} set attempt = 1, locked_by = gen_random_uuid(),
        locked_until = ${new Date(until).toISOString()}::timestamptz`);
    tasks.start();
    await allDone();
    expect(ran).toMatchObject([{ key: 'held', attempt: 2 }]);
    expect(ranAt >= until).toBe(store.database.kind === 'postgres');
  });

  test('a kind without a handler is refused', async () => {
    const tasks = create(async () => undefined);
    const adding = store.database.transaction((tx) => tasks.enqueue(tx, { kind: 'unknown', key: 'a' }));
    await expect(adding).rejects.toThrow('no handler for tasks of kind "unknown"; there are: act');
  });
});
