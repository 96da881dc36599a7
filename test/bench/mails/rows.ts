import { type Database, rows, statement } from '@huismeester/database';
import { createMailer } from '@huismeester/mail';
import { create as createMembership } from '@huismeester/membership';
import { waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { type ChainSpace, startChainSpace } from '../chain-space.ts';
import { startBigDirectory } from '../people/big-directory.ts';
import { inSeconds, median, type Row } from '../row.ts';
import { type MailServerAway, startMailServerAway } from './mail-server.ts';

const people = 300;
const patient = { timeoutMs: 120_000, everyMs: 20 };
/** As many as policy has under way. */
const atOnce = 3;

/**
 * So many times a notice to each of 300 people: from the commit that queues them, until the mail server has the last mail. Whom each goes to is asked of
 * membership, which reads a directory of its own; each attempt is recorded before, and what became of it after.
 */
export async function mails(rounds: number): Promise<Row> {
  const [directory, server] = await Promise.all([startBigDirectory(people, false), startMailServerAway()]);
  try {
    const more = {
      secrets: { key: 'k'.repeat(32) },
      mail: server.settings,
      directory: directory.settings,
    };
    const space = await startChainSpace({ vms: 1, more, services: { membership: createMembership } });
    try {
      await waitFor('everybody is known', async () => (await known(space)) === people, patient);
      const [ours, bare]: [number[], number[]] = [[], []];
      for (let round = 0; round < rounds; round += 1) {
        ours.push(await throughOutbox(space, server, round));
        bare.push(await without(server));
      }
      return rowOf(ours, bare);
    } finally {
      await space.close();
    }
  } finally {
    await Promise.all([directory.close(), server.close()]);
  }
}

async function known({ running: { database } }: ChainSpace): Promise<number> {
  const query = sql`select count(*)::int as people from access.person`;
  return rows<{ people: number }>(await database.orm.execute(query))[0]?.people ?? 0;
}

async function throughOutbox(
  { running: { database } }: ChainSpace,
  server: MailServerAway,
  round: number,
): Promise<number> {
  const { taken: before } = await server.taken();
  await queue(database, round);
  const began = Date.now();
  const { last } = await until(server, before + people);
  const query = sql`select count(*)::int as left from policy.notice where state <> 'handed'`;
  const done = async () => rows<{ left: number }>(await database.orm.execute(query))[0]?.left === 0;
  await waitFor('all mails are recorded', done, patient);
  return last - began;
}

/** A core outage to everybody, in one transaction: a warning would have to be true. */
async function queue(database: Database, round: number): Promise<void> {
  const says = { clause: 'CORE-1', reasons: [], severity: 'serious' };
  await database.transaction((tx) =>
    statement(
      tx,
      `insert into policy.notice (id, person, kind, subject, moment, state, urgency, says, queued_at, next_at)
        select gen_random_uuid()::text, id, 'core-outage', 'incident/' || row_number() over (), $1, 'queued', 'now', $2::text::jsonb, now(), now()
        from access.person`,
      [`${round}`, JSON.stringify(says)],
    ),
  );
}

/** As many mails by the same client to the same server; nothing is asked, composed or recorded. */
async function without(server: MailServerAway): Promise<number> {
  const { taken: before } = await server.taken();
  const mailer = createMailer(server.settings);
  const began = Date.now();
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < people; index = next++) {
      const { outcome } = await mailer.send({
        id: `${began}-${index}@space.example`,
        to: { address: `p${index}@example.org`, name: `Person ${index}` },
        subject: 'A mail of the benchmark',
        text: 'Nothing.\n',
        html: '<p>Nothing.</p>',
        date: new Date(began),
        language: 'en',
      });
      if (outcome !== 'accepted') throw new Error(`a mail was not taken: ${outcome}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
    return (await until(server, before + people)).last - began;
  } finally {
    mailer.close();
  }
}

function until(server: MailServerAway, count: number) {
  const all = async () => {
    const now = await server.taken();
    return now.taken >= count && now;
  };
  return waitFor(`the mail server has ${count} mails`, all, patient);
}

function rowOf(ours: readonly number[], bare: readonly number[]): Row {
  const [ms, bareMs] = [median(ours), median(bare)];
  return {
    what: `${people} mails through the outbox to a mail server in another process, each to another person, asked of membership; from the commit, median of ${ours.length}`,
    measured: `${inSeconds(ms)}, worst ${inSeconds(Math.max(...ours))} (${(ms / bareMs).toFixed(1)} × the reference)`,
    target: '≤ 30 s',
    met: ms <= 30_000,
    reference: `as many mails by the same client, ${atOnce} at once, nothing recorded: ${inSeconds(bareMs)}`,
  };
}
