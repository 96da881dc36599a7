import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogger, parseSettings, runServices } from '@huismeester/service';
import { loadServices, version } from '@huismeester/standalone/space';
import { startMailServer, steppedClock, tempSite, waitFor } from '@huismeester/testkit';
import { Pool } from 'undici';

const dayMs = 24 * 3_600_000;
const fast = { timeoutMs: 30_000, everyMs: 20 };

export type Group = 'team' | 'trial' | 'board';

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly json: any;
}

/** A hackerspace whose time a test moves: all services in this process, people in a file, mail to a real SMTP server. */
export interface TeamSpace {
  readonly idOf: (uid: string) => string;
  /** Asks as somebody, over the local socket; as root without a name. */
  ask(path: string, options?: { as?: string; method?: string; body?: object }): Promise<Answer>;
  /** As `ask`, and throws unless it was done. */
  act(as: string, method: string, path: string, body?: object): Promise<Answer['json']>;
  /** Somebody who may write to the directory changes a group. */
  change(group: Group, uids: readonly string[]): Promise<void>;
  /** So many days pass, in steps of so many, after each of which the directory is read. What follows from that comes a moment later. */
  pass(days: number, step?: number): Promise<void>;
  /** Waits until so many notices of this kind about this (`application/<id>`), more than when this was last asked, wait to be sent, or were. */
  noticed(kind: string, about: string, count?: number): Promise<void>;
  /** Who got which mail since this was last asked, by its first line: `ann: Stemmen: eva wil bij het infrateam`. */
  mails(): Promise<string[]>;
  /** All that anybody ever got. */
  allMail(): string;
  /** How these clauses stand. */
  clauses(names: readonly string[]): Promise<Record<string, string>>;
  /** The open violations, as `kind subject`, sorted; names in place of ids. */
  violations(): Promise<string[]>;
  close(): Promise<void>;
}

export async function startTeamSpace(
  uids: readonly string[],
  groups: Record<Group, readonly string[]>,
): Promise<TeamSpace> {
  const [site, services, mailServer] = await Promise.all([
    tempSite('team'),
    loadServices(),
    startMailServer(),
  ]);
  const [directory, socket] = [join(site.path, 'directory.yaml'), join(site.path, 's')];
  const ids = new Map(uids.map((uid) => [uid, randomUUID()]));
  const idOf = (uid: string): string => ids.get(uid) ?? '';
  const now = { ...groups };
  const people = uids.map((uid) => ({
    id: idOf(uid),
    uid,
    name: uid,
    mail: `${uid}@space.example`,
  }));
  const write = () =>
    // A file is whole when it ends with a line's end.
    writeFile(directory, `${JSON.stringify({ people, groups: { participants: uids, ...now } })}\n`);
  await write();
  const clock = steppedClock();
  const settings = parseSettings(
    JSON.stringify(settingsOf({ url: site.url, socket, directory, mailPort: mailServer.port })),
    { file: 'space.yaml', env: {}, readFile: () => '' },
  );
  const running = await runServices(settings, services, {
    version: version(),
    logger: createLogger({ level: 'silent' }),
    clock,
  });
  const pool = new Pool('http://localhost', { socketPath: socket, connections: 4 });
  const ask: TeamSpace['ask'] = async (path, { as, method = 'GET', body } = {}) => {
    const answer = await pool.request({
      path: `/api/v1${path}`,
      method: method as 'GET',
      headers: { 'content-type': 'application/json', ...(as !== undefined && { 'act-as': as }) },
      body: method === 'GET' ? null : JSON.stringify(body ?? {}),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, json: text === '' ? undefined : JSON.parse(text) };
  };
  /**
   * Time has passed, and the process acts again: after a jump it first asks the database whether it still leads. What is being sent at
   * that moment could not be recorded, and would be sent once more; so that comes first.
   */
  const passed = async (ms: number): Promise<void> => {
    await waitFor('nothing is being sent', async () => (await inHand()) === 0, fast);
    clock.pass(ms);
    await waitFor('the process acts', async () => (await ready()) === 200, fast);
  };
  const inHand = async (): Promise<number> => {
    const { json } = await ask('/notices?state=queued&limit=1000');
    const queued: { attempts: number }[] = json.results;
    return queued.filter(({ attempts }) => attempts > 0).length;
  };
  const ready = async (): Promise<number> => {
    const answer = await pool.request({ path: '/health/ready', method: 'GET' });
    await answer.body.dump();
    return answer.statusCode;
  };
  const read = async (): Promise<void> => {
    await ask('/directory/read', { method: 'POST' });
    await waitFor(
      'the directory is read at this time',
      async () => {
        const { json } = await ask('/directory');
        return json.state === 'known' && Date.parse(json.readAt) > clock.now().getTime() - 60_000;
      },
      fast,
    );
  };
  let seen = 0;
  const noticed = new Map<string, number>();
  await waitFor('it is ready', async () => (await ask('/clauses')).status === 200, fast);
  await read();
  return {
    idOf,
    ask,
    async act(as, method, path, body) {
      const answer = await ask(path, { as, method, ...(body && { body }) });
      if (answer.status >= 300) throw new Error(`${as} ${method} ${path}: ${JSON.stringify(answer.json)}`);
      return answer.json;
    },
    async change(group, members) {
      now[group] = members;
      await write();
      await read();
    },
    async pass(days, step = days) {
      for (let left = days; left > 0; left -= step) {
        await passed(Math.min(step, left) * dayMs);
        await read();
      }
    },
    async noticed(kind, about, more = 1) {
      const key = `${kind} ${about}`;
      const wanted = (noticed.get(key) ?? 0) + more;
      await waitFor(
        `${wanted} notices ${key}`,
        async () => {
          const { json } = await ask('/notices?limit=1000');
          const found: { kind: string; about: string }[] = json.results;
          return found.filter((each) => `${each.kind} ${each.about}` === key).length >= wanted;
        },
        fast,
      );
      noticed.set(key, wanted);
    },
    async mails() {
      // The sender looks each second at what is due.
      await passed(1_000);
      const fresh = mailServer.mails.slice(seen);
      seen = mailServer.mails.length;
      return fresh.flatMap(({ to, source }) =>
        saidIn(textOf(source)).map((line) => `${(to[0] ?? '').split('@')[0]}: ${line}`),
      );
    },
    allMail: () => mailServer.mails.map(({ source }) => textOf(source)).join('\n'),
    async clauses(names) {
      const { json } = await ask('/clauses?limit=100');
      const found: { clause: string; status: string }[] = json.results;
      return Object.fromEntries(
        found.flatMap(({ clause, status }) => (names.includes(clause) ? [[clause, status]] : [])),
      );
    },
    async violations() {
      const { json } = await ask('/violations?limit=100');
      const found: { kind: string; about: string }[] = json.results;
      const named = (text: string) => [...ids].reduce((so, [uid, id]) => so.replaceAll(id, uid), text);
      return found
        .map(({ kind, about }) => named(`${kind} ${about}`))
        .toSorted((one, other) => one.localeCompare(other));
    },
    async close() {
      await pool.destroy();
      await running.close();
      await Promise.all([mailServer.close(), site.remove()]);
    },
  };
}

/** The text of a mail, without what its way through SMTP made of it (quoted-printable, RFC 2045). */
function textOf(source: string): string {
  const bytes = source
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

/** What a mail says, a line for each thing: what stands above each «Waarom». */
function saidIn(text: string): string[] {
  const plain = text.slice(text.indexOf('text/plain'), text.indexOf('text/html'));
  return [...plain.matchAll(/^(.+)\r?\nWaarom: /gm)].map(([, line = '']) => line.trim());
}

function settingsOf({
  url,
  socket,
  directory,
  mailPort,
}: {
  url: string;
  socket: string;
  directory: string;
  mailPort: number;
}) {
  return {
    site: { id: 'team', name: 'Team', language: 'nl' },
    http: { port: 0, socket },
    broker: { embedded: { port: 0, anonymousRead: true } },
    database: { url },
    secrets: { key: 'k'.repeat(32) },
    mail: { url: `smtp://127.0.0.1:${mailPort}`, from: 'noreply@space.example' },
    directory: { file: directory },
  };
}
