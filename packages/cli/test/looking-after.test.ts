import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeadLetter, type ServiceReport, serviceNames, type Token } from '@huismeester/contracts';
import { tempDir } from '@huismeester/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';
import { type Answer, type AnsweringServer, type Asked, startServer } from './server.ts';
import { Space } from './space.ts';

type Name = (typeof serviceNames)[number];

const report = (service: Name): ServiceReport => ({
  ...{ service, site: { id: 'hack', name: 'Hack' }, version: '0.1.0', uptime_s: 7200 },
  ...{ started: '2026-11-22T10:00:00.000Z', epoch: '00000000-0000-4000-8000-000000000000', head: 42 },
  ...{ ready: true, parts: [{ name: 'database', ready: true }], waiting: [] },
  ...{ publisher: { position: 40, head: 42, lag: 2 }, consumers: [] },
  broker: { connected: true, reconnects: 0 },
});
const problem = (status: number, code: string): Answer => ({
  ...{ status, body: { type: 'about:blank', title: code, status, code } },
});
const list = (results: unknown[]): Answer => ({ body: { results, next: null, count: results.length } });

/** What a service, or a reverse proxy in its place, answers below its own name. */
let answers: Partial<Record<Name, (rest: string, asked: Asked) => Answer>>;
let space: Space;
let server: AnsweringServer;
beforeEach(async () => {
  space = new Space();
  answers = Object.fromEntries(serviceNames.map((name) => [name, () => ({ body: report(name) })]));
  server = await startServer((asked) => {
    const [, first, rest = ''] = /^\/api\/v1\/([^/]+)\/?(.*)$/.exec(asked.path) ?? [];
    const service = serviceNames.find((name) => name === first);
    return (service && answers[service]?.(rest, asked)) ?? space.answer(asked);
  });
});
afterEach(() => server.close());

const ran = (...args: string[]) => runCli([...args, '--socket', server.socket]);

describe('status', () => {
  it('has a line for each service, and who waits for what in their own words', async () => {
    const waits = { consumers: [{ source: 'vm-lifecycle', position: 9, head: 12, lag: 3, deadLetters: 1 }] };
    const waiting = ['policy has 3 events of vm-lifecycle still to apply'];
    answers.policy = () => ({ body: { ...report('policy'), ...waits, waiting } });
    const { code, stdout } = await ran('status');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ups-monitor +ready +2 h +42 +2 +– +– +– +0\.1\.0$/m);
    expect(stdout).toMatch(/^policy +ready +2 h +42 +2 +vm-lifecycle 3 +1 +– +0\.1\.0$/m);
    expect(stdout).toContain('Who waits for what:\n  policy has 3 events of vm-lifecycle still to apply\n');
  });

  it('of one process says what is not served there, and that is no failure', async () => {
    answers['ups-monitor'] = () => problem(404, 'not-found');
    answers['vm-lifecycle'] = () => problem(404, 'not-found');
    space.holdsAreElsewhere = true;
    const { code, stdout } = await ran('status');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^policy +ready \(the others were not asked\)\n/);
    expect(stdout).toMatch(/^vm-lifecycle +not served here/m);
    expect(stdout).toContain('On hold      not served here');
    const json = JSON.parse((await ran('status', '--json')).stdout);
    expect(Object.keys(json.services)).toEqual(['policy']);
    expect(json.missing).toEqual({
      ...{ holds: 'not served here', 'ups-monitor': 'not served here', 'vm-lifecycle': 'not served here' },
    });
  });

  it('fails when a service is away behind the reverse proxy, and shows the others', async () => {
    answers['vm-lifecycle'] = () => problem(502, 'service-away');
    const { code, stdout, stderr } = await ran('status');
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'not ready: vm-lifecycle\n' });
    expect(stdout).toMatch(/^vm-lifecycle +does not answer/m);
    expect(stdout).toMatch(/^policy +ready/m);
  });

  it('does not take a service that cannot check tokens for one that is away', async () => {
    for (const name of serviceNames) answers[name] = () => problem(503, 'cannot-check-tokens');
    answers.policy = () => problem(503, 'database-unavailable');
    const { code, stdout } = await ran('status');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Huismeester +not ready\n/);
    expect(stdout).toMatch(/^vm-lifecycle +cannot check tokens: its database does not answer/m);
    expect(stdout).toMatch(/^policy +its database does not answer/m);
  });

  it('fails when an essential part of any service is not ready', async () => {
    const parts = [
      { name: 'broker', ready: false, essential: false, detail: 'not connected' },
      { name: 'policy: log of ups-monitor', ready: false },
    ];
    answers.policy = () => ({ body: { ...report('policy'), ready: false, parts } });
    const { code, stdout, stderr } = await ran('status');
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'not ready: policy: log of ups-monitor\n' });
    expect(stdout).toContain('  broker: not connected\n');
  });

  it('still tells a participant what participants may know', async () => {
    for (const name of serviceNames) answers[name] = () => problem(403, 'forbidden');
    const { code, stdout } = await ran('status');
    expect(code).toBe(0);
    expect(stdout).toContain('Power        mains');
    expect(stdout).toMatch(/^policy +not for this role/m);
  });
});

const letter: DeadLetter = {
  ...{
    id: '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4d',
    service: 'policy',
    source: 'vm-lifecycle',
    reader: 'vm-lifecycle',
    position: 7,
  },
  ...{ subject: 'vm/104', type: 'vm.moved', error: 'no \u001b[31msuch node', attempts: 1 },
  since: '2026-11-22T11:00:00.000Z',
};

describe('dead-letters', () => {
  beforeEach(() => {
    answers['ups-monitor'] = answers['vm-lifecycle'] = () => list([]);
    answers.policy = (rest) =>
      rest === 'dead-letters' ? list([letter]) : { body: { subject: 'vm/104', applied: 2 } };
  });

  it('lists what no service could apply, with control characters made visible', async () => {
    const { code, stdout } = await ran('dead-letters');
    expect(code).toBe(0);
    expect(stdout).toMatch(/vm-lifecycle +7 +vm\/104 +vm\.moved .* 1 +no .+such node/);
    expect(stdout).not.toContain('\u001b');
    expect(JSON.parse((await ran('dead-letters', '--service', 'policy', '--json')).stdout)).toEqual([letter]);
  });

  it('replays at the service that has it', async () => {
    const { code, stdout } = await ran('dead-letters', 'replay', letter.id);
    expect({ code, stdout }).toEqual({
      ...{ code: 0, stdout: 'policy applied 2 events of vm/104; nothing of it is parked any more.\n' },
    });
    expect(server.asked.at(-1)).toMatchObject({
      ...{ method: 'POST', path: `/api/v1/policy/dead-letters/${letter.id}/replay` },
    });
  });

  it('knows when nobody has it', async () => {
    const { code, stderr } = await ran('dead-letters', 'replay', 'other');
    expect(code).toBe(1);
    expect(stderr).toContain('there is no dead letter other');
  });
});

describe('export', () => {
  const token: Token & { secret: string } = {
    ...{ id: 't1', name: 'grafana', role: 'board', created: '2026-11-22T12:00:00.000Z' },
    ...{ createdBy: 'local:root', secret: 'hm_never' },
  };

  it('writes nothing when a register cannot be had: half must not pass for all', async () => {
    const dir = await tempDir('export');
    answers['vm-lifecycle'] = () => problem(404, 'not-found');
    const out = join(dir.path, 'space.json');
    const { code, stderr, stdout } = await ran('export', '--out', out);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('vm-lifecycle not served here: give the --url of the reverse proxy');
    await expect(readFile(out)).rejects.toThrow('ENOENT');
    await dir.remove();
  });

  it('leaves out what its format does not name, such as a secret', async () => {
    space.lists.tokens = [token];
    const { code, stdout } = await ran('export');
    expect(code).toBe(0);
    expect(stdout).not.toContain('hm_never');
    const { secret: _, ...told } = token;
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ format: 'huismeester-export/1', site: { id: 'hack' }, tokens: { items: [told] } },
      rules: { items: [{ clause: 'CORE-1' }, { clause: 'SPACE-3' }] },
    });
  });
});
