import { waitFor } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { closeSimulators, simulate } from './ask.ts';
import { create, ct, key, ostemplate, vm } from './cluster.ts';

afterEach(closeSimulators);

const path = '/nodes/pve1/lxc';
const order = {
  vmid: 200,
  hostname: 'web',
  ostemplate,
  pool: 'people',
  description: 'intent: c3d4',
  cores: 1,
  memory: 1024,
  rootfs: 'local-lvm:8',
  net0: 'name=eth0,bridge=vmbr0,ip=dhcp',
  'ssh-public-keys': `${key}\n${key}`,
  unprivileged: 1,
  features: 'nesting=1',
};

describe('a container out of a template', () => {
  it('takes its id at once, and the rest when it is done', async () => {
    const pve = await simulate([], { durations: { resourcesDelay: 0, createContainer: 500 } });
    const maker = pve.as(create);
    const upid = await maker.act(path, order);
    expect(upid).toContain(':vzcreate:200:');
    const bare = { lock: 'create', digest: expect.any(String) };
    expect(await pve.get('/nodes/pve1/lxc/200/config')).toEqual(bare);
    expect(await maker.get('/cluster/resources', { type: 'vm' })).toEqual([]);
    expect(await pve.refused('POST', path, order)).toBe("500 CT 200 already exists on node 'pve1'");
    expect(await pve.ended(upid)).toBe('OK');
    const made = await maker.get('/nodes/pve1/lxc/200/config');
    expect(made).toMatchObject({
      hostname: 'web',
      description: 'intent: c3d4',
      cores: 1,
      memory: 1024,
      rootfs: 'local-lvm:vm-200-disk-0,size=8G',
      net0: expect.stringMatching(/^name=eth0,bridge=vmbr0,ip=dhcp,hwaddr=BC:24:11:..:..:..,type=veth$/),
      unprivileged: 1,
      features: 'nesting=1',
    });
    // Keys go into the container and are never read again.
    expect(JSON.stringify(made)).not.toContain('ssh-');
    expect(pve.simulator.guest(200)).toMatchObject({ pool: 'people', status: 'stopped' });
    expect(await maker.actAndWait('/nodes/pve1/lxc/200/status/start')).toBe('OK');
  });

  it('is started when that is asked for', async () => {
    const pve = await simulate([]);
    expect(await pve.actAndWait(path, { ...order, start: 1 })).toBe('OK');
    await waitFor('its start', () => pve.simulator.guest(200).status === 'running');
  });

  it('is not made when something is wrong, and nothing is left of it', async () => {
    const pve = await simulate([vm(100), ct(201, { node: 'pve2' })]);
    const refused = (more: Record<string, string | number>) =>
      pve.refused('POST', path, { ...order, ...more });
    expect(await refused({ vmid: 100 })).toBe("500 VM 100 already exists on node 'pve1'");
    expect(await refused({ vmid: 201 })).toBe("500 CT 201 already exists on node 'pve2'");
    expect(await refused({ 'ssh-public-keys': 'no key' })).toBe('500 SSH public key validation error');
    expect(await refused({ pool: 'nope' })).toBe("500 pool 'nope' does not exist");
    expect(await refused({ rootfs: 'local:8' })).toContain(
      "storage 'local' does not support container directories",
    );
    expect(await refused({ rootfs: 'nope:8' })).toBe("500 storage 'nope' does not exist");
    expect(await refused({ hostname: 'a b' })).toContain('valid DNS name');
    expect(await pve.actAndWait(path, { ...order, ostemplate: 'local:vztmpl/gone.tar.zst' })).toBe(
      "unable to create CT 200 - volume 'local:vztmpl/gone.tar.zst' does not exist",
    );
    expect(await pve.actAndWait(path, { ...order, rootfs: 'local-lvm:9000' })).toMatch(
      /^unable to create CT 200 - lvcreate .*out of space/,
    );
    expect(pve.simulator.state.guests.map(({ vmid }) => vmid)).toEqual([100, 201]);
  });

  it.each([
    ['/pool/people', {}, 'Permission check failed'],
    [
      '/storage/local',
      {},
      'Permission check failed (/storage/local, Datastore.AllocateSpace|Datastore.Audit)',
    ],
    ['/storage/local-lvm', {}, 'Permission check failed (/storage/local-lvm, Datastore.AllocateSpace)'],
    ['/sdn/zones/localnetwork/vmbr0', {}, 'Permission check failed (/sdn/zones/localnetwork/vmbr0, SDN.Use)'],
    ['', { unprivileged: 0 }, 'Permission check failed (/, Sys.Modify)'],
    [
      '',
      { features: 'nesting=1,fuse=1' },
      'Permission check failed (changing feature flags (except nesting) is only allowed for root@pam)',
    ],
  ])('needs every right (%s %o)', async (without, more, refusal) => {
    const pve = await simulate([]);
    const token = pve.simulator.state.tokens.find(({ id }) => id === create.id);
    if (token) token.privileges = token.privileges.filter((one) => one.path !== without);
    expect(await pve.as(create).refused('POST', path, { ...order, ...more })).toBe(`403 ${refusal}`);
  });

  it('stays behind, locked, when its node is lost', async () => {
    const pve = await simulate([], { durations: { createContainer: 10_000 } });
    await pve.act('/nodes/pve2/lxc', order);
    pve.simulator.setNodeOnline('pve2', false);
    expect(pve.simulator.guest(200)).toMatchObject({ lock: 'create' });
  });
});
