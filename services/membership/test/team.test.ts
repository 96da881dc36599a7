import { waitFor } from '@huismeester/testkit';
import { afterEach, expect, test } from 'vitest';
import { inGroup, type Site, startSite } from './site.ts';

let site: Site;
afterEach(() => site.close());

const people = ['ann', 'bob', 'cor'];
const start = async (uids: readonly string[], board: string) => {
  const ids = await Promise.all(uids.map(async (uid) => (await site.person(uid)).id));
  const json = { people: ids, board: (await site.person(board)).id };
  return await site.ask('/team', { method: 'POST', json });
};
const awaited = async () =>
  (await site.ask('/team')).body.results.flatMap((each: { uid: string; awaited: { command: string }[] }) =>
    each.awaited.map(({ command }) => [each.uid, command]),
  );

test('root begins a team where there is none; the group is awaited, and only then are they the infrateam', async () => {
  site = await startSite({ people, groups: { participants: people } });
  expect((await site.ask('/team')).body.results).toEqual([]);
  const unknown = { people: [], board: '00000000-0000-4000-8000-000000000000' };
  expect(await site.ask('/team', { method: 'POST', json: unknown })).toMatchObject({
    status: 400,
    body: { code: 'not-a-person', errors: [{ found: unknown.board }] },
  });
  expect((await start(['ann', 'bob'], 'bob')).status).toBe(200);
  expect(await start(['cor'], 'cor')).toMatchObject({
    status: 409,
    body: { code: 'already-started', clause: 'TEAM-1' },
  });
  expect((await site.person('ann')).roles).toEqual(['participant']);
  expect((await site.events()).filter((type) => type === 'member.started')).toHaveLength(2);
  const { results } = (await site.ask('/team')).body;
  expect(results.map((each: Record<string, unknown>) => [each.uid, each.register, each.differs])).toEqual(
    expect.arrayContaining([
      ['ann', 'full', true],
      ['bob', 'full', true],
    ]),
  );
});

/** A group of nobody: a groupOfNames needs a member. */
const groups = { participants: people, team: ['cn=nobody'], board: ['bob'] };

test('without writes the command is said, and it is done once it is seen', async () => {
  site = await startSite({ people, groups });
  await start(['ann'], 'bob');
  const commands = await awaited();
  expect(commands.map(([uid]: [string]) => uid).toSorted()).toEqual(['ann', 'bob']);
  for (const [uid, command] of commands) {
    expect(command).toContain('ldapmodify');
    expect(command).toContain(`member: ${site.dnOf(uid)}`);
  }
  await site.change(inGroup('add', 'team', 'ann'));
  await site.read();
  expect((await awaited()).map(([uid]: [string]) => uid)).toEqual(['bob']);
  expect((await site.person('ann')).roles).toEqual(['participant', 'infrateam']);
  const { body } = await site.ask('/membership/events?type=group.followed');
  expect(body.events.map(({ data }: { data: { how: string } }) => data.how)).toEqual(['seen']);
});

test('with writes the group follows the register', async () => {
  site = await startSite({ people, groups, writes: true });
  await start(['ann'], 'bob');
  await waitFor('both are in the group', async () => (await awaited()).length === 0);
  expect((await site.person('bob')).roles).toEqual(['participant', 'infrateam', 'board']);
  const { body } = await site.ask('/membership/events?type=group.followed');
  expect(body.events.map(({ data }: { data: { how: string } }) => data.how)).toEqual(['written', 'written']);
});

test('a register that the first read began is begun', async () => {
  site = await startSite({ people, groups: { participants: people, team: ['cor'] } });
  expect(await start(['ann'], 'bob')).toMatchObject({ status: 409, body: { code: 'already-started' } });
});
