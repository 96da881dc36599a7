import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { serviceNames } from '@huismeester/contracts';
import { type Database, openDatabase, rows } from '@huismeester/database';
import { daemonPath } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import type { Entry, Log } from './checks/logs.ts';

const run = promisify(execFile);
const program = (name: string): string => join(dirname(daemonPath('postgres')), name);

/** Keeps a copy of a database that goes on meanwhile. */
export async function dump(url: string, file: string): Promise<void> {
  await run(program('pg_dump'), ['--format=custom', `--file=${file}`, url]);
}

/** Puts a copy in the place of a database, which is gone after that. */
export async function restore(url: string, file: string): Promise<void> {
  const { pathname } = new URL(url);
  const name = pathname.slice(1);
  const admin = new URL(url);
  admin.pathname = '/postgres';
  const statements = [`drop database ${name} with (force)`, `create database ${name}`];
  await run(program('psql'), ['--quiet', ...statements.flatMap((each) => ['-c', each]), admin.href]);
  await run(program('pg_restore'), ['--exit-on-error', `--dbname=${url}`, file]);
}

/** Does something with a database of its own connection, which is closed then. */
export async function using<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url }, { max: 2 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

type Reader = { execute: Database['orm']['execute'] };

/** The whole log of each service. */
export async function readLogs(reader: Reader): Promise<Log[]> {
  const logs: Log[] = [];
  for (const service of serviceNames) {
    const schema = sql.identifier(service.replace('-', '_'));
    const [head] = rows<{ epoch: string }>(await reader.execute(sql`select epoch from ${schema}.log_head`));
    const found = rows<Entry & { position: string }>(
      await reader.execute(sql`
        select position, id, type, subject, version, time, correlation_id as correlationid, data
        from ${schema}.event_log order by position`),
    );
    const entries = found.map((row) => ({
      ...row,
      position: Number(row.position),
      version: Number(row.version),
      time: new Date(row.time).toISOString(),
    }));
    logs.push({ service, epoch: head?.epoch ?? '', entries });
  }
  return logs;
}
