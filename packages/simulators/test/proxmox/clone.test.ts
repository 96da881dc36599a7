import { waitFor } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { type Asker, closeSimulators, simulate } from './ask.ts';
import { create, ct, template, vm } from './cluster.ts';

afterEach(closeSimulators);

const path = '/nodes/pve1/qemu/9000/clone';
const order = { newid: 104, name: 'web', pool: 'people', description: 'intent: a1b2' };

const config = (pve: Asker, vmid: number) => pve.get(`/nodes/pve1/qemu/${vmid}/config`);
const without = (pve: Asker, path: string) => {
  const token = pve.simulator.state.tokens.find(({ id }) => id === create.id);
  if (token) token.privileges = token.privileges.filter((one) => one.path !== path);
};

describe('a clone of a template', () => {
  it('has a uuid and a MAC of its own, and tags, onboot and description of the template', async () => {
    const pve = await simulate([
      template({
        tags: ['template'],
        onboot: true,
        cores: 1,
        config: { description: 'the template', ciuser: 'x' },
      }),
    ]);
    expect(await pve.actAndWait(path, { newid: 104 })).toBe('OK');
    const made = await config(pve, 104);
    const source = await config(pve, 9000);
    expect(made).toMatchObject({
      name: 'Copy-of-VM-debian-13',
      description: 'the template',
      tags: 'template',
      onboot: 1,
      cores: 1,
      agent: '1',
      ciuser: 'x',
    });
    expect(made).not.toHaveProperty('template');
    expect(made).not.toHaveProperty('lock');
    expect(made).toMatchObject({
      smbios1: expect.not.stringMatching(Object(source).smbios1),
      net0: expect.stringMatching(/^virtio=BC:24:11:..:..:..,bridge=vmbr0,firewall=1$/),
    });
    expect(Object(made).net0).not.toBe(Object(source).net0);
    expect(pve.simulator.guest(104)).not.toHaveProperty('pool');
  });

  it('leans on its disk, or copies it when it is to be full, which takes longer and takes space', async () => {
    const pve = await simulate([template({ disks: [{ key: 'scsi0', storage: 'local-lvm', gib: 10 }] })]);
    const used = async () => Object(await pve.get('/nodes/pve1/storage/local-lvm/status')).used / 2 ** 30;
    expect(await pve.actAndWait(path, { ...order, newid: 104 })).toBe('OK');
    expect(await used()).toBe(10);
    expect(await pve.actAndWait(path, { ...order, newid: 105, full: 1 })).toBe('OK');
    expect(await used()).toBe(20);
    const linked = pve.simulator.guest(104).disks;
    expect(linked).toEqual([{ key: 'scsi0', storage: 'local-lvm', gib: 10, base: 9000 }]);
    expect(pve.simulator.guest(105).disks).toEqual([{ key: 'scsi0', storage: 'local-lvm', gib: 10 }]);
  });

  it('is seen with its lock alone, and by a token of the pool not at all, until it is done', async () => {
    const pve = await simulate([template()], { durations: { resourcesDelay: 0, fullClone: 500 } });
    const maker = pve.as(create);
    const upid = await maker.act(path, { ...order, full: 1 });
    expect(await config(pve, 104)).toEqual({ lock: 'clone', digest: expect.any(String) });
    expect(await maker.get('/cluster/resources', { type: 'vm' })).toMatchObject([{ vmid: 9000 }]);
    expect(await pve.ended(upid)).toBe('OK');
    expect(await config(maker, 104)).toMatchObject({ name: 'web', description: 'intent: a1b2' });
    expect(pve.simulator.guest(104).pool).toBe('people');
  });

  it('cannot be started while it is made, nor its template be cloned again', async () => {
    const pve = await simulate([template()], { durations: { resourcesDelay: 0, fullClone: 10_000 } });
    await pve.act(path, { ...order, full: 1 });
    const second = await pve.act(path, { ...order, newid: 105 });
    expect(await pve.actAndWait('/nodes/pve1/qemu/104/status/start')).toBe(
      "can't lock file '/var/lock/qemu-server/lock-104.conf' - got timeout",
    );
    expect(await pve.ended(second)).toBe(
      "can't lock file '/var/lock/qemu-server/lock-9000.conf' - got timeout",
    );
    expect(pve.simulator.state.guests.map(({ vmid }) => vmid)).not.toContain(105);
  });

  it('waits for one that is soon done', async () => {
    const pve = await simulate([template()]);
    const upids = await Promise.all([104, 105, 106].map((newid) => pve.act(path, { ...order, newid })));
    for (const upid of upids) expect(await pve.ended(upid)).toBe('OK');
  });

  it('goes to another node with a shared storage only', async () => {
    const pve = await simulate([template()]);
    const target = { ...order, target: 'pve2' };
    expect(await pve.refused('POST', path, target)).toBe(
      "500 can't clone VM to node 'pve2' (VM uses local storage)",
    );
    pve.simulator.state.storages = [
      { id: 'local-lvm', type: 'rbd', content: ['images'], totalGib: 1000, shared: true },
    ];
    expect(await pve.actAndWait(path, target)).toBe('OK');
    expect(pve.simulator.guest(104)).toMatchObject({ node: 'pve2', pool: 'people' });
  });
});

describe('an id that is taken', () => {
  it('is refused at once on the same node, and in the task elsewhere; whose it is stays as it was', async () => {
    const pve = await simulate([template(), vm(104), vm(105, { node: 'pve2' }), ct(106)]);
    const before = structuredClone(pve.simulator.state.guests);
    expect(await pve.refused('POST', path, order)).toBe(
      '500 unable to create VM 104: config file already exists',
    );
    expect(await pve.actAndWait(path, { ...order, newid: 105 })).toBe("VM 105 already exists on node 'pve2'");
    expect(await pve.actAndWait(path, { ...order, newid: 106 })).toBe("CT 106 already exists on node 'pve1'");
    expect(pve.simulator.state.guests).toEqual(before);
  });

  it('by another clone meanwhile fails the second', async () => {
    const pve = await simulate([template()], {
      durations: { resourcesDelay: 0, linkedClone: 300, lockTimeout: 3000 },
    });
    const orders = [{ newid: 105 }, order, { ...order, name: 'other' }];
    const upids = await Promise.all(orders.map((one) => pve.act(path, one)));
    const ends = await Promise.all(upids.map((upid) => pve.ended(upid)));
    expect(ends.toSorted()).toEqual(['OK', 'OK', 'unable to create VM 104: config file already exists']);
    expect(pve.simulator.state.guests.filter(({ vmid }) => vmid === 104)).toHaveLength(1);
    expect(await pve.refused('POST', path, order)).toMatch(/^500 unable to create VM 104/);
  });
});

describe('what cannot be cloned', () => {
  it('is refused with its reason', async () => {
    const pve = await simulate([template(), vm(100), vm(101, { lock: 'backup' })]);
    const refused = (vmid: number, more: Record<string, string | number> = {}) =>
      pve.refused('POST', `/nodes/pve1/qemu/${vmid}/clone`, { ...order, ...more });
    expect(await refused(100, { full: 0 })).toBe(
      "500 Linked clone feature is not supported for drive 'scsi0'",
    );
    expect(await refused(101)).toBe('500 VM is locked (backup)');
    expect(await refused(9000, { pool: 'nope' })).toBe("500 pool 'nope' does not exist");
    expect(await refused(9000, { full: 1, storage: 'nope' })).toBe("500 storage 'nope' does not exist");
    expect(await refused(9000, { storage: 'local-lvm' })).toBe(
      "500 parameter 'storage' not allowed for linked clones",
    );
    expect(await refused(9000, { name: 'my vm' })).toContain('value does not look like a valid DNS name');
    expect(await refused(9000, { newid: 5 })).toContain('value must have a minimum value of 100');
    pve.simulator.state.quorate = false;
    expect(await refused(9000)).toBe('500 cluster not ready - no quorum?');
  });

  it('is anything for which one right is wanting', async () => {
    for (const [path_, refusal] of [
      ['/vms/9000', 'Permission check failed (/vms/9000, VM.Clone)'],
      ['/pool/people', 'Permission check failed'],
      ['/storage/local-lvm', 'Permission check failed (/storage/local-lvm, Datastore.AllocateSpace)'],
      ['/sdn/zones/localnetwork/vmbr0', 'Permission check failed (/sdn/zones/localnetwork/vmbr0, SDN.Use)'],
    ] as const) {
      const pve = (await simulate([template()])).as(create);
      without(pve, path_);
      expect(await pve.refused('POST', path, order)).toBe(`403 ${refusal}`);
    }
  });

  it('is what does not fit: nothing is left of it', async () => {
    const pve = await simulate([template()], {
      change: (state) => {
        state.storages = [
          { id: 'local-lvm', type: 'zfspool', content: ['images'], totalGib: 40, usedGib: 10 },
        ];
      },
    });
    expect(await pve.actAndWait(path, { ...order, full: 1 })).toBe(
      "clone failed: zfs error: cannot create 'local-lvm/vm-104-disk-0': out of space",
    );
    expect(pve.simulator.state.guests.map(({ vmid }) => vmid)).toEqual([9000]);
    expect(await pve.actAndWait(path, order)).toBe('OK');
  });
});

describe('a clone that is broken off', () => {
  it('is removed when its task is stopped, and stays locked when its node is lost', async () => {
    const guests = [template(), vm(9001, { node: 'pve2', template: true, status: 'stopped' })];
    const pve = await simulate(guests, { durations: { resourcesDelay: 0, fullClone: 10_000 } });
    const stopped = await pve.act(path, { ...order, full: 1 });
    await pve.send('DELETE', `/nodes/pve1/tasks/${encodeURIComponent(stopped)}`);
    expect(await pve.ended(stopped)).toBe('received interrupt');
    expect(pve.simulator.state.guests.map(({ vmid }) => vmid)).not.toContain(104);

    await pve.act('/nodes/pve2/qemu/9001/clone', { ...order, newid: 105, full: 1 });
    pve.simulator.setNodeOnline('pve2', false);
    expect(pve.simulator.guest(105)).toMatchObject({ lock: 'clone' });
    expect(await pve.actAndWait(path, order)).toBe('OK');
  });

  it('does not hold up the end of the simulator', async () => {
    const pve = await simulate([template()], { speed: 1 });
    await pve.act(path, { ...order, full: 1 });
    await pve.act(path, { ...order, newid: 105 });
    await pve.simulator.close();
    await waitFor('both tasks to have ended', () =>
      pve.simulator.tasks().every((task) => task.endtime !== undefined),
    );
  });

  it('whose answer is lost is made all the same, once', async () => {
    const pve = await simulate([template()]);
    pve.simulator.faults.dropNextAnswer('POST', /clone$/);
    await expect(pve.send('POST', path, order)).rejects.toThrow();
    await waitFor('the clone', () => pve.simulator.state.guests.some((one) => one.name === 'web'));
    pve.simulator.faults.refuse('POST', /clone$/);
    await expect(pve.send('POST', path, { ...order, newid: 105 })).rejects.toThrow();
    expect(pve.simulator.tasks().filter(({ type }) => type === 'qmclone')).toHaveLength(1);
  });
});
