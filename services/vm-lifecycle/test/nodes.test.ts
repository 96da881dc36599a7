import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { StoredEvent } from '@huismeester/contracts';
import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byHand, event, found, guest, openSpace, type Space } from './space.ts';

const mac = '02:00:5E:00:53:04';
const ours = 'nodeShutdown: huismeester';
let space: Space;
/** The network card of pve4: what it hears. */
let card: Socket;
const packets: string[] = [];

const node = (name: string) => ({ name, online: true });

beforeAll(async () => {
  card = createSocket('udp4').bind(0, '127.0.0.1');
  card.on('message', (packet) => packets.push(packet.toString('hex')));
  await once(card, 'listening');
  const wakeAddress = `127.0.0.1:${card.address().port}`;
  space = await openSpace({
    guests: [
      guest(701),
      guest(702, { node: 'pve2' }),
      guest(703, { node: 'pve2', pool: 'bestuur' }),
      guest(706, { node: 'pve6' }),
    ],
    state: { nodes: ['pve1', 'pve2', 'pve3', 'pve4', 'pve5', 'pve6'].map(node) },
    privileges: [
      { path: '/', privs: ['VM.Audit', 'VM.PowerMgmt', 'Sys.Audit', 'Sys.PowerMgmt'] },
      { path: '/nodes/pve3', privs: ['Sys.Audit'] },
      { path: '/nodes/pve6', privs: ['Sys.PowerMgmt'] },
    ],
    more: `    nodes:
      pve2: { ${ours}, wake: manual }
      pve3: { ${ours}, wake: manual }
      pve4: { ${ours}, ownShutdown: 2s, wake: wol, mac: "${mac}", wakeAddress: "${wakeAddress}" }
      pve5: { ${ours}, wake: ups-cycle }
      pve6: { nodeShutdown: upsmon }`,
  });
  await found(space, 702);
});
afterAll(async () => {
  await space.close();
  card.close();
});

const eventsOf = async (name: string): Promise<StoredEvent[]> =>
  (await space.home.events()).filter(({ subject }) => subject === `node/pve-${name}`);
const types = async (name: string) => (await eventsOf(name)).map(({ type }) => type);
const nth = (name: string, type: string, count = 1) =>
  waitFor(
    `event ${count} of type ${type} of ${name}`,
    async () => (await eventsOf(name)).filter((each) => each.type === type)[count - 1],
    { timeoutMs: 30_000 },
  );
const commands = (name: string) =>
  space.simulator.requests.filter(
    ({ method, path }) => method === 'POST' && path === `/nodes/${name}/status`,
  );

test('a node that is to go down is asked once, after that was written down, and takes all its guests along', async () => {
  const decision = await space.home.decideNode('pve2', 'stopped');
  await nth('pve2', 'node.offline');
  const [, requested] = await eventsOf('pve2');
  expect(requested).toMatchObject({
    type: 'node.power-requested',
    actor: 'service:vm-lifecycle',
    causationid: decision,
    data: { hypervisor: 'pve', node: 'pve2', act: 'shutdown', generation: 1, decision, attempt: 1 },
  });
  expect(commands('pve2').map(({ params }) => params)).toEqual([{ command: 'shutdown' }]);
  expect(space.simulator.guest(703).status).toBe('stopped');
  // Switched on by a person: it was reached, and nobody shuts it down again.
  space.simulator.setNodeOnline('pve2', true);
  expect((await event(space, 702, 'vm.stopped')).data).toMatchObject({ cause: 'node' });
  await nth('pve2', 'node.online', 2);
  expect(await types('pve2')).toEqual(['node.online', 'node.power-requested', 'node.offline', 'node.online']);
});

test('a token without the right says which right is missing, three times, and the node is given up', async () => {
  await space.home.decideNode('pve3', 'stopped');
  await nth('pve3', 'node.power-failed', 3);
  const failures = (await eventsOf('pve3')).filter(({ type }) => type === 'node.power-failed');
  expect(failures.map(({ data }) => data)).toMatchObject([
    {
      attempt: 1,
      retry: true,
      error: expect.stringMatching(/the token needs Sys\.PowerMgmt on \/nodes\/pve3$/),
    },
    { attempt: 2, retry: true },
    { attempt: 3, retry: false },
  ]);
  expect(space.simulator.node('pve3').online).toBe(true);
});

test('a lost answer is no reason to ask again, unless the node is still up when its time is over', async () => {
  const { faults } = space.simulator;
  faults.dropNextAnswer('POST', /nodes\/pve5\/status/);
  // This one never arrives.
  faults.refuse('POST', /nodes\/pve4\/status/);
  await space.home.decideNode('pve5', 'stopped');
  await space.home.decideNode('pve4', 'stopped');
  await nth('pve5', 'node.offline');
  expect(commands('pve5')).toHaveLength(1);
  await nth('pve4', 'node.offline');
  expect(commands('pve4')).toHaveLength(2);
  expect((await nth('pve4', 'node.power-failed')).data).toMatchObject({
    attempt: 1,
    retry: true,
    error: expect.stringContaining('still up'),
  });
  expect(await types('pve5')).toEqual(['node.online', 'node.power-requested', 'node.offline']);
});

test('a node that is wanted back hears magic packets until it is online', async () => {
  expect(packets).toEqual([]);
  await space.home.decideNode('pve4', 'running');
  await waitFor('the first packet', () => packets.length > 0);
  expect(packets[0]).toBe('ff'.repeat(6) + '02005e005304'.repeat(16));
  expect((await nth('pve4', 'node.power-requested', 3)).data).toMatchObject({ act: 'wake', attempt: 1 });
  space.simulator.setNodeOnline('pve4', true);
  await nth('pve4', 'node.online', 2);
  expect((await types('pve4')).at(-1)).toBe('node.online');
});

test('of a node that comes back with its UPS, that settings leave to upsmon, or in dry-run, nothing is asked', async () => {
  await space.home.decideNode('pve5', 'running');
  await space.home.decideNode('pve6', 'stopped');
  await space.home.decideNode('pve1', 'stopped', { mode: 'dry-run' });
  // Whatever came before is seen by then.
  await space.home.decide('701', 'stopped');
  await event(space, 701, 'vm.stopped');
  expect(await types('pve6')).toEqual(['node.online']);
  expect(await types('pve1')).toEqual(['node.online']);
  expect((await types('pve5')).filter((type) => type === 'node.power-requested')).toHaveLength(1);
});

test('an older decision does not count', async () => {
  await space.home.decideNode('pve1', 'running', { generation: 9 });
  await space.home.decideNode('pve1', 'stopped', { generation: 8 });
  await space.home.decide('701', 'running');
  await event(space, 701, 'vm.started');
  expect(commands('pve1')).toEqual([]);
});

test('where other people’s tasks are not shown, who stopped a guest is unknown, not “the guest itself”', async () => {
  await byHand(space, '/nodes/pve6/qemu/706/status/stop');
  const stopped = await event(space, 706, 'vm.stopped');
  expect(stopped.data).toMatchObject({ cause: 'unknown' });
  expect(stopped.actor).toBeUndefined();
});
