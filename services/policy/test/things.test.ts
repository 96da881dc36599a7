import type { Clause, ItemFields, NoticeResource, Violation } from '@huismeester/contracts';
import type { RunningProcess } from '@huismeester/service';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { facts } from './facts.ts';
import { startPolicy } from './site.ts';

/* The register of things, design decisions and the wiki, as inventory tells of them; a VM of core that moves. */

const since = '2026-11-30T12:00:00.000Z';
const entity = (subject: string, state: object) => ({ subject, state });
const fields = (more: Partial<ItemFields>): ItemFields => ({
  name: 'a thing',
  kind: 'server',
  layer: '1',
  life: 'in-use',
  core: 'no',
  space_wide: false,
  ...more,
});
const item = (id: string, more: Partial<ItemFields>) =>
  entity(`item/${id}`, { item: id, ...fields(more), since, links: [] });
const node = (name: string) => ({ id: `pve-${name}`, hypervisor: 'pve', node: name });
const place = { vm: '104', hypervisor: 'pve', class: 'core' } as const;

const vms = facts('vm-lifecycle');
/** What there was before policy began to read, with a key of a newer inventory. */
const things = facts('inventory', [
  item('pve1', { stands_for: 'node/pve-pve1', tenure: { kind: 'owned' } }),
  entity('design-decision/vlans', {
    decision: 'vlans',
    title: 'One VLAN for guests',
    status: 'accepted',
    page: 'VLANs',
    since,
    read: { state: 'missing', since, confirmed: true },
    of_a_newer_one: true,
  }),
  entity('wiki/main', { state: 'reachable', since }),
  entity('policy-text/main', {
    read: { revision: '4680', expected: '4680', newer: false, sections: [], since },
  }),
]);
let site: TestSite;
let running: RunningProcess;

beforeAll(async () => {
  site = await tempSite('policy');
  const settings = {
    wiki: { api: 'https://wiki.example/api.php' },
    policy: { text: { url: 'https://wiki.example/Infrateam', revision: '4680' } },
  };
  running = await startPolicy(site, { ups: facts('ups-monitor'), vms, things, settings });
});
afterAll(async () => {
  await running.close();
  await site.remove();
});

async function get<Body>(path: string): Promise<Body> {
  const answer = await fetch(`${running.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${running.firstToken}` },
  });
  return (await answer.json()) as Body;
}
const list = async <Item>(path: string) => (await get<{ results: Item[] }>(path)).results;
const byText = (one: string, other: string) => (one < other ? -1 : 1);
const open = async () =>
  (await list<Violation>('/violations')).map(({ kind, about }) => `${kind} ${about}`).toSorted(byText);
const isOpen = (...expected: readonly string[]) =>
  waitFor(`open: ${expected.join(', ')}`, async () => `${await open()}` === `${expected.toSorted(byText)}`);

const ofPage = 'design-page design-decision/vlans';

it('is read from the snapshot', async () => {
  await isOpen(ofPage);
  expect(await get<Clause>('/clauses/CORE-5')).toMatchObject({
    status: 'violated',
    titles: { nl: expect.stringContaining('wiki') },
  });
  expect(await get<Clause>('/clauses/TEAM-3')).toMatchObject({ status: 'kept' });
});

it('finds core that moved to loaned hardware within 10 s, names the move and what was said of it, and closes it when it is back', async () => {
  await vms.say('node.online', 'node/pve-pve1', node('pve1'));
  await vms.say('node.online', 'node/pve-pve2', node('pve2'));
  const found = { vmid: 104, kind: 'qemu', name: 'mail', pool: 'core', running: true } as const;
  await vms.say('vm.found', 'vm/104', { ...place, ...found, node: 'pve1' });
  const loaned = fields({ stands_for: 'node/pve-pve2', tenure: { kind: 'loaned', name: 'a friend' } });
  await things.say('item.registered', 'item/pve2', { item: 'pve2', ...loaned });
  await things.read();

  const began = performance.now();
  await vms.say('vm.moved', 'vm/104', { ...place, node: 'pve2', from: 'pve1' });
  const onLoaned = 'hardware-not-ours vm/104';
  await isOpen(ofPage, onLoaned);
  expect(performance.now() - began).toBeLessThan(10_000);
  const [violation] = await list<Violation>('/violations?kind=hardware-not-ours');
  expect(violation).toMatchObject({ clause: 'CORE-6', severity: 'serious', cause: 'node/pve-pve2' });
  // The move, and what was last said of pve2.
  expect(violation?.evidence).toHaveLength(2);
  expect(JSON.stringify(violation)).not.toContain('a friend');

  await vms.say('vm.moved', 'vm/104', { ...place, node: 'pve1', from: 'pve2' });
  await isOpen(ofPage);
});

it('says once that a rent ends, and keeps its violation without another notice', async () => {
  const until = new Date(Date.now() + 10 * 24 * 3_600_000).toISOString().slice(0, 10);
  const rented = fields({ stands_for: 'node/pve-pve1', tenure: { kind: 'rented', name: 'a host', until } });
  await things.say('item.changed', 'item/pve1', { item: 'pve1', ...rented });
  await isOpen(ofPage, 'rent-ends item/pve1');
  const notices = (await list<NoticeResource>('/notices?about=item/pve1')).map(({ kind }) => kind);
  expect(notices).toEqual(['rent-ends']);
  await things.say('item.changed', 'item/pve1', { item: 'pve1', ...rented, tenure: { kind: 'owned' } });
  await isOpen(ofPage);
});

it('leaves a page’s violation open while the wiki cannot be read, and closes it once the page is found', async () => {
  await things.say('wiki.unreachable', 'wiki/main', { since, why: 'no connection' });
  await waitFor('it is unknown', async () => {
    const { detail = '' } = await get<Clause>('/clauses/SPACE-6');
    return detail.includes('no connection');
  });
  await isOpen(ofPage);
  await things.say('wiki.reachable', 'wiki/main', { since: new Date().toISOString() });
  const read = { decision: 'vlans', state: 'found', since, confirmed: true, page: 118 } as const;
  await things.say('design-decision.page-read', 'design-decision/vlans', read);
  await isOpen();
});

it('shows a newer revision of the policy until settings name it', async () => {
  const newer = { revision: '4711', expected: '4680', newer: true, sections: ['Core-infra'] };
  await things.say('policy-text.read', 'policy-text/main', newer);
  await isOpen('policy-changed policy-text/main');
  await things.say('policy-text.read', 'policy-text/main', { ...newer, newer: false, sections: [] });
  await isOpen();
  await things.say('policy-text.gone', 'policy-text/main', { state: 'missing', since, confirmed: true });
  await isOpen('policy-gone policy-text/main');
  await things.say('policy-text.read', 'policy-text/main', { ...newer, newer: false, sections: [] });
  await isOpen();
});
