import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  afterCommit,
  allEnded,
  commitBehind,
  createCommitBatch,
  type Database,
  DatabaseUnavailable,
  rows,
  savepoint,
  statement,
  type Tx,
} from '../src/index.ts';
import { type Store, stores } from './stores.ts';

/** The names of an error and its causes: drizzle wraps some. */
function chain(error: unknown): string[] {
  return error instanceof Error ? [error.name, ...chain(error.cause)] : [];
}

for (const { kind, skip, start } of stores) {
  describe.skipIf(skip)(`transactions on ${kind}`, () => {
    let store: Store;
    let database: Database;

    beforeAll(async () => {
      store = await start();
      database = await store.open();
      await database.orm.execute(sql`create table note (text text primary key)`);
    });
    afterAll(async () => {
      await database.close();
      await store.close();
    });
    beforeEach(async () => {
      await database.orm.execute(sql`delete from note`);
    });

    const write = (tx: Tx, text: string) => tx.execute(sql`insert into note values (${text})`);
    const notes = async () =>
      rows<{ text: string }>(await database.orm.execute(sql`select text from note order by text`)).map(
        ({ text }) => text,
      );

    test('it is of its kind and answers', async () => {
      expect(database.kind).toBe(kind);
      await database.health();
    });

    describe('a commit group', () => {
      /** Works of several callers, side by side in shared transactions. */
      const groupOn = (transaction: Database['transaction']) => {
        const { write: run } = createCommitBatch<(tx: Tx) => Promise<unknown>, unknown>({
          database: { transaction },
          writeAll: (tx, works) => allEnded(works.map((work) => work(tx))),
        });
        return { run };
      };

      const counted = () => {
        let transactions = 0;
        const group = groupOn((work, options) => {
          transactions += 1;
          return database.transaction(work, options);
        });
        return { group, transactions: () => transactions };
      };

      test('commits together what is asked for meanwhile, each with its result and callbacks', async () => {
        const { group, transactions } = counted();
        const seen: string[] = [];
        const texts = Array.from({ length: 20 }, (_, index) => `note ${index}`);
        const results = await Promise.all(
          texts.map((text) =>
            group.run(async (tx) => {
              afterCommit(tx, () => seen.push(text));
              await write(tx, text);
              return text;
            }),
          ),
        );
        expect(results).toEqual(texts);
        expect(seen).toEqual(texts);
        expect(await notes()).toHaveLength(20);
        expect(transactions()).toBe(2);
      });

      test('one that fails fails alone', async () => {
        const { group } = counted();
        const outcomes = await Promise.allSettled(
          ['a', 'b', 'a', 'c', 'd'].map((text) => group.run((tx) => write(tx, text))),
        );
        expect(outcomes.map(({ status }) => status)).toEqual([
          'fulfilled',
          'fulfilled',
          'rejected',
          'fulfilled',
          'fulfilled',
        ]);
        expect(await notes()).toEqual(['a', 'b', 'c', 'd']);
        await group.run((tx) => write(tx, 'e'));
        expect(await notes()).toContain('e');
      });

      test('does nothing twice when the connection is lost', async () => {
        let runs = 0;
        const lost = new DatabaseUnavailable('the connection was lost');
        const group = groupOn(async (work) => {
          runs += 1;
          await database.transaction(work);
          throw lost;
        });
        const asked = ['f', 'g', 'h'].map((text) => group.run((tx) => write(tx, text)));
        for (const each of asked) await expect(each).rejects.toBe(lost);
        expect(runs).toBe(2);
      });
    });

    test('what resolves is committed, and callbacks run after that, in order', async () => {
      const seen: string[] = [];
      const result = await database.transaction(async (tx) => {
        afterCommit(tx, () => seen.push('first'));
        afterCommit(tx, () => seen.push('second'));
        await write(tx, 'kept');
        expect(seen).toEqual([]);
        return 17;
      });
      expect(result).toBe(17);
      expect(seen).toEqual(['first', 'second']);
      expect(await notes()).toEqual(['kept']);
    });

    test('what rejects is rolled back, and its callbacks never run', async () => {
      const seen: string[] = [];
      const failing = database.transaction(async (tx) => {
        afterCommit(tx, () => seen.push('never'));
        await write(tx, 'lost');
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await notes()).toEqual([]);
      expect(seen).toEqual([]);
    });

    test('a failed statement rolls back, even when its error is caught', async () => {
      const failing = database.transaction(async (tx) => {
        await write(tx, 'twice');
        await write(tx, 'twice').catch(() => undefined);
        await write(tx, 'more');
      });
      await expect(failing).rejects.toThrow();
      expect(await notes()).toEqual([]);
    });

    test('a callback that throws does not make the transaction look failed', async () => {
      const seen: string[] = [];
      await database.transaction(async (tx) => {
        afterCommit(tx, () => {
          throw new Error('a listener broke');
        });
        afterCommit(tx, () => seen.push('after'));
        await write(tx, 'kept');
      });
      expect(seen).toEqual(['after']);
      expect(await notes()).toEqual(['kept']);
    });

    test('a savepoint that fails undoes its own writes and callbacks only', async () => {
      const seen: string[] = [];
      await database.transaction(async (tx) => {
        afterCommit(tx, () => seen.push('outer'));
        await write(tx, 'before');
        const failing = savepoint(tx, async (inner) => {
          afterCommit(inner, () => seen.push('undone'));
          await write(inner, 'undone');
          await write(inner, 'undone');
        });
        await expect(failing).rejects.toThrow();
        await savepoint(tx, async (inner) => {
          afterCommit(inner, () => seen.push('inner'));
          await write(inner, 'inner');
        });
      });
      expect(seen).toEqual(['outer', 'inner']);
      expect(await notes()).toEqual(['before', 'inner']);
    });

    test('the outer connection throws inside a transaction, however it was come by', async () => {
      const { orm } = database;
      const prepared = orm.select({ one: sql`1` }).from(sql`note`).prepare('outer');
      await database.transaction(async (tx) => {
        await write(tx, 'kept');
        const attempts = [
          async () => database.orm.execute(sql`select 1`),
          async () => orm.execute(sql`select 1`),
          async () => orm.select({ one: sql`1` }).from(sql`note`),
          async () => prepared.execute(),
          async () => database.transaction(async () => undefined),
          async () => database.health(),
        ];
        for (const attempt of attempts) {
          const error: unknown = await attempt().catch((reason: unknown) => reason);
          expect(chain(error)).toContain('OuterConnectionInTransaction');
        }
      });
      expect(await notes()).toEqual(['kept']);
    });

    test('work that outlives its transaction may use the outer connection', async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      let later: Promise<unknown> | undefined;
      await database.transaction(async () => {
        later = promise.then(() => database.orm.execute(sql`select 1`));
      });
      resolve();
      await expect(later).resolves.toBeDefined();
    });

    test('a transaction cannot be used after its end', async () => {
      let escaped: Tx | undefined;
      await database.transaction(async (tx) => {
        escaped = tx;
      });
      await expect((async () => escaped && write(escaped, 'late'))()).rejects.toThrow();
      expect(await notes()).toEqual([]);
    });

    test('a commit sent behind the last statements ends the transaction', async () => {
      const seen: string[] = [];
      const failing = database.transaction(async (tx) => {
        afterCommit(tx, () => seen.push('committed'));
        const written = statement(tx, 'insert into note values ($1)', ['kept']);
        commitBehind(tx);
        await written;
        await write(tx, 'too late');
      });
      await expect(failing).rejects.toMatchObject({ code: 'transaction-ended' });
      expect(seen).toEqual(['committed']);
      expect(await notes()).toEqual(['kept']);
    });

    test('a commit sent behind a statement that fails is a rollback', async () => {
      const seen: string[] = [];
      const failing = database.transaction(async (tx) => {
        afterCommit(tx, () => seen.push('committed'));
        await write(tx, 'twice');
        const written = statement(tx, 'insert into note values ($1)', ['twice']).catch(() => undefined);
        commitBehind(tx);
        await written;
      });
      await expect(failing).rejects.toThrow('duplicate key');
      expect(seen).toEqual([]);
      expect(await notes()).toEqual([]);
      await database.transaction((tx) =>
        savepoint(tx, async (inner) => {
          expect(() => commitBehind(inner)).toThrow(TypeError);
        }),
      );
    });

    test('a repeatable read sees one moment, and a read-only one writes nothing', async () => {
      const options = { isolation: 'repeatable read', readOnly: true } as const;
      const level = await database.transaction(
        async (tx) =>
          rows<{ transaction_isolation: string }>(await tx.execute(sql`show transaction_isolation`)),
        options,
      );
      expect(level).toEqual([{ transaction_isolation: 'repeatable read' }]);
      await expect(database.transaction((tx) => write(tx, 'no'), options)).rejects.toThrow();
    });

    test('a refused statement is named, without its parameters', async () => {
      await database.orm.execute(sql`insert into note values (${'hush'})`);
      const { orm } = database;
      const attempts = [
        async () => orm.execute(sql`insert into note values (${'hush'})`),
        async () => database.transaction((tx) => write(tx, 'hush')),
        async () => database.transaction((tx) => statement(tx, 'insert into note values ($1)', ['hush'])),
      ];
      for (const attempt of attempts) {
        const error: unknown = await attempt().catch((reason: unknown) => reason);
        expect(error).toMatchObject({ code: 'query-failed', cause: { code: '23505' } });
        expect(String(error)).toContain('insert into note values ($1)');
        expect(String(error)).not.toContain('hush');
      }
    });

    test('rows come back alike', async () => {
      const result = await database.orm.execute(
        sql`select ${7}::integer as n, ${'{"a":[1]}'}::jsonb as data`,
      );
      expect(rows(result)).toEqual([{ n: 7, data: { a: [1] } }]);
    });
  });
}
