import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DeadLetter,
  type IncidentResource,
  type ServiceReport,
  serviceNames,
  type Violation,
} from '@huismeester/contracts';
import { tempDir } from '@huismeester/testkit';
import { describe, expect, it } from 'vitest';
import { type Answer, answering, list, problem } from './answering.ts';

type Name = (typeof serviceNames)[number];

const report = (service: Name): ServiceReport => ({
  service,
  site: { id: 'hack', name: 'Hack' },
  version: '0.1.0',
  uptime_s: 7200,
  started: '2026-11-22T10:00:00.000Z',
  epoch: '00000000-0000-4000-8000-000000000000',
  head: 42,
  ready: true,
  parts: [{ name: 'database', ready: true }],
  waiting: [],
  publisher: { position: 40, head: 42, lag: 2 },
  consumers: [],
  broker: { connected: true, reconnects: 0 },
});

/** Of one process, or of a reverse proxy before several: what each service's status is, and what else has no or another answer. */
function answers(services: Partial<Record<Name, Answer>>, others: Readonly<Record<string, Answer>> = {}) {
  return answering((url) => {
    const path = url.replace(/\?.*/, '');
    const [, , , name = '', what] = path.split('/');
    const service = serviceNames.find((each) => each === name);
    if (service && what === 'status') return services[service] ?? { body: report(service) };
    const usual: Record<string, Answer> = {
      '/health/ready': { body: { ready: true, parts: [] } },
      '/api/v1/power': { body: { stage: 'mains', outages: [] } },
    };
    return others[what ?? name] ?? others[path] ?? usual[path] ?? list();
  });
}

describe('status', () => {
  it('fails when a part is not ready, and names it', async () => {
    const parts = [
      { name: 'http', ready: true },
      { name: 'database', ready: false, detail: 'no connection' },
    ];
    const { ran } = await answers({}, { '/health/ready': { status: 503, body: { ready: false, parts } } });
    const { code, stdout, stderr } = await ran(['status']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'not ready: database\n' });
    expect(stdout).toContain('database: no connection');
  });

  it('of one process says what is not served there, and that is no failure', async () => {
    const elsewhere = problem(404, 'no-such-route');
    const others = serviceNames.filter((name) => name !== 'policy');
    const { ran } = await answers(Object.fromEntries(others.map((name) => [name, elsewhere])), {
      holds: elsewhere,
    });
    const { code, stdout } = await ran(['status']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^policy +ready \(the others were not asked\)\n/);
    expect(stdout).toMatch(/^vm-lifecycle +not served here/m);
    expect(stdout).toContain('On hold      not served here');
    const json = JSON.parse((await ran(['status', '--json'])).stdout);
    expect(Object.keys(json.services)).toEqual(['policy']);
    const missing = ['holds', ...others].map((what) => [what, 'not served here']);
    expect(json.missing).toEqual(Object.fromEntries(missing));
    expect(await ran(['vms'])).toMatchObject({ code: 0, stderr: 'holds: not served here\n' });
  });

  it('fails when a service is away behind the reverse proxy, and shows the others', async () => {
    const { ran } = await answers({ 'vm-lifecycle': problem(502, 'service-away') });
    const { code, stdout, stderr } = await ran(['status']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'not ready: vm-lifecycle\n' });
    expect(stdout).toMatch(/^vm-lifecycle +does not answer/m);
    expect(stdout).toMatch(/^policy +ready/m);
  });

  it('does not take a service that cannot check tokens for one that is away', async () => {
    const all = serviceNames.map((name) => [name, problem(503, 'cannot-check-tokens')]);
    const { ran } = await answers({
      ...Object.fromEntries(all),
      policy: problem(503, 'database-unavailable'),
    });
    const { code, stdout } = await ran(['status']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Huismeester +not ready\n/);
    expect(stdout).toMatch(/^vm-lifecycle +cannot check tokens: its database does not answer/m);
    expect(stdout).toMatch(/^policy +its database does not answer/m);
  });

  it('fails when one of several databases is away, of whichever process', async () => {
    const parts = [{ name: 'database', ready: false, detail: 'no connection' }];
    const { ran } = await answers({
      'ups-monitor': { body: { ...report('ups-monitor'), ready: false, parts } },
    });
    expect(await ran(['status'])).toMatchObject({ code: 1, stderr: 'not ready: database\n' });
  });

  it('fails when an essential part of any service is not ready', async () => {
    const parts = [
      { name: 'broker', ready: false, essential: false, detail: 'not connected' },
      { name: 'policy: log of ups-monitor', ready: false },
    ];
    const waiting = ['policy has 3 events of vm-lifecycle still to apply'];
    const { ran } = await answers({
      policy: { body: { ...report('policy'), ready: false, parts, waiting } },
    });
    const { code, stdout, stderr } = await ran(['status']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'not ready: policy: log of ups-monitor\n' });
    expect(stdout).toContain('  broker: not connected\n');
    expect(stdout).toContain('Who waits for what:\n  policy has 3 events of vm-lifecycle still to apply\n');
  });

  it('still shows a participant what participants may know', async () => {
    const all = serviceNames.map((name) => [name, problem(403, 'forbidden')]);
    const { ran } = await answers(Object.fromEntries(all));
    const { code, stdout } = await ran(['status']);
    expect(code).toBe(0);
    expect(stdout).toContain('Power        mains');
    expect(stdout).toMatch(/^policy +not for this role/m);
  });
});

describe('incidents', () => {
  const open: IncidentResource = {
    id: '17',
    state: 'open',
    root: 'switch/sw1',
    since: '2026-11-22T12:00:00.000Z',
    core: true,
    outage: false,
    members: ['switch/sw1', 'probe/web', 'probe/wiki'].map((thing) => ({
      thing,
      state: 'down',
      core: true,
      since: '2026-11-22T12:00:00.000Z',
    })),
    others: [],
    correlationid: 'c',
  };
  const epoch = '00000000-0000-4000-8000-000000000000';
  const page = { body: { epoch, head: 0, events: [] } };
  const shown = (planned: Answer) => {
    const logs = serviceNames.map((name) => [`/api/v1/${name}/events`, name === 'policy' ? planned : page]);
    return answers({}, { incidents: list(open), 17: { body: open }, planned, ...Object.fromEntries(logs) });
  };

  it.each([
    ['of netwatch alone', problem(404, 'no-such-route'), 'planned: not served here\n'],
    ['while policy is away', problem(502, 'service-away'), 'planned: does not answer\n'],
  ])('are shown %s, without what is planned', async (_, planned, stderr) => {
    const { ran } = await shown(planned);
    const found = await ran(['incidents']);
    expect(found).toMatchObject({ code: 0, stderr });
    expect(found.stdout).toMatch(/^17 .* switch\/sw1 +probe\/web down, probe\/wiki down$/m);
    const why = await ran(['why', 'incident/17']);
    expect(why).toMatchObject({ code: 0, stderr: stderr + stderr.replace('planned', 'policy') });
    expect(why.stdout).toContain('Incident 17 goes on');
  });

  it('say what of them is planned, as policy has it', async () => {
    const planned = { incident: '17', whole: false, things: ['probe/web'], holds: ['h'] };
    const some = await shown(list(planned));
    expect((await some.ran(['incidents'])).stdout).toMatch(
      / switch\/sw1 +probe\/web down \(planned\), probe\/wiki down$/m,
    );
    expect(JSON.parse((await some.ran(['incidents', '--json'])).stdout)).toEqual([{ ...open, planned }]);
    const all = await shown(list({ ...planned, whole: true }));
    expect((await all.ran(['incidents'])).stdout).toMatch(
      / switch\/sw1 \(planned\) +probe\/web down, probe\/wiki down$/m,
    );
  });
});

describe('control characters', () => {
  it('are made visible, whoever wrote them', async () => {
    const letter: DeadLetter = {
      id: '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4d',
      service: 'policy',
      source: 'vm-lifecycle',
      reader: 'vm-lifecycle',
      position: 7,
      subject: 'vm/104',
      type: 'vm.moved',
      error: 'no \u001b[31msuch node',
      attempts: 1,
      since: '2026-11-22T11:00:00.000Z',
    };
    const violation: Violation = {
      violation: 'not-restored-105',
      kind: 'not-restored',
      severity: 'serious',
      clause: 'SPACE-3',
      about: 'vm/105',
      reason: 'somebody has to look\u001b[2J',
      reasons: [],
      evidence: [],
      since: '2026-11-22T12:00:00.000Z',
    };
    const { ran } = await answers({}, { 'dead-letters': list(letter), violations: list(violation) });
    expect((await ran(['dead-letters'])).stdout).toMatch(
      /vm-lifecycle +7 +vm\/104 +vm\.moved .* 1 +no .+such node/,
    );
    expect((await ran(['violations'])).stdout).toContain('somebody has to look\\u{1b}[2J');
    for (const command of ['dead-letters', 'violations', 'status'])
      expect((await ran([command])).stdout).not.toContain('\u001b');
  });
});

it('an export writes nothing when a register cannot be had: half must not pass for all', async () => {
  const dir = await tempDir('export');
  const { ran } = await answers({ 'vm-lifecycle': problem(404, 'no-such-route') });
  const out = join(dir.path, 'space.json');
  const { code, stderr, stdout } = await ran(['export', '--out', out]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('vm-lifecycle not served here: give the --url of the reverse proxy');
  await expect(readFile(out)).rejects.toThrow('ENOENT');
  await dir.remove();
});

it('an export says which role it takes', async () => {
  const detail = 'This takes one of these roles: administrator, infrateam; "person:1" is participant';
  const { ran } = await answers({ policy: problem(403, 'forbidden', { detail }) });
  const { code, stderr } = await ran(['export']);
  expect(code).toBe(1);
  expect(stderr).toContain('takes one of these roles: administrator, infrateam');
});
