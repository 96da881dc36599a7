import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '@huismeester/service';
import { sql } from 'drizzle-orm';
import type { Space } from './space.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly body: any;
}

/** Somebody who has logged in, as membership would have let them in. */
export interface Somebody {
  readonly id: string;
  ask(path: string, question?: { readonly method?: string; readonly json?: unknown }): Promise<Answer>;
}

let made = 0;

/** Puts somebody into the rows by which every process knows people, with a session. */
export async function somebody(space: () => Space, roles: readonly Role[]): Promise<Somebody> {
  made += 1;
  const id = `5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d${String(4000 + made)}`;
  const session = `s${made}`;
  const secret = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(secret).digest('hex');
  const { orm } = space().home.running.database;
  const list = sql.raw(`array[${roles.map((role) => `'${role}'`).join(', ')}]::text[]`);
  await orm.execute(sql`insert into access.person (id, uid_hash, roles) values (${id}, ${hash}, ${list})`);
  await orm.execute(
    sql`insert into access.directory (id, read_at) values (1, now()) on conflict (id) do update set read_at = now()`,
  );
  await orm.execute(sql`insert into access.session (id, hash, person, created, expires)
    values (${session}, ${hash}, ${id}, now(), now() + interval '12 hours')`);
  return {
    id,
    async ask(path, { method = 'GET', json } = {}) {
      const answer = await fetch(`${space().home.running.url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer hms_${session}_${secret}`,
          ...(json !== undefined && { 'content-type': 'application/json' }),
        },
        ...(json !== undefined && { body: JSON.stringify(json) }),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
    },
  };
}
