import { isAboutPeople, serviceNames } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { type Answer, answering, list, problem } from './answering.ts';

/* What of the logs a role may not read is left out, and the rest is shown. */

const at = '2026-12-01T18:00:00.000Z';
const vm = {
  id: '120',
  hypervisor: 'pve',
  vmid: 120,
  kind: 'qemu',
  name: 'my-server',
  class: 'participant',
  pool: 'deelnemers',
  node: 'pve1',
  status: 'stopped',
};
const decision = {
  id: '5b0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f',
  target: 'vm/120',
  generation: 3,
  tier: 'lease',
  rule: 'lease',
  clause: 'PART-4',
  state: 'stopped',
  mode: 'enforce',
  reasons: [{ code: 'lease-ended', until: at }],
  reason: 'its lease ended',
  evidence: [],
  time: at,
  correlationid: '6b0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f',
  settingsHash: '0123456789abcdef',
};
const page = { epoch: '00000000-0000-4000-8000-000000000000', head: 0, events: [] };

/** To somebody who may read the logs that `open` says. */
const server = (open: (service: string) => boolean) =>
  answering((url): Answer => {
    const [path = ''] = url.split('?');
    const log = /^\/api\/v1\/(.+)\/events$/.exec(path)?.[1];
    if (log !== undefined) return open(log) ? { body: page } : problem(403, 'forbidden');
    if (path === '/api/v1/vms/120') return { body: vm };
    if (path === '/api/v1/vms') return list(vm);
    return path === '/api/v1/decisions' ? list(decision) : list();
  });
const team = (service: string) => !isAboutPeople(service);

describe('why', () => {
  it('says to the team what came of a decision, though the log about people is not for them', async () => {
    const { ran } = await server(team);
    const { code, stdout, stderr } = await ran(['why', '120']);
    expect({ code, stdout, stderr }).toMatchObject({ code: 0, stdout: expect.stringContaining('PART-4') });
    expect(stdout).toContain('Nothing was seen to happen yet.');
    expect(stdout).not.toContain('the log');
  });

  it('says to a participant what was decided about a VM and why, and that there is more for others', async () => {
    const { ran } = await server(() => false);
    const { code, stdout, stderr } = await ran(['why', '120', '--lang', 'nl']);
    expect({ code, stdout, stderr }).toMatchObject({ code: 0, stdout: expect.stringContaining('PART-4') });
    expect(stdout).toContain('de termijn liep af');
    expect(stdout).not.toMatch(/nog niets|hoefde niets/i);
    expect(stdout).toContain('Het infrateam kan in het log ook zien');
  });
});

describe('events', () => {
  it('shows the logs that one may read, and names the others', async () => {
    const { ran } = await server(team);
    const stderr = serviceNames.filter(isAboutPeople).map((name) => `${name}: not for this role\n`);
    expect(await ran(['events'])).toMatchObject({ code: 0, stderr: `${stderr.join('')}No event yet.\n` });
  });

  it('says whom the logs are for', async () => {
    const { ran } = await server(() => false);
    const { code, stderr } = await ran(['events']);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('for the infrateam') });
  });
});
