import { type MediaWiki, skipWithout, startMediaWiki } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Site, startSite } from './site.ts';

describe.skipIf(skipWithout('php', 'mediawiki'))('who administers the wiki (CORE-4)', () => {
  let wiki: MediaWiki;
  let site: Site;

  beforeAll(async () => {
    wiki = await startMediaWiki([
      ['user', { name: 'Ann', groups: ['sysop', 'bureaucrat'] }],
      ['user', { name: 'Dirk', groups: [] }],
      ['user', { name: 'Backup', groups: ['interface-admin'] }],
      ['user', { name: 'Beheerder', groups: [] }],
    ]);
    site = await startSite({
      people: ['ann', 'bob', 'dirk'],
      groups: { participants: ['ann', 'bob', 'dirk'], team: ['ann', 'bob'] },
      more: `wiki: { api: "${wiki.api}", users: directory }`,
    });
  });
  afterAll(async () => {
    await site.close();
    await wiki.close();
  });

  async function review() {
    const { body } = await site.ask('/access/review', { method: 'POST' });
    return body.find(({ id }: { id: string }) => id === 'wiki');
  }
  async function accounts(): Promise<Record<string, unknown>> {
    const { results } = (await site.ask('/access?source=wiki')).body;
    return Object.fromEntries(
      results.map(({ name, whose, state, rights }: Account) => [
        name,
        [whose, state, ...rights.map(({ on }) => on)],
      ]),
    );
  }
  interface Account {
    readonly id: string;
    readonly name: string;
    readonly whose: string;
    readonly state: string;
    readonly rights: readonly { readonly on: string }[];
    readonly commands: readonly string[];
  }
  async function account(name: string): Promise<Account> {
    const { results } = (await site.ask('/access?source=wiki')).body;
    return results.find((each: Account) => each.name === name);
  }

  test('a user of the wiki is the person with that uid, and any other is nobody’s until somebody says whose', async () => {
    expect(await review()).toMatchObject({ state: 'known', accounts: 2 });
    expect(await accounts()).toEqual({
      Ann: ['member', 'admin', '/wiki/sysop', '/wiki/bureaucrat'],
      Backup: ['nobody', 'admin', '/wiki/interface-admin'],
    });
    const { id, commands } = await account('Ann');
    expect(commands).toEqual([`${wiki.url}/index.php?title=Special%3AUserRights&user=Ann`]);
    const assigned = await site.askAs('ann', `/access/${id}/person`, {
      method: 'PUT',
      json: { person: (await site.person('bob')).id },
    });
    expect(assigned.body).toMatchObject({ code: 'of-the-directory' });
    const service = {
      purpose: 'Makes a copy each night',
      steward: (await site.person('ann')).id,
      review: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    };
    const backup = `/service-accounts/${(await account('Backup')).id}`;
    expect((await site.askAs('ann', backup, { method: 'PUT', json: service })).status).toBe(204);
    expect(await accounts()).toMatchObject({ Backup: ['service', 'admin', '/wiki/interface-admin'] });
  });

  test('a new sysop who is not of the team is found at the next look, and so is who is none any more', async () => {
    await wiki.apply([
      ['user', { name: 'Dirk', groups: ['sysop'] }],
      ['user', { name: 'Bob', groups: ['interface-admin'] }],
      ['block', { name: 'Bob' }],
      // Who may end the block of their own account.
      ['block', { name: 'Dirk' }],
    ]);
    await review();
    const dirk = await account('Dirk');
    expect(await accounts()).toMatchObject({
      Dirk: ['other', 'admin', '/wiki/sysop'],
      Bob: ['member', 'asleep', '/wiki/interface-admin'],
    });
    const { events } = (await site.ask('/membership/events?limit=1000')).body;
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'account.found',
        data: expect.objectContaining({ account: dirk.id, source: 'wiki', kind: 'user' }),
      }),
    );
    await wiki.apply([['user', { name: 'Dirk', groups: [] }]]);
    await review();
    expect(await accounts()).toHaveProperty('Dirk');
    await review();
    expect(await accounts()).not.toHaveProperty('Dirk');
    expect(JSON.stringify([events, site.logged])).not.toMatch(/Dirk|dirk|Backup/);
  });

  test('what is to be done about the wiki after somebody left follows the wiki', async () => {
    const bob = await site.person('bob');
    const path = `/team/${bob.id}/offboarding`;
    const wikiItem = async () => {
      const { items } = (await site.ask(path)).body;
      return items.find(({ item }: { item: string }) => item === 'wiki').state;
    };
    expect((await site.askAs('bob', `/team/${bob.id}/leaving`, { method: 'POST', json: {} })).status).toBe(
      204,
    );
    expect(await wikiItem()).toBe('to-do');
    await wiki.apply([['user', { name: 'Bob', groups: [] }]]);
    await review();
    await review();
    expect(await wikiItem()).toBe('seen');
  });

  test('a wiki that does not answer is unknown, and ends nothing', async () => {
    const before = await accounts();
    await wiki.kill();
    expect(await review()).toMatchObject({
      state: 'unknown',
      lacks: expect.stringMatching(/^an answer of the wiki: the wiki cannot be reached/),
    });
    expect(await accounts()).toEqual(before);
    await wiki.start();
    expect(await review()).toMatchObject({ state: 'known' });
  });
});
