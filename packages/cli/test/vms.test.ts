import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir, waitFor } from '@huismeester/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Answer, answering, list, problem } from './answering.ts';
import { startCli } from './run-cli.ts';

const at = '2026-11-22T12:00:00.000Z';
const lisa = 'edb9ec84-abcb-444d-8171-1bb35d2c4cbe';
const daan = '948284a2-9d7b-4775-8ac6-5d9d5da82ed9';
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';

const vm = (id: string, name: string, more: object = {}) => ({
  id,
  hypervisor: 'pve',
  vmid: Number(id),
  kind: 'qemu',
  name,
  class: 'participant',
  pool: 'deelnemers',
  node: 'pve1',
  status: 'running',
  ...more,
});
const vms = [
  vm('104', 'wiki', { mine: true }),
  vm('105', 'wiki'),
  vm('106', 'games', { offered: true }),
  vm('107', 'old', { unclaimed: true }),
];

const creation = (steps: readonly string[], more: object = {}) => ({
  id: 'c1',
  owner: lisa,
  name: 'my-server',
  hypervisor: 'pve',
  vm: '904',
  vmid: 904,
  template: 'debian-13',
  kind: 'qemu',
  cores: 1,
  memory_mib: 1536,
  disk_gib: 10,
  step: steps.at(-1),
  steps: steps.map((step, index) => ({ step, at: new Date(Date.parse(at) + index * 4000).toISOString() })),
  ready: false,
  ...more,
});
const amounts = { vms: 1, cores: 2, memory_mib: 2048, disk_gib: 20 };
const quota = {
  person: lisa,
  allowed: { vms: 3, cores: 4, memory_mib: 8192, disk_gib: 80 },
  used: amounts,
  vms: [{ vm: '104', running: true, cores: 2, memory_mib: 2048, disk_gib: 20 }],
};
const me = { name_in_log: `person:${lisa}`, person: lisa, uid: 'lisa', roles: ['participant'] };
const lease = {
  lease: '104-1f3c9a2b',
  vm: '104',
  number: 1,
  owner: lisa,
  started: at,
  ends: at,
  renewals: 0,
  plannedStop: '2026-12-06T17:00:00.000Z',
  state: 'running',
  why: 'it ends',
};
const act = (what: string, more: object = {}) => ({
  id: '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4d',
  vm: '104',
  act: what,
  by: 'person:x',
  state: 'under-way',
  requested: at,
  ...more,
});

/** A Huismeester whose answers to some paths are these, in turn and then the last one again. */
function server(own: Readonly<Record<string, Answer | readonly Answer[]>> = {}) {
  const answered = new Map<string, number>();
  return answering((path, method = 'GET') => {
    const line = `${method} ${path.replace(/\?.*/, '').replace('/api/v1', '')}`;
    const given = own[line];
    if (given !== undefined) {
      const answers: readonly Answer[] = Array.isArray(given) ? given : [given];
      const turn = answered.get(line) ?? 0;
      answered.set(line, turn + 1);
      return answers[Math.min(turn, answers.length - 1)] ?? {};
    }
    if (line === 'GET /vms') return list(...vms);
    if (line === 'GET /creations') return list();
    if (line === 'GET /leases') return list(lease);
    if (line === 'GET /quota') return { body: quota };
    if (line === 'GET /people') return problem(403, 'forbidden');
    if (line === 'GET /me') return { body: me };
    return problem(404, 'no-such-route');
  });
}

async function keyFile(): Promise<string> {
  const dir = await tempDir('vms');
  onTestFinished(() => dir.remove());
  const file = join(dir.path, 'id.pub');
  await writeFile(file, `# of lisa\r\n\r\n${key} lisa@laptop\r\n`);
  return file;
}

describe('vm create', () => {
  const steps = ['planned', 'cloning', 'configuring', 'starting', 'waiting-for-address'];
  const done = creation([...steps, 'done'], {
    ready: true,
    address: '10.0.3.17',
    ssh: 'ssh debian@10.0.3.17',
  });

  it('sends what was asked once, says each step on a line, and ends with how to log in', async () => {
    const { ran, asked } = await server({
      'POST /vms': { status: 202, body: creation(['planned']) },
      'GET /creations/c1': [
        { body: creation(steps.slice(0, 2), { error: 'the template is locked' }) },
        { body: creation(steps.slice(0, 2)) },
        { body: done },
      ],
    });
    const file = await keyFile();
    const args = ['vm', 'create', 'my-server', '--template', 'debian-13', '--size', 'm', '--key', file];
    const { code, stdout } = await ran(args);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual([
      'my-server is being made as VM 904, of debian-13: 1 core, 1.5 GiB, 10 GiB.',
      '    0 s  it waits for its turn',
      '    4 s  copying the template',
      '         waits: the template is locked',
      '    8 s  setting size, keys and network',
      '   12 s  starting it',
      '   16 s  waiting for its address',
      'ssh debian@10.0.3.17',
    ]);
    const sent = asked.filter(({ method }) => method === 'POST');
    expect(sent).toMatchObject([
      { path: '/api/v1/vms', body: { name: 'my-server', template: 'debian-13', size: 'm', keys: [key] } },
    ]);
  });

  it('speaks Dutch, and in JSON says the end alone', async () => {
    const answers = {
      'POST /vms': { status: 202, body: creation(['planned']) },
      'GET /creations/c1': { body: done },
    };
    const { ran } = await server(answers);
    const args = ['vm', 'create', 'my-server', '--template', 'debian-13'];
    expect((await ran([...args, '--lang', 'nl'])).stdout).toContain('het template wordt gekopieerd');
    const { stdout } = await ran([...args, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ address: '10.0.3.17' });
  });

  it('takes numbers in place of a size, all three of them', async () => {
    const { ran, asked } = await server({ 'POST /vms': { status: 202, body: done } });
    const args = ['vm', 'create', 'x', '--template', 'debian-13', '--cores', '2', '--memory', '3GiB'];
    expect((await ran(args)).code).toBe(64);
    expect((await ran([...args, '--disk', '12GiB'])).code).toBe(0);
    const sent = asked.filter(({ method }) => method === 'POST');
    expect(sent).toMatchObject([{ body: { size: { cores: 2, memory: '3072MiB', disk: '12GiB' } } }]);
  });

  it('goes on without who stops looking, and says how to look', async () => {
    const { url } = await server({
      'POST /vms': { status: 202, body: creation(['planned']) },
      'GET /creations/c1': { body: creation(['planned', 'cloning']) },
    });
    const running = startCli(['vm', 'create', 'my-server', '--template', 'debian-13', '--url', url]);
    await waitFor('its progress', () => running.stdout().includes('copying'));
    running.stop();
    const { code, stdout } = await running.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('huismeester vm follow c1');
  });

  it('fails with what failed, and what one can do', async () => {
    const failed = creation(['planned', 'cloning', 'cleaning-up', 'failed'], {
      ready: true,
      failure: 'storage-full',
      error: 'no space left on storage local-lvm',
      hint: 'ask the infrateam',
    });
    const { ran } = await server({ 'POST /vms': { status: 202, body: failed } });
    const { code, stderr } = await ran(['vm', 'create', 'my-server', '--template', 'debian-13']);
    expect(code).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual([
      'my-server could not be made: no space left on storage local-lvm',
      '  ask the infrateam',
      'Try it again: `huismeester vm retry c1`. Or leave it: `huismeester vm give-up c1`.',
    ]);
  });

  it('is refused with the clause, and what is allowed', async () => {
    const errors = [{ field: 'cores', found: 'used 2, asked 4', allowed: '4 cores; stop one of 104 (wiki)' }];
    const { ran } = await server({
      'POST /vms': problem(409, 'quota-exceeded', { clause: 'PART-2', errors }),
    });
    const { code, stderr } = await ran(['vm', 'create', 'x', '--template', 'debian-13', '--size', 'l']);
    expect(code).toBe(1);
    expect(stderr).toContain('clause: PART-2');
    expect(stderr).toContain('allowed: 4 cores; stop one of 104 (wiki)');
  });

  it('never sends a private key', async () => {
    const { ran, asked } = await server();
    const dir = await tempDir('vms');
    onTestFinished(() => dir.remove());
    const file = join(dir.path, 'id');
    await writeFile(file, '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n');
    const { code, stderr } = await ran(['vm', 'create', 'x', '--template', 'd', '--key', file]);
    expect({ code, asked }).toEqual({ code: 1, asked: [] });
    expect(stderr).toContain('private key');
    expect(readFileSync(file, 'utf8')).toContain('abc');
    expect(stderr).not.toContain('abc');
  });
});

describe('vm list', () => {
  it('shows one’s own, those being made, and those that are offered', async () => {
    const waiting = creation(['planned', 'failed'], { ready: true, error: 'no space left' });
    const { ran } = await server({ 'GET /creations': list(waiting, { ...waiting, owner: daan, id: 'c2' }) });
    const { stdout } = await ran(['vm', 'list']);
    expect(stdout).toMatch(/^104 +wiki +running +2 +2 GiB +20 GiB +2026-12-06 /m);
    expect(stdout).toMatch(/^106 +games +offered to you .*vm accept games/m);
    expect(stdout).toMatch(/^904 +my-server +not made .*no space left; .*vm follow c1/m);
    expect(stdout).not.toMatch(/^(105|107) /m);
    expect(stdout.match(/my-server/g)).toHaveLength(1);
  });
});

describe('a name of several VMs', () => {
  it('is one’s own; else an id is asked for', async () => {
    const console_ = { body: { url: 'https://10.0.0.2:8006/?console=kvm' } };
    const { ran, asked } = await server({ 'GET /vms/104/console': console_ });
    expect(await ran(['vm', 'console', 'wiki'])).toMatchObject({ code: 0, stdout: `${console_.body.url}\n` });
    expect(asked.at(-1)?.path).toBe('/api/v1/vms/104/console');
    const others = await server({ 'GET /vms': list(vm('1', 'x'), vm('2', 'x')) });
    const { code, stderr } = await others.ran(['vm', 'console', 'x']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '2 VMs are called x: say which of 1, 2\n' });
  });
});

describe('what is asked of a VM', () => {
  it('is looked at until it is done', async () => {
    const { ran, asked } = await server({
      'POST /vms/104/acts': { status: 202, body: act('resize') },
      [`GET /acts/${act('resize').id}`]: [
        { body: act('resize', { waiting: 'it is locked (backup)' }) },
        { body: act('resize', { state: 'done', more: 'it takes effect at the next start' }) },
      ],
    });
    const { code, stdout } = await ran(['vm', 'resize', '104', '--cores', '3']);
    expect(code).toBe(0);
    expect(stdout).toBe(
      'wiki is being resized.\n  it is locked (backup)\nwiki is resized.\n  it takes effect at the next start\n',
    );
    const [sent] = asked.filter(({ method }) => method === 'POST');
    expect(sent?.body).toEqual({ act: 'resize', size: { cores: 3 } });
    expect((await ran(['vm', 'resize', '104'])).code).toBe(64);
  });

  it('fails as it failed', async () => {
    const { ran } = await server({
      'POST /vms/104/acts': { status: 202, body: act('start') },
      [`GET /acts/${act('start').id}`]: { body: act('start', { state: 'failed', error: 'no space' }) },
    });
    expect(await ran(['vm', 'start', '104'])).toMatchObject({
      code: 1,
      stderr: 'it did not work with wiki: no space\n',
    });
  });

  it.each(['stop', 'delete'])('%s takes its name, typed once more', async (what) => {
    const { ran, asked } = await server({
      'POST /vms/104/acts': { status: 202, body: act(what) },
      [`GET /acts/${act(what).id}`]: { body: act(what, { state: 'done' }) },
    });
    const posts = () => asked.filter(({ method }) => method === 'POST').map(({ body }) => body);
    const { code, stderr } = await ran(['vm', what, '104']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(`huismeester vm ${what} wiki --name wiki`),
    });
    expect((await ran(['vm', what, '104'], { ask: async () => 'wikki' })).code).toBe(1);
    expect(posts()).toEqual([]);
    let question = '';
    const ask = async (text: string) => {
      question = text;
      return 'wiki';
    };
    expect((await ran(['vm', what, '104'], { ask })).code).toBe(0);
    expect(question).toContain('(wiki)');
    expect((await ran(['vm', what, '104', '--name', 'wiki'])).code).toBe(0);
    expect(posts()).toEqual([
      { act: what, name: 'wiki' },
      { act: what, name: 'wiki' },
    ]);
  });
});

describe('whose a VM is', () => {
  const owner = { vm: '104', owner: lisa };

  it('is offered by login name to whom one may not look up, and by id, and accepted, declined and withdrawn', async () => {
    const { ran, asked } = await server({
      'POST /vms/104/owner': { body: { ...owner, offer: { to: daan, by: 'x', since: at } } },
      'POST /vms/106/owner/acceptance': { body: { vm: '106', owner: lisa } },
      'DELETE /vms/106/owner/offer': { status: 204 },
    });
    expect((await ran(['vm', 'hand-over', '104', 'daan.x'])).stdout).toContain('offered to daan.x');
    expect(asked.at(-1)).toMatchObject({ method: 'POST', body: { person: 'daan.x' } });
    expect((await ran(['vm', 'hand-over', '104', `person:${daan}`])).code).toBe(0);
    expect(asked.at(-1)).toMatchObject({ method: 'POST', body: { person: daan } });
    expect((await ran(['vm', 'accept', 'games'])).stdout).toContain('games is yours now');
    expect((await ran(['vm', 'decline', 'games'])).code).toBe(0);
    expect((await ran(['vm', 'withdraw', 'games'])).code).toBe(0);
  });

  it('is nobody’s of those that are unclaimed', async () => {
    const { ran } = await server();
    const { stdout } = await ran(['vm', 'unclaimed']);
    expect(stdout).toContain('107');
    expect(stdout).not.toContain('104');
  });
});

describe('lists', () => {
  it('quota says what is left', async () => {
    const { ran } = await server();
    expect((await ran(['quota'])).stdout).toMatch(/^memory +2 GiB +8 GiB +6 GiB$/m);
    expect((await ran(['quota', '--lang', 'nl'])).stdout).toMatch(/^geheugen +2 GiB +8 GiB +6 GiB$/m);
  });

  it('templates and drift are tables', async () => {
    const { ran } = await server({
      'GET /templates': list({
        id: 'debian-13',
        name: 'Debian 13',
        hypervisor: 'pve',
        kind: 'lxc',
        user: 'root',
        disk_gib: 4,
      }),
      'GET /drift': list({
        vm: '104',
        what: 'memory',
        ours: '2048 MiB',
        acts: 'owner',
        what_to_do: 'Resize it',
      }),
    });
    expect((await ran(['templates'])).stdout).toMatch(/^debian-13 +container +root +4 GiB +pve +Debian 13$/m);
    expect((await ran(['drift'])).stdout).toMatch(/^104 +memory +2048 MiB +- +its owner +Resize it$/m);
  });
});
