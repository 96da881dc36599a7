import { systemClock } from '@huismeester/clock';
import { createWiki } from '@huismeester/wiki';
import { expect, it, onTestFinished } from 'vitest';
import { startWikiSimulator } from '../src/index.ts';

const bot = { username: 'Huismeester@huismeester', password: '0123456789abcdefghijklmnopqrstuv' };
const long = 'A text that is long enough to be one.';

async function startWiki(more: { password?: string } = {}) {
  const simulator = await startWikiSimulator({
    pages: {
      VLANs: `== Why ==\n${long}`,
      'Old name': '#REDIRECT [[VLANs]]',
      Loop: '#REDIRECT [[Loop]]',
      Stub: '{{soon}}',
    },
    users: [
      { name: 'Jan', groups: ['sysop'] },
      { name: 'Lisa', groups: [] },
    ],
    bot,
  });
  const wiki = createWiki({
    api: `${simulator.url}/api.php`,
    userAgent: 'a test',
    bot: { ...bot, ...more },
    clock: systemClock,
  });
  onTestFinished(() => Promise.all([wiki.close(), simulator.close()]).then(() => undefined));
  return { simulator, wiki };
}

it('answers the client of real wikis, page by page', async () => {
  const { wiki, simulator } = await startWiki();
  const titles = ['vLANs', 'Old_name', 'Loop', 'Stub', 'Nothing'];
  const found = await wiki.lookUp(titles);
  expect(titles.map((title) => found.get(title)?.state)).toEqual([
    'found',
    'found',
    'redirect-to-nowhere',
    'blank',
    'missing',
  ]);
  expect(await wiki.text('VLANs')).toMatchObject({ state: 'found', text: `== Why ==\n${long}` });
  const page = simulator.pages.save('VLANs', `${long} And more.`);
  expect((await wiki.lookUpIds([page.id])).get(page.id)).toMatchObject({
    state: 'found',
    revision: page.revision,
  });
});

it('lists who administers it, and lets the bot in to make a page that is not there', async () => {
  const { wiki, simulator } = await startWiki();
  expect(await wiki.admins()).toEqual({
    state: 'complete',
    accounts: [{ name: 'Jan', groups: ['sysop'], blocked: false }],
  });
  const page = { title: 'New', text: long, summary: 'a test' };
  expect(await wiki.create(page)).toMatchObject({ outcome: 'made' });
  expect(await wiki.create({ ...page, text: 'another' })).toEqual({ outcome: 'exists' });
  expect(simulator.pages.get('New')?.text).toBe(long);
});

it('lets no other bot in', async () => {
  const { wiki } = await startWiki({ password: 'w'.repeat(32) });
  expect(await wiki.create({ title: 'New', text: long, summary: 'a test' })).toMatchObject({
    outcome: 'refused',
  });
});
