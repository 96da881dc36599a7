import { waitFor } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { closeSimulators, simulate } from './ask.ts';
import { ct, operate, vm } from './cluster.ts';

afterEach(closeSimulators);

const command = (node: string) => `/nodes/${node}/status`;

describe('a node that is told to shut down', () => {
  it('answers at once, stops every guest of whatever pool, and is gone', async () => {
    const { pool: _, ...nobodys } = vm(103, { node: 'pve2', hangsOnShutdown: true, startup: 'down=5' });
    const pve = await simulate([
      vm(100, { node: 'pve2' }),
      ct(101, { node: 'pve2', pool: 'board' }),
      vm(102),
      nobodys,
    ]);
    expect(await pve.send('POST', command('pve2'), { command: 'shutdown' })).toMatchObject({
      status: 200,
      body: { data: null },
    });
    expect(pve.simulator.node('pve2')).toMatchObject({ online: true, leaving: 'shutdown' });
    await waitFor('the node to be off', () => !pve.simulator.node('pve2').online);
    const statuses = [100, 101, 102, 103].map((vmid) => pve.simulator.guest(vmid).status);
    expect(statuses).toEqual(['stopped', 'stopped', 'running', 'stopped']);
    const tasks = pve.simulator.tasks().map(({ type, id, user }) => `${type} ${id} ${user}`);
    expect(tasks.toSorted()).toEqual([
      'qmshutdown 100 root@pam',
      'qmshutdown 103 root@pam',
      'stopall  root@pam',
      'vzshutdown 101 root@pam',
    ]);
  });

  it('needs Sys.PowerMgmt, and a command that it knows', async () => {
    const pve = await simulate([]);
    const refused = await pve.as(operate).send('POST', command('pve1'), { command: 'shutdown' });
    expect(refused.reason).toBe('Permission check failed (/nodes/pve1, Sys.PowerMgmt)');
    expect((await pve.send('POST', command('pve1'), { command: 'halt' })).status).toBe(400);
    expect(pve.simulator.node('pve1').leaving).toBeUndefined();
  });

  it('comes back by itself when it was to reboot, and starts what is onboot, in order', async () => {
    const on = { node: 'pve2', onboot: true };
    const pve = await simulate([
      vm(100, { ...on, startup: 'order=2' }),
      vm(101, { ...on, startup: 'order=1' }),
      vm(102, { node: 'pve2' }),
    ]);
    await pve.send('POST', command('pve2'), { command: 'reboot' });
    await waitFor('it to be off', () => !pve.simulator.node('pve2').online);
    await waitFor('its guests', () => [100, 101].every((id) => pve.simulator.guest(id).status === 'running'));
    expect(pve.simulator.guest(102).status).toBe('stopped');
    const startall = pve.simulator.tasks().find(({ type }) => type === 'startall');
    expect(startall).toMatchObject({
      user: 'root@pam',
      log: ['Starting VM 101', 'Starting VM 100', 'TASK OK'],
    });
  });

  it('starts nothing before there is quorum', async () => {
    const pve = await simulate([vm(100, { node: 'pve2', onboot: true, status: 'stopped' })], {
      change(state) {
        state.quorate = false;
        for (const node of state.nodes) if (node.name === 'pve2') node.online = false;
      },
    });
    pve.simulator.setNodeOnline('pve2', true);
    await waitFor('startall to have begun', () => pve.simulator.tasks().length === 1);
    expect(pve.simulator.guest(100).status).toBe('stopped');
    pve.simulator.state.quorate = true;
    await waitFor('the guest', () => pve.simulator.guest(100).status === 'running');
  });
});

describe('quorum', () => {
  const quorate = async (pve: Awaited<ReturnType<typeof simulate>>) =>
    ((await pve.get('/cluster/status')) as { quorate?: number }[])[0]?.quorate;

  it('counts the votes of the nodes that are online, and of a device', async () => {
    const pve = await simulate([vm(100, { status: 'stopped' })], {
      change(state) {
        state.quorate = 'votes';
      },
    });
    expect(await quorate(pve)).toBe(1);
    pve.simulator.setNodeOnline('pve2', false);
    expect(await quorate(pve)).toBe(0);
    expect((await pve.send('POST', '/nodes/pve1/qemu/100/status/start')).reason).toMatch(/no quorum/);
    pve.simulator.state.qdevice = true;
    expect(await quorate(pve)).toBe(1);
  });
});

describe('guests that HA manages', () => {
  const managed = { node: 'pve2', ha: { state: 'started' as const } };

  it('are started elsewhere when their node is gone, if they were to run', async () => {
    const pve = await simulate([
      vm(100, managed),
      vm(101, { ...managed, ha: { state: 'stopped' }, status: 'stopped' }),
    ]);
    pve.simulator.setNodeOnline('pve2', false);
    expect(pve.simulator.guest(100).ha).toEqual({ state: 'fence' });
    await waitFor('the recovery', () => pve.simulator.guest(100).status === 'running');
    expect(pve.simulator.guest(100)).toMatchObject({ node: 'pve1', ha: { state: 'started' } });
    expect(pve.simulator.guest(101)).toMatchObject({ node: 'pve2', status: 'stopped' });
    expect(pve.simulator.tasks()[0]).toMatchObject({ node: 'pve1', type: 'qmstart', user: 'root@pam' });
  });

  it('stay where they were without quorum, and run again with their node', async () => {
    const pve = await simulate([vm(100, managed)], { durations: { haRecovery: 1, haDelay: 10 } });
    pve.simulator.state.quorate = false;
    pve.simulator.setNodeOnline('pve2', false);
    pve.simulator.setNodeOnline('pve2', true);
    await waitFor('startall', () => pve.simulator.tasks().length > 0);
    expect(pve.simulator.guest(100)).toMatchObject({ node: 'pve2', status: 'stopped' });
    pve.simulator.state.quorate = true;
    await waitFor('its start', () => pve.simulator.guest(100).status === 'running');
    expect(pve.simulator.guest(100).node).toBe('pve2');
  });

  it('are stopped with a node that shuts down, and taken over', async () => {
    const pve = await simulate([vm(100, managed)]);
    await pve.send('POST', command('pve2'), { command: 'shutdown' });
    await waitFor('it to be taken over', () => pve.simulator.guest(100).node === 'pve1');
    await waitFor('its start', () => pve.simulator.guest(100).status === 'running');
    const types = pve.simulator.tasks().map(({ type, node }) => `${node} ${type}`);
    expect(types).toEqual(['pve1 qmstart', 'pve2 qmshutdown', 'pve2 stopall']);
  });
});
