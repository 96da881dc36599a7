import { expect, it } from 'vitest';
import { answering, list, problem } from './answering.ts';

const at = '2026-11-22T12:00:00.000Z';
const lisa = 'edb9ec84-abcb-444d-8171-1bb35d2c4cbe';
const lease = (vm: string, state: string) => ({
  lease: `${vm}-1f3c9a2b`,
  vm,
  number: 1,
  owner: lisa,
  started: at,
  ends: at,
  renewals: 0,
  plannedStop: '2026-12-06T17:00:00.000Z',
  state,
  why: 'VM is shut down at 2026-12-06T17:00:00.000Z',
  reasons: [{ code: 'lease-ends', vm, until: '2026-12-06T17:00:00.000Z' }],
});
const vm = {
  id: '104',
  hypervisor: 'pve',
  vmid: 104,
  kind: 'qemu',
  name: 'wiki',
  class: 'participant',
  pool: 'deelnemers',
  node: 'pve1',
  status: 'running',
};
const person = { id: lisa, uid: 'lisa', enabled: true, roles: [], groups: [], since: at };
const notice = {
  id: '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4d',
  kind: 'lease-warning',
  about: 'vm/104',
  moment: at,
  to: lisa,
  urgency: 'now',
  state: 'queued',
  queued: at,
  next: '2026-11-22T12:05:00.000Z',
  attempts: 1,
  error: 'the mail server does not answer',
};

function server(clock: object = { believed: true }) {
  return answering((path, method) => {
    if (method === 'POST' && path === '/api/v1/vms/104/lease/renewal') {
      return { body: { number: 1, started: at, ends: '2026-12-20T12:00:00.000Z', renewals: 1 } };
    }
    if (method === 'POST') return { body: { believed: true } };
    if (path.startsWith('/api/v1/leases')) return list(lease('104', 'warned'), lease('105', 'off'));
    if (path.startsWith('/api/v1/vms')) return list(vm);
    if (path.startsWith('/api/v1/people')) return list(person);
    if (path.startsWith('/api/v1/clock')) return { body: clock };
    if (path.startsWith('/api/v1/notices')) return list(notice);
    return problem(404, 'no-such-route');
  });
}

it('lease preview shows what goes off within so many days, and not what is off', async () => {
  const { ran, asked } = await server();
  const { code, stdout } = await ran(['lease', 'preview', '--days', '14']);
  expect(code).toBe(0);
  // In the language and the times of who reads it.
  expect(stdout).toMatch(
    /^2026-12-06 \S+ +104 +wiki +lisa +warned +VM 104 is shut down at 2026-12-06 \d\d:/m,
  );
  expect(stdout).not.toContain('105');
  expect(asked[0]?.path).toBe('/api/v1/leases?days=14&order=plannedStop&limit=1000');
  const { stdout: dutch } = await ran(['lease', '--lang', 'nl']);
  expect(dutch).toMatch(/gewaarschuwd +VM 104 gaat uit op 2026-12-06 \d\d:/);
  expect((await ran(['lease', 'preview', '--days', '0'])).code).toBe(64);
});

it.each([['vm'], ['lease']])('%s renew says until when it may run', async (group) => {
  const { ran, asked } = await server();
  const { code, stdout } = await ran([group, 'renew', 'wiki']);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^wiki may run until 2026-12-20 /),
  });
  expect(asked.at(-1)?.path).toBe('/api/v1/vms/104/lease/renewal');
});

it('clock says whether it is believed, and how to accept it', async () => {
  const { ran } = await server({ believed: false, why: 'jumped', since: at });
  const { stdout } = await ran(['clock']);
  expect(stdout).toContain('no lease ends');
  expect(stdout).toContain('huismeester clock accept');
  expect((await ran(['clock', 'accept'])).stdout).toContain('believed from now on');
  const { ran: another } = await server();
  expect((await another(['clock'])).stdout).toBe('The clock is believed.\n');
});

it('notices says who was written to, and why not', async () => {
  const { ran, asked } = await server();
  const { stdout } = await ran(['notices', '--state', 'queued']);
  expect(stdout).toMatch(
    / lease-warning +vm\/104 +lisa +waits +2026-11-22 \S+ +the mail server does not answer$/m,
  );
  expect(asked[0]?.path).toContain('state=queued&order=-queued');
  expect((await ran(['notices', '--state', 'lost'])).code).toBe(64);
});
