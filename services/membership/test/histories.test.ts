import { join } from 'node:path';
import { type Directory, DirectoryError, type DirectoryRead } from '@huismeester/directory';
import {
  type Clock,
  createLogger,
  parseSettings,
  type RunningProcess,
  runServices,
} from '@huismeester/service';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMembership } from '../src/service.ts';
import { type Answer, askIt, type Question } from './site.ts';

type Group = 'participants' | 'team' | 'board';
interface Human {
  readonly uid: string;
  readonly id: string;
  enabled: boolean;
  readonly groups: Set<Group>;
}

/** What the directory is like, and what it answers. */
interface World {
  readonly humans: Human[];
  answers: 'whole' | 'nothing' | 'half';
}

const hourMs = 3_600_000;

/** A civil clock that is set, beside one that only goes on. */
const clock = {
  civilMs: Date.parse('2026-12-01T12:00:00Z'),
  passedMs: 0,
};
const own: Clock = {
  now: () => new Date(clock.civilMs + performance.now()),
  monotonicMs: () => clock.passedMs + performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(ms, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};

let world: World;
let site: TestSite;
let running: RunningProcess;

const directory: Directory = {
  kind: 'file',
  read: async () => {
    if (world.answers === 'nothing') throw new DirectoryError('no-answer', 'nothing answers');
    return readOf(world.answers === 'half' ? world.humans.slice(0, 4) : world.humans);
  },
  logIn: async () => undefined,
  instructionsFor: async () => undefined,
};

function readOf(humans: readonly Human[]): DirectoryRead {
  const group = (name: Group) => ({
    state: 'known' as const,
    members: new Map(humans.filter(({ groups }) => groups.has(name)).map(({ id }) => [id, []] as const)),
    byUid: new Set<string>(),
    dangling: [],
  });
  return {
    people: humans.map(({ id, uid, enabled }) => ({
      id,
      uid,
      enabled,
      logins: [uid],
      mails: [],
      sshKeys: [],
    })),
    groups: {
      participants: group('participants'),
      team: group('team'),
      board: group('board'),
      trial: { state: 'not-set-up' },
    },
    admins: [],
    skipped: 0,
  };
}

async function start(): Promise<void> {
  const text = `
site: { id: test, name: Test }
http: { port: 0, socket: ${join(site.path, 'h.sock')} }
broker: { embedded: { port: 0 } }
database: { url: "${site.url}" }
secrets: { key: ${'k'.repeat(32)} }
directory: { file: people.yaml }
`;
  const settings = parseSettings(text, { file: join(site.path, 'space.yaml'), env: {}, readFile: () => '' });
  const membership: Parameters<typeof runServices>[1]['membership'] = (context) =>
    createMembership(context, { openDirectory: () => directory });
  const logger = createLogger({ level: 'silent' });
  running = await runServices(settings, { membership }, { version: '1', logger, clock: own });
}

let asked = 0;

/** From another address each time: many tokens that have ended would be refused from one. */
function ask(path: string, question: Question = {}): Promise<Answer> {
  asked += 1;
  const from = `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`;
  return askIt(running, path, { ...question, headers: { 'x-forwarded-for': from } });
}

const step = fc.record({
  kind: fc.constantFrom(
    'disable',
    'group',
    'group',
    'outage',
    'half',
    'hours',
    'jump',
    'back',
    'restart',
    'none',
  ),
  one: fc.nat(9),
  group: fc.constantFrom<Group>('participants', 'team', 'board'),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What roles are to be: those of the last read that counted, for 12 h from there by either clock. */
interface Expected {
  people: Map<string, { enabled: boolean; groups: Set<Group> }>;
  team: Set<string>;
  readCivilMs: number;
  /** By the clock that only goes on; of a process that saw it. */
  readPassedMs: number | undefined;
  isVoid: boolean;
}

async function happen({ kind, one, group }: Step): Promise<void> {
  const human = world.humans[one % world.humans.length] as Human;
  world.answers = 'whole';
  if (kind === 'disable') human.enabled = !human.enabled;
  if (kind === 'group' && !human.groups.delete(group)) human.groups.add(group);
  if (kind === 'outage') world.answers = 'nothing';
  if (kind === 'half') world.answers = 'half';
  if (kind === 'hours' || kind === 'jump' || kind === 'back')
    world.answers = one % 2 === 0 ? 'whole' : 'nothing';
  if (kind === 'hours') {
    clock.civilMs += 7 * hourMs;
    clock.passedMs += 7 * hourMs;
  }
  if (kind === 'jump') clock.civilMs += 13 * hourMs;
  if (kind === 'back') clock.civilMs -= 5 * hourMs;
}

function follow(expected: Expected, restarted: boolean): void {
  if (restarted) expected.readPassedMs = undefined;
  if (world.answers === 'whole') {
    expected.people = new Map(
      world.humans.map(({ id, enabled, groups }) => [id, { enabled, groups: new Set(groups) }]),
    );
    expected.readCivilMs = clock.civilMs;
    expected.readPassedMs = clock.passedMs;
    expected.isVoid = false;
  } else if (expected.readPassedMs !== undefined && clock.passedMs - expected.readPassedMs > 12 * hourMs) {
    expected.isVoid = true;
  }
}

function rolesOf(expected: Expected, id: string): string[] {
  const ageMs = clock.civilMs - expected.readCivilMs;
  const was = expected.people.get(id);
  if (was === undefined || expected.isVoid || ageMs > 12 * hourMs || ageMs < 0) return [];
  return [
    ...(was.groups.has('participants') ? ['participant'] : []),
    ...(was.groups.has('team') && expected.team.has(id) ? ['infrateam'] : []),
    ...(was.groups.has('board') ? ['board'] : []),
  ];
}

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** For each person a token of each role: a session would be over with the hours that pass. */
async function tokens(id: string): Promise<Map<string, string>> {
  const made = new Map<string, string>();
  for (const role of ['participant', 'infrateam', 'board']) {
    const name = `${id} ${role} ${Math.round(performance.now() * 1_000)}`;
    const { body } = await ask('/tokens', { method: 'POST', json: { name, role, person: id } });
    made.set(role, body.secret);
  }
  return made;
}

async function check(
  expected: Expected,
  shown: Map<string, Map<string, string>>,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) {
    const is = expected.people.get(id);
    if (is?.enabled !== true) {
      // Ended for good: who comes back gets new ones.
      for (const token of shown.get(id)?.values() ?? [])
        expect((await ask('/me', { token })).status).toBe(401);
      shown.delete(id);
      continue;
    }
    if (!shown.has(id)) shown.set(id, await tokens(id));
    const has: string[] = [];
    for (const token of shown.get(id)?.values() ?? []) has.push(...(await ask('/me', { token })).body.roles);
    expect(has).toEqual(rolesOf(expected, id));
  }
}

/** Ten people, three of them the team that the register begins with. */
function tenPeople(): Human[] {
  return Array.from({ length: 10 }, (_, n) => {
    const groups: Group[] = n < 3 ? ['participants', 'team'] : ['participants'];
    return { id: uuid(n), uid: `u${n}`, enabled: true, groups: new Set(groups) };
  });
}

async function play(steps: readonly Step[]): Promise<void> {
  world = { humans: tenPeople(), answers: 'whole' };
  site = await tempSite('membership-histories');
  await start();
  try {
    await ask('/directory/read', { method: 'POST' });
    const team = new Set([0, 1, 2].map(uuid));
    const expected: Expected = { people: new Map(), team, readCivilMs: 0, readPassedMs: 0, isVoid: false };
    follow(expected, false);
    const shown = new Map<string, Map<string, string>>();
    for (const each of steps) {
      await happen(each);
      if (each.kind === 'restart') {
        await running.close();
        await start();
      }
      // After hours in one moment, as of a machine that slept, the process must first hear that it still may act.
      await waitFor('it acts', async () => (await ask('/directory')).status === 200);
      await ask('/directory/read', { method: 'POST' });
      follow(expected, each.kind === 'restart');
      await check(expected, shown, [uuid(0), uuid(each.one % 10)]);
    }
  } finally {
    await running.close();
    await site.remove();
  }
}

test('roles are those of the last complete read and of the register, over outages, restarts and clocks that are set', async () => {
  const histories = fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 20 }), play);
  const numRuns = Number(process.env.HUISMEESTER_HISTORIES ?? 2);
  await fc.assert(histories, { numRuns, seed: 20261201, endOnFailure: true });
}, 600_000);
