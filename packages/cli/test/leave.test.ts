import { describe, expect, it } from 'vitest';
import { type Answer, answering, list, problem } from './answering.ts';

const vm = {
  id: '120',
  hypervisor: 'pve',
  vmid: 120,
  kind: 'qemu',
  name: 'minecraft',
  class: 'participant',
  pool: 'deelnemers',
  node: 'pve1',
  status: 'stopped',
  onboot: false,
};
const lease = {
  lease: '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c60',
  vm: '120',
  number: 1,
  owner: '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c61',
  started: '2026-11-01T12:00:00.000Z',
  ends: '2026-11-15T12:00:00.000Z',
  renewals: 0,
};
const snapshot = (state: object): Answer => ({
  body: {
    epoch: '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c62',
    position: 7,
    entities: [{ subject: `lease/${lease.lease}`, version: 3, state: { ...lease, ...state } }],
  },
});

interface Given {
  readonly vms?: object[];
  readonly ofLease?: object;
  readonly stage?: string;
}

function space({ vms = [vm], ofLease = { onbootOff: true }, stage = 'mains' }: Given = {}) {
  return answering((path) => {
    if (path.startsWith('/api/v1/power')) return { body: { stage, outages: [] } };
    if (path.startsWith('/api/v1/vms')) return list(...vms);
    if (path.includes('/snapshot')) return snapshot(ofLease);
    if (/\/(nodes|creations|tokens)/.test(path)) return list();
    return problem(404, 'no-such-route');
  });
}

describe('leave', () => {
  it('without --dry-run does nothing, and names both things that can be left', async () => {
    const { ran, asked } = await space();
    expect(await ran(['leave'])).toMatchObject({
      code: 64,
      stdout: '',
      stderr: expect.stringMatching(/huismeester leave --dry-run[\s\S]*huismeester team leave/),
    });
    expect(asked).toEqual([]);
  });

  it('gives back the onboot that a lease took, by a command for each VM, and asks for nothing but reads', async () => {
    const { ran, asked } = await space();
    const { code, stdout } = await ran(['leave', '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toContain('pve1: qm set 120 --onboot 1   # minecraft');
    expect(stdout).toContain('pveum user token remove huismeester@pve operate');
    expect(stdout).toContain('There would be no export: ');
    expect(asked.map(({ method }) => method)).toEqual(asked.map(() => 'GET'));
  });

  it.each<[string, Given]>([
    ['a lease that took none', { ofLease: {} }],
    ['one that is over', { ofLease: { onbootOff: true, over: true } }],
    ['a VM that starts with its node again', { vms: [{ ...vm, onboot: true }] }],
    ['a VM that is gone', { vms: [] }],
  ])('gives nothing back of %s', async (_, given) => {
    const { ran } = await space(given);
    expect((await ran(['leave', '--dry-run'])).stdout).toContain('There is nothing to give back');
  });

  it('says that a power cut is not the moment, and which VMs nobody would start any more', async () => {
    const off = { ...vm, kind: 'lxc', desired: 'running' };
    const { ran } = await space({ stage: 'participant', vms: [off] });
    const { stdout } = await ran(['leave', '--dry-run', '--lang', 'nl']);
    expect(stdout).toContain('Niet nu:\n  de stroom is in fase participant');
    expect(stdout).toContain('pve1: pct start 120');
  });
});
