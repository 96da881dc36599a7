import { skipWithout, startLink, testDatabase, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { afterCommit, openDatabase, rows } from '../src/index.ts';

describe.skipIf(skipWithout('postgres', 'initdb'))('a commit whose answer was lost', () => {
  test('is looked for again, since the server may make it after the connection broke', async () => {
    const server = await testDatabase();
    const link = await startLink(Number(new URL(server.url).port));
    const database = await openDatabase({ url: server.url });
    const watching = await openDatabase({ url: server.url });
    const overLink = await openDatabase({ url: server.url.replace(/:\d+\//, `:${link.port}/`) });
    try {
      await database.orm.execute(sql`create table note (n integer)`);
      // The commit waits for whoever has this lock.
      await database.orm.execute(sql`
        create function wait() returns trigger language plpgsql as
          $$ begin perform pg_advisory_xact_lock_shared(7); return null; end $$`);
      await database.orm.execute(sql`
        create constraint trigger wait after insert on note deferrable initially deferred
          for each row execute function wait()`);
      const found: Promise<number>[] = [];
      const look = async () => rows(await watching.orm.execute(sql`select from note`)).length;
      // The last look comes when the test is over.
      const unheard = () => void found.push(look().catch(() => 0));
      await database.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(7)`);
        const writing = overLink.transaction(async (other) => {
          afterCommit(other, () => expect.unreachable(), unheard);
          await other.execute(sql`insert into note values (1)`);
        });
        const lost = expect(writing).rejects.toThrow('lost');
        const waiting = sql`
          select from pg_locks where locktype = 'advisory' and not granted
            and database = (select oid from pg_database where datname = current_database())`;
        await waitFor('the commit waits', async () => rows(await tx.execute(waiting)).length > 0);
        link.weather({ kind: 'cut' });
        await lost;
        expect(found).toHaveLength(1);
        await found[0];
      });
      await waitFor('a later look finds it', async () => (await found.at(-1)) === 1);
      expect(await found[0]).toBe(0);
    } finally {
      for (const each of [overLink, watching, database, link]) await each.close();
      await server.drop();
    }
  });
});
