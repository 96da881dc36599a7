import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase, rows } from '@huismeester/database';
import { createLogger } from '@huismeester/service';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { Pool } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Random, randomOf } from '../chaos/random.ts';
import { askLocally, type LocalApi } from './e2e/local-api.ts';
import { type OneProgram, programOf } from './e2e/program.ts';

/*
 * kill -9 at any moment of admission to the team, while people do two things at once, and weeks pass before the program is started again: whoever
 * joins was approved of and not vetoed, once, with all that follows from it; what was answered as done is done; everything is decided in the end.
 * Long, since it is the space, the people and what holds of the log.
 */

const team = ['ann', 'bob', 'cor', 'dia', 'mira'] as const;
const board = 'mira';
const applicants = ['eva', 'fil', 'gus', 'hal', 'ivo', 'jet', 'kas', 'lot'];
const people = [...team, ...applicants];
const ids = new Map(people.map((uid) => [uid, randomUUID()]));
const idOf = (uid: string): string => ids.get(uid) ?? '';
const hourMs = 3_600_000;
const lives = 10;

let site: TestSite;
let program: OneProgram;
let api: LocalApi;
let database: Database;
let pool: Pool;

beforeAll(async () => {
  site = await tempSite('team-killed');
  const [directory, socket] = [join(site.path, 'directory.yaml'), join(site.path, 's')];
  const found = {
    people: people.map((uid) => ({ id: idOf(uid), uid, name: `Name of ${uid}` })),
    // Whoever is to join is in the group already: who is somebody is decided by the register.
    groups: { participants: people, team, trial: [], board: [board] },
  };
  await writeFile(directory, `${JSON.stringify(found)}\n`);
  const file = join(site.path, 'space.yaml');
  await writeFile(
    file,
    JSON.stringify({
      site: { id: 'team-killed', name: 'Team' },
      http: { port: 0, socket },
      broker: { embedded: { port: 0, anonymousRead: true } },
      database: { url: site.url },
      secrets: { key: 'k'.repeat(32) },
      directory: { file: directory },
      testing: { acceptFalseClock: true },
    }),
  );
  api = askLocally(socket);
  program = programOf(file, api);
  database = await openDatabase({ url: site.url }, { logger: createLogger({ level: 'silent' }) });
  pool = new Pool('http://localhost', { socketPath: socket, connections: 4 });
}, 120_000);
afterAll(async () => {
  await program.kill();
  await Promise.all([api.close(), pool.destroy(), database.close()]);
  await site.remove();
});

interface Done {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly json: any;
}

/** Asks as somebody; undefined where the program died before it answered. */
async function ask(as: string, method: string, path: string, body: object = {}): Promise<Done | undefined> {
  try {
    const answer = await pool.request({
      method: method as 'PUT',
      path: `/api/v1${path}`,
      headers: { 'content-type': 'application/json', 'act-as': as },
      body: method === 'GET' ? null : JSON.stringify(body),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, json: text === '' ? undefined : JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Votes, and says that it decides where that is asked. */
async function vote(as: string, application: string, vote: string): Promise<Done | undefined> {
  const path = `/applications/${application}/vote`;
  const first = await ask(as, 'PUT', path, { vote });
  if (first?.json?.code !== 'would-decide') return first;
  return await ask(as, 'PUT', path, { vote, decides: first.json.errors[0].allowed });
}

const isReady = () =>
  waitFor(
    'directory and clock are believed',
    async () => {
      const [found, clock] = [await ask('mira', 'GET', '/directory'), await ask('mira', 'GET', '/clock')];
      return found?.json?.state === 'known' && clock?.json?.believed === true;
    },
    { timeoutMs: 60_000 },
  );

/** What is asked of an application, by somebody, at random; nobody is asked for what they may not, but now and then. */
function deed(chance: Random, application: string): () => Promise<Done | undefined> {
  const by = chance.pick(team);
  const path = `/applications/${application}`;
  const kind = chance.whole(1, 10);
  if (kind <= 6) return () => vote(by, application, chance.pick(['yes', 'yes', 'yes', 'no', 'abstain']));
  if (kind === 7) return () => ask(board, 'POST', `${path}/no-objection`);
  if (kind === 8) return () => ask(board, 'POST', `${path}/veto`, { because: 'zqgeheim reason' });
  if (kind === 9) {
    const minutes = { date: '2026-12-01', present: [idOf(by)], outcome: 'approved', page: 'Notulen' };
    return () => ask(by, 'PUT', `${path}/minutes`, minutes);
  }
  return () => ask(by, 'POST', `${path}/minutes/confirmation`);
}

interface Logged {
  readonly position: string;
  readonly type: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, string>>;
}

const log = async (): Promise<Logged[]> =>
  rows<Logged>(
    await database.orm.execute(
      sql`select position, type, subject, data from membership.event_log order by position`,
    ),
  );

test('whenever it dies, who joins was approved of, once, and all is decided in the end', async () => {
  const chance = randomOf(12);
  let laterMs = 0;
  const open: string[] = [];
  const done: { readonly application: string; readonly by: string }[] = [];
  for (let life = 0; life < lives; life += 1) {
    await program.start({ laterMs });
    await isReady();
    const uid = applicants[life];
    if (uid !== undefined) {
      const made = await ask(uid, 'POST', '/applications');
      if (made?.status === 201) open.push(made.json.id);
    }
    const killedAfterMs = chance.whole(1, 1_500);
    const dead = sleep(killedAfterMs).then(() => program.kill());
    let isDead = false;
    void dead.then(() => {
      isDead = true;
    });
    while (!isDead) {
      const application = chance.pick(open);
      const by = chance.pick(team);
      // Two at once, as from two browsers.
      const [one] = await Promise.all([
        vote(by, application, chance.pick(['yes', 'yes', 'no', 'abstain'])),
        deed(chance, application)(),
      ]);
      if (one?.status === 200) done.push({ application, by });
    }
    await dead;
    // What was answered is so, and nothing of an application is half there.
    const events = await log();
    for (const { application, by } of done) {
      const cast = events.filter(
        ({ type, data }) =>
          type === 'application.vote-cast' && data.application === application && data.by === idOf(by),
      );
      expect(cast.length).toBeGreaterThan(0);
    }
    expectSound(events);
    // While it was down time passed: a moment, the days of the board, or all that there was to vote.
    laterMs += chance.pick([0, 0, 73 * hourMs, 340 * hourMs]);
  }
  await program.start({ laterMs: laterMs + 800 * hourMs });
  await isReady();
  await waitFor(
    'all is decided',
    async () => {
      const answer = await ask('ann', 'GET', '/applications?limit=100');
      const found: { state: string }[] = answer?.json.results;
      return found.every(({ state }) => !['proposed', 'open', 'awaiting-board'].includes(state));
    },
    { timeoutMs: 60_000 },
  );
  const events = await log();
  expectSound(events);
  expect(events.map(({ position }) => Number(position))).toEqual(events.map((_, index) => index + 1));
  expect(new Set(events.map(({ type }) => type))).toContain('application.carried-out');
  // The register is what the log says, and each vote has its ballot.
  const members = rows<{ id: string; state: string }>(
    await database.orm.execute(sql`select id, state from membership.member`),
  );
  const joined = events.flatMap(({ type, data }) => (type === 'member.joined' ? data.person : []));
  const imported = events.flatMap(({ type, data }) => (type === 'member.imported' ? data.person : []));
  expect(new Set(members.map(({ id }) => id))).toEqual(new Set([...imported, ...joined]));
  expect(joined.length).toBe(new Set(joined).size);
  const ballots = rows<{ key: string }>(
    await database.orm.execute(sql`select application || ' ' || person as key from membership.ballot`),
  );
  const cast = events.flatMap(({ type, data }) =>
    type === 'application.vote-cast' ? `${data.application} ${data.by}` : [],
  );
  expect(new Set(ballots.map(({ key }) => key))).toEqual(new Set(cast));
}, 900_000);

/** What holds of the log at every moment. */
function expectSound(events: readonly Logged[]): void {
  const ended = new Map<string, string>();
  const approved = new Set<string>();
  events.forEach(({ type, subject, data }, index) => {
    if (!subject.startsWith('application/')) return;
    expect([subject, type, ended.get(subject)]).toEqual([subject, type, undefined]);
    if (type === 'application.approved') approved.add(subject);
    if (type === 'application.carried-out') {
      expect(approved).toContain(subject);
      // In the same transaction: nobody is approved of and not of the team.
      const joined = events.slice(index).find((each) => each.subject === `member/${data.person}`);
      expect(joined).toMatchObject({ type: 'member.joined', data: { application: data.application } });
    }
    const over = ['carried-out', 'rejected', 'lapsed', 'vetoed', 'withdrawn'];
    if (over.some((each) => type === `application.${each}`)) ended.set(subject, type);
  });
}
