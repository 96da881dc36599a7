import type { Wiki } from '@huismeester/wiki';
import { expect, test } from 'vitest';
import { titleOf } from './title.ts';

type Deps = Parameters<typeof titleOf>[0];

const silent: Pick<Wiki, 'site'> = { site: async () => ({ state: 'unknown', why: 'no connection' }) };
const settings = { wiki: { api: 'https://hackalot.nl/api.php' } };

/** What became of it where the wiki does not answer. */
test.each([
  ['VLANs', { page: 'VLANs' }],
  ['Netwerk/VLANs', { page: 'Netwerk/VLANs' }],
  ['<VLANs>', { code: 'no-such-page' }],
  ['https://hackalot.nl/VLANs', { code: 'wiki-unknown' }],
  ['hackalot.nl/VLANs', { code: 'wiki-unknown' }],
  ['/VLANs', { code: 'wiki-unknown' }],
])('%s: a title needs no wiki, and what a URL means only the wiki says', async (page, expected) => {
  const deps = { wiki: silent, settings } as Deps;
  expect(await titleOf(deps, page)).toMatchObject(expected);
});
