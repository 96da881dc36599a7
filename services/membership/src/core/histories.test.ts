import type { GroupName, RegisterState } from '@huismeester/contracts';
import { type GroupRead, rolesOf } from '@huismeester/directory';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assess } from './assess.ts';
import { importTeam } from './import-team.ts';
import { groupNames, type KnownPerson, type Read } from './known.ts';

/** Somebody of flesh and blood, and their account in the directory. */
interface Human {
  account: string;
  uid: string;
  enabled: boolean;
  readonly groups: Set<GroupName>;
  /** The person that they were when they were first read. */
  person?: string | undefined;
  /** The uid of the last read that counted. */
  readUid?: string;
}

/** What membership keeps, and what it would have to be by the last read that counted. */
interface World {
  humans: Human[];
  known: readonly KnownPerson[];
  register: Map<string, RegisterState> | undefined;
  truth: Map<string, { enabled: boolean; groups: Set<GroupName> }>;
  made: number;
  /** Everybody has another account, and no read has shown it yet. */
  renumbered: boolean;
}

const step = fc.record({
  kind: fc.constantFrom(
    'rename',
    'leave',
    'join',
    'take-uid',
    'swap',
    'disable',
    'group',
    'renumber',
    'suspend',
  ),
  one: fc.nat(30),
  two: fc.nat(30),
  group: fc.constantFrom(...groupNames),
  look: fc.constantFrom('whole', 'whole', 'whole', 'failed', 'half', 'group-unknown'),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const people = (world: World) => world.humans.length;
const pick = (world: World, n: number): Human => world.humans[n % people(world)] as Human;

function newHuman(world: World, uid: string): void {
  world.made += 1;
  world.humans.push({ account: `id${world.made}`, uid, enabled: true, groups: new Set(['participants']) });
}

function change(world: World, { kind, one, two, group }: Step): void {
  const [human, other] = [pick(world, one), pick(world, two)];
  // Who changes their uid while everybody gets another id cannot be known by either.
  if (world.renumbered && ['rename', 'take-uid', 'swap', 'renumber'].includes(kind)) return;
  if (kind === 'renumber' && world.humans.some(({ uid, readUid }) => uid !== readUid)) return;
  switch (kind) {
    case 'rename':
      world.made += 1;
      human.uid = `renamed${world.made}`;
      return;
    case 'leave':
      if (people(world) > 8) world.humans.splice(world.humans.indexOf(human), 1);
      return;
    case 'join':
      newHuman(world, `new${world.made}`);
      return;
    case 'take-uid':
      if (people(world) > 8) world.humans.splice(world.humans.indexOf(human), 1);
      newHuman(world, human.uid);
      return;
    case 'swap':
      [human.uid, other.uid] = [other.uid, human.uid];
      return;
    case 'disable':
      human.enabled = !human.enabled;
      return;
    case 'group':
      if (!human.groups.delete(group)) human.groups.add(group);
      return;
    case 'renumber':
      world.renumbered = true;
      for (const each of world.humans) {
        world.made += 1;
        each.account = `id${world.made}`;
      }
      return;
    case 'suspend': {
      const [id] = [...(world.register ?? new Map()).keys()];
      if (id !== undefined) world.register?.set(id, one % 2 === 0 ? 'suspended' : 'full');
    }
  }
}

function read({ humans }: World, unknown?: GroupName): Read {
  const group = (name: GroupName): GroupRead => {
    if (name === unknown) return { state: 'unknown', detail: '' };
    const members = humans
      .filter(({ groups }) => groups.has(name))
      .map(({ account }) => [account, []] as const);
    return { state: 'known', members: new Map(members), byUid: new Set(), dangling: [] };
  };
  return {
    people: humans.map(({ account, uid, enabled }) => ({ id: account, uidHash: uid, enabled })),
    groups: {
      participants: group('participants'),
      team: group('team'),
      trial: group('trial'),
      board: group('board'),
    },
  };
}

function look(world: World, { look: how, group }: Step): void {
  if (how === 'failed') return;
  const unknown = how === 'group-unknown' ? group : undefined;
  const whole = read(world, unknown);
  // A third of the people is missing at the end, as from a server that cuts its answer off.
  const cut = { ...whole, people: whole.people.slice(0, Math.floor(whole.people.length * 0.6)) };
  const outcome = assess(world.known, how === 'half' ? cut : whole, {
    accepts: () => false,
    newId: () => {
      world.made += 1;
      return `made${world.made}`;
    },
  });
  if (outcome.verdict === 'too-much-gone') return;
  if (how === 'half') expect(lostIn(world, cut)).toBe('little');
  world.known = outcome.people;
  const begun = world.register ? undefined : importTeam(outcome.people, whole.groups);
  if (begun) world.register = new Map(begun.map(({ id, state }) => [id, state]));
  remember(world, unknown, how === 'half' ? cut.people.length : people(world));
}

/** How much of those who were in the last read that counted is missing in this one. */
function lostIn({ humans, truth }: World, { people: found }: Read): 'little' | 'much' {
  const there = new Set(found.map(({ id }) => id));
  const now = new Set(humans.filter(({ account }) => there.has(account)).map(({ person }) => person));
  const lost = [...truth.keys()].filter((person) => !now.has(person)).length;
  return lost >= 3 && lost / truth.size > 0.2 ? 'much' : 'little';
}

/** By the accounts that were in the read: who is who, and what each was in it. */
function remember(world: World, unknown: GroupName | undefined, count: number): void {
  const before = world.truth;
  world.renumbered = false;
  world.truth = new Map();
  for (const human of world.humans.slice(0, count)) {
    const row = world.known.find(({ directoryId, gone }) => directoryId === human.account && !gone);
    expect(row).toBeDefined();
    human.person ??= row?.id;
    human.readUid = human.uid;
    // Renamed, renumbered, with the uid of another: they are who they were.
    expect(row?.id).toBe(human.person);
    const groups = new Set([...human.groups].filter((name) => name !== unknown));
    if (unknown && before.get(human.person ?? '')?.groups.has(unknown)) groups.add(unknown);
    world.truth.set(human.person ?? '', { enabled: human.enabled, groups });
  }
}

function check({ known, truth, register }: World): void {
  for (const { id, enabled, groups, gone } of known) {
    const roles = rolesOf({
      enabled: enabled && !gone,
      groups: new Set(groups),
      register: register?.get(id),
    });
    const was = truth.get(id);
    const isMember = was?.enabled === true && was.groups.has('team') && register?.get(id) === 'full';
    expect(roles.includes('infrateam')).toBe(isMember);
    expect(roles.includes('participant')).toBe(was?.enabled === true && was.groups.has('participants'));
    expect(roles.includes('board')).toBe(was?.enabled === true && was.groups.has('board'));
  }
}

test('whatever happens to a directory, roles are those of the last read that counted and of the register', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      const world: World = {
        humans: [],
        known: [],
        register: undefined,
        truth: new Map(),
        made: 0,
        renumbered: false,
      };
      for (let n = 0; n < 16; n += 1) newHuman(world, `uid${n}`);
      for (const n of [0, 1, 2]) pick(world, n).groups.add('team');
      pick(world, 3).groups.add('trial');
      for (const each of steps) {
        change(world, each);
        look(world, each);
        check(world);
      }
    }),
    { numRuns: Number(process.env.HUISMEESTER_HISTORIES ?? 300), seed: 20261201 },
  );
}, 600_000);
