import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'ldapts';
import { inMs, median, quantile, type Row } from '../row.ts';
import { type BigDirectory, passwordOf } from './big-directory.ts';
import type { MembershipAway } from './membership-away.ts';

/** In which code runs for the first time. */
const warmingUp = 50;

interface Logins {
  readonly row: Row;
  /** The sessions that were made, as bearer tokens. */
  readonly sessions: readonly string[];
}

/** `POST /sessions`, beside a bind of the same DN on a connection of its own, in turns. */
export async function loginRow(
  membership: MembershipAway,
  directory: BigDirectory,
  count: number,
): Promise<Logins> {
  const [sessions, logins, binds]: [string[], number[], number[]] = [[], [], []];
  for (let index = 0; index < warmingUp + count; index += 1) {
    const uid = `p${index + 1}`;
    logins.push(
      await msOf(async () => {
        const json = { login: uid, password: passwordOf(uid) };
        const made = (await membership.ask('/sessions', { json, status: 201 })) as { secret: string };
        sessions.push(made.secret);
      }),
    );
    binds.push(await msOf(() => bind(directory, uid)));
    // So that neither shares the machine with the end of the one before.
    await pause(5);
  }
  const [login, bare] = [logins.slice(warmingUp), binds.slice(warmingUp)];
  const over = median(login) - median(bare);
  const row = {
    what: `a login (POST /sessions, a session is committed) in a directory of 5,000 people, median of ${count}`,
    measured: `${inMs(over)} over the reference; ${inMs(median(login))}, p99 ${inMs(quantile(login, 0.99))}`,
    target: '≤ 50 ms over the reference',
    met: over <= 50,
    reference: `a connection, a bind of the same person with ldapts' Client: ${inMs(median(bare))}`,
  };
  return { row, sessions };
}

async function bind({ slapd, dnOf }: BigDirectory, uid: string): Promise<void> {
  const client = new Client({ url: `ldap://127.0.0.1:${slapd.port}` });
  try {
    await client.bind(dnOf(uid), passwordOf(uid));
  } finally {
    await client.unbind();
  }
}

export async function msOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
