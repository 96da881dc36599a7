import { waitFor } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { closeSimulators, simulate } from './ask.ts';
import { ct, operate, vm } from './cluster.ts';

afterEach(closeSimulators);

describe('the tasks of a node', () => {
  it('are listed newest first, filtered, and only as far as the token may see', async () => {
    const pve = await simulate([vm(100), vm(101), ct(200)]);
    await pve.actAndWait('/nodes/pve1/qemu/100/status/stop');
    await pve.as(operate).actAndWait('/nodes/pve1/qemu/101/status/stop');
    await pve.actAndWait('/nodes/pve1/lxc/200/status/stop');
    const ids = async (params: Record<string, string | number>, asker = pve) =>
      ((await asker.get('/nodes/pve1/tasks', params)) as { id: string }[]).map((task) => task.id);
    expect(await ids({})).toEqual(['200', '101', '100']);
    expect(await ids({ vmid: 101 })).toEqual(['101']);
    expect(await ids({ typefilter: 'vzstop' })).toEqual(['200']);
    expect(await ids({ userfilter: 'HUISMEESTER' })).toEqual(['101']);
    expect(await ids({ limit: 1, start: 1 })).toEqual(['101']);
    expect(await ids({ since: Math.floor(Date.now() / 1000) + 60 })).toEqual([]);
    expect(await ids({ until: 1 })).toEqual([]);
    expect(await ids({ statusfilter: 'error,warning' })).toEqual([]);
    expect(await ids({ errors: 1 })).toEqual([]);
    expect(await ids({}, pve.as(operate))).toEqual(['101']);
    expect(await pve.as(operate).get('/cluster/tasks')).toEqual([]);
    expect(await pve.get('/cluster/tasks')).toHaveLength(3);
  });

  it('that run are only in the active list, with the status RUNNING and the whole token', async () => {
    const pve = (await simulate([vm(100, { hangsOnShutdown: true })])).as(operate);
    const upid = await pve.act('/nodes/pve1/qemu/100/status/shutdown', { timeout: 900 });
    expect(await pve.get('/nodes/pve1/tasks')).toEqual([]);
    const active = await pve.get('/nodes/pve1/tasks', { source: 'active', vmid: 100 });
    expect(active).toMatchObject([{ upid, status: 'RUNNING', user: 'huismeester@pve!operate', id: '100' }]);
    expect((active as object[])[0]).not.toHaveProperty('endtime');

    const path = `/nodes/pve1/tasks/${upid}`;
    expect((await pve.send('DELETE', path)).status).toBe(200);
    await waitFor('the task to end', () => pve.simulator.tasks()[0]?.exitstatus);
    expect(await pve.get('/nodes/pve1/tasks', { source: 'all' })).toMatchObject([
      { upid, status: 'received interrupt', user: 'huismeester@pve' },
    ]);
    expect(await pve.get(`${path}/log`)).toEqual([{ n: 1, t: 'TASK ERROR: received interrupt' }]);
    expect(pve.simulator.guest(100).status).toBe('running');
  });

  it('of somebody else need Sys.Audit, and Sys.Modify to be stopped', async () => {
    const pve = await simulate([vm(100)]);
    const upid = await pve.act('/nodes/pve1/qemu/100/status/stop');
    const other = pve.as(operate);
    expect((await other.send('GET', `/nodes/pve1/tasks/${upid}/status`)).reason).toBe(
      'Permission check failed (/nodes/pve1, Sys.Audit)',
    );
    expect((await other.send('DELETE', `/nodes/pve1/tasks/${upid}`)).reason).toBe(
      'Permission check failed (/nodes/pve1, Sys.Modify)',
    );
    const gone = upid.replace(/:[0-9A-F]{8}:qmstop/, ':00000001:qmstop');
    expect((await pve.send('GET', `/nodes/pve1/tasks/${gone}/status`)).body?.errors).toEqual({
      upid: 'no such task',
    });
  });
});

describe('the cluster-wide listing', () => {
  it('is as old as the last broadcast, but knows locks and pools at once', async () => {
    const pve = await simulate([vm(100)], { durations: { resourcesDelay: 600 } });
    await pve.actAndWait('/nodes/pve1/qemu/100/status/stop');
    pve.simulator.guest(100).lock = 'backup';
    expect(await pve.get('/nodes/pve1/qemu/100/status/current')).toMatchObject({ status: 'stopped' });
    expect(await pve.get('/cluster/resources', { type: 'vm' })).toMatchObject([
      { status: 'running', lock: 'backup' },
    ]);
    await waitFor('the next broadcast', async () =>
      JSON.stringify(await pve.get('/cluster/resources', { type: 'vm' })).includes('stopped'),
    );
  });
});
