import { sql } from 'drizzle-orm';
import { openDatabase } from '../../src/index.ts';

// Opens the database, commits notes for ever, says which were committed, and leaves one transaction open until it is killed.
const database = await openDatabase(
  process.env.DATABASE_URL ? { url: process.env.DATABASE_URL } : { embedded: { dir: process.env.DIR ?? '' } },
);
await database.orm.execute(sql`create table if not exists note (n integer primary key)`);
for (let n = 1; ; n += 1) {
  await database.transaction((tx) => tx.execute(sql`insert into note values (${n})`));
  process.stdout.write(`committed ${n}\n`);
}
