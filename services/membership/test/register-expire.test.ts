import { systemClock } from '@huismeester/clock';
import { openEventLog } from '@huismeester/events';
import { type AskService, type ServiceContext, Unanswered } from '@huismeester/service';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemory } from '../src/people/memory.ts';
import { type ExpireDeps, expireDue } from '../src/register/expire.ts';
import { tables } from '../src/schema.ts';
import { type Site, startSite } from './site.ts';

const people = ['ann', 'bob', 'zoe', 'tim'];
const hourMs = 3_600_000;
let site: Site;
let deps: ExpireDeps;
let now = new Date();
/** `jumped`: policy believed it before it jumped to where it stands now. */
let answer: 'believed' | 'not-believed' | 'none' | 'jumped' = 'believed';
const ids = new Map<string, string>();

beforeAll(async () => {
  let found: ServiceContext | undefined;
  site = await startSite({
    people,
    groups: { participants: people, team: ['ann', 'bob'], trial: ['tim'], board: ['zoe'] },
    outside: (context) => {
      found = context;
      return {};
    },
  });
  if (found === undefined) throw new Error('membership was not created');
  for (const uid of people) ids.set(uid, (await site.person(uid)).id);
  const { database, access, settings, logger } = found;
  const log = await openEventLog({
    database,
    tables,
    service: 'membership',
    siteId: 'test',
    clock: { now: () => now },
  });
  const ask = (async (service: string, question: string) => {
    expect([service, question]).toEqual(['policy', 'clock']);
    if (answer === 'none') throw new Unanswered('policy is away');
    const stood = answer === 'jumped' ? new Date() : now;
    return { believed: answer !== 'not-believed', now: stood.toISOString() };
  }) as AskService;
  const tasks = () => {
    throw new Error('nothing is written here');
  };
  const clock = { ...systemClock, now: () => now };
  deps = {
    database,
    log,
    access,
    settings,
    ask,
    tasks,
    clock,
    logger,
    opened: undefined,
    memory: createMemory(),
  };
});
afterAll(() => site.close());

const act = (as: string, about: string, rest: string, json: object) =>
  site.askAs(as, `/team/${ids.get(about)}${rest}`, { method: 'POST', json });
const next = async () => (await expireDue(deps)).next;
const at = (ms: number) => {
  now = new Date(Date.now() + ms);
};
const member = async (uid: string) => (await site.ask(`/team/${ids.get(uid)}`)).body;
const nothing = { state: 'not-set-up' } as const;
const read = {
  people: [],
  groups: { participants: nothing, team: nothing, trial: nothing, board: nothing },
  admins: [],
  skipped: 0,
};

test('suspensions and grants end by time, once, and only while directory and clock are believed', async () => {
  const until = new Date(Date.now() + hourMs).toISOString();
  expect((await act('ann', 'tim', '/grants', { on: 'class/participant', until })).status).toBe(200);
  expect((await act('zoe', 'ann', '/proposal', { act: 'suspend', because: 'a while' })).status).toBe(204);
  const suspendedUntil = (await member('ann')).until;
  // The directory was not read whole since this start.
  at(15 * 24 * hourMs);
  expect(await next()).toBeUndefined();
  deps.memory.take(read, new Map());
  for (const doubt of ['not-believed', 'none', 'jumped'] as const) {
    answer = doubt;
    expect(await next()).toBeUndefined();
    expect((await member('ann')).register).toBe('suspended');
  }
  deps.memory.trouble = 'it does not answer';
  answer = 'believed';
  expect(await next()).toBeUndefined();
  expect([(await member('ann')).register, (await member('tim')).grants.length]).toEqual(['suspended', 1]);
  deps.memory.trouble = undefined;

  at(0);
  expect((await next())?.toISOString()).toBe(until);
  at(hourMs + 1_000);
  expect((await next())?.toISOString()).toBe(suspendedUntil);
  expect((await member('tim')).grants).toEqual([]);
  expect((await member('ann')).register).toBe('suspended');
  at(15 * 24 * hourMs);
  // Two at once: the second finds it done.
  await Promise.all([expireDue(deps), expireDue(deps)]);
  expect(await member('ann')).toMatchObject({ register: 'full', roles: ['participant', 'infrateam'] });
  expect(await site.events('&type=member.reinstated')).toHaveLength(1);
  expect(await site.events('&type=grant.ended')).toHaveLength(1);
  expect(await next()).toBeUndefined();
});
