import { systemClock } from '@huismeester/clock';
import { allEnded, rows } from '@huismeester/database';
import { waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createPruner, once, type Refusal, refuse } from '../src/index.ts';
import { idempotencyKey, tables } from './schema.ts';
import { onBothStores } from './stores.ts';

const noon = new Date('2026-11-22T12:00:00Z');
const hoursLater = (hours: number) => new Date(noon.getTime() + hours * 3_600_000);

onBothStores('Idempotency-Key', (store) => {
  let runs = 0;
  const ask = (request = 'a', { actor = 'anna', now = noon }: { actor?: string; now?: Date } = {}) =>
    store.database.transaction((tx) =>
      once(tx, { tables, now }, { actor, key: 'k', request }, async () => {
        runs += 1;
        return { nth: runs };
      }),
    );

  test('the same request again gets the same answer, and is not done again', async () => {
    const first = await ask();
    expect(await ask('a', { now: hoursLater(23) })).toEqual(first);
    expect(await ask('a', { actor: 'bob' })).not.toEqual(first);
  });

  test('another request under the same key is refused', async () => {
    await ask();
    expect(await ask('b')).toMatchObject({ refused: true, code: 'idempotency-key-reused' });
  });

  test('after 24 h the key may be used again', async () => {
    const first = await ask();
    expect(await ask('b', { now: hoursLater(24) })).not.toEqual(first);
  });

  test('after 24 h the pruner removes what was answered', async () => {
    await ask();
    await ask('a', { actor: 'bob', now: hoursLater(1) });
    const actors = async () =>
      rows(await store.database.orm.execute(sql`select actor from ${idempotencyKey}`));
    const clock = { ...systemClock, now: () => hoursLater(24) };
    const log = await store.openLog();
    const pruner = createPruner({ database: store.database, tables, log, clock, retentionMs: 1_000 });
    pruner.start();
    await waitFor('one is removed', async () => (await actors()).length < 2);
    await pruner.close();
    expect(await actors()).toEqual([{ actor: 'bob' }]);
  });

  test('of several at once one is done, and all get its answer', async () => {
    const before = runs;
    const answers = await allEnded(Array.from({ length: 6 }, () => ask()));
    expect(runs).toBe(before + 1);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  test('neither a refusal nor a failure is kept', async () => {
    const attempt = (work: () => Promise<Refusal>) =>
      store.database.transaction((tx) =>
        once(tx, { tables, now: noon }, { actor: 'a', key: 'k', request: 'r' }, work),
      );
    expect(await attempt(async () => refuse('no', 'No'))).toMatchObject({ code: 'no' });
    await expect(attempt(() => Promise.reject(new Error('down')))).rejects.toThrow('down');
    const left = await store.database.orm.execute(sql`select 1 from ${idempotencyKey}`);
    expect(left).toEqual([]);
  });
});
