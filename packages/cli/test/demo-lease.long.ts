import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Creation, DemoMail, Vm } from '@huismeester/contracts';
import { type Child, startChild, type TempDir, tempDirWithDatabase, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const main = fileURLToPath(new URL('../../../deploy/standalone/src/main.ts', import.meta.url));
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
const threeMinutesMs = 180_000;

describe('a lease in the demo', { timeout: 300_000 }, () => {
  let dir: TempDir;
  let demo: Child | undefined;
  const ran = (...args: string[]) => runCli(args, { cwd: dir.path, root: dir.path, now: () => new Date() });
  const json = async <Value>(...args: string[]): Promise<Value> => {
    const { code, stdout, stderr } = await ran(...args, '--json');
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout);
  };
  const vm = async (id: string) => (await json<Vm[]>('vms')).find((each) => each.id === id);
  const mailsToLisa = async () =>
    (await json<DemoMail[]>('demo', 'mails')).filter(({ to }) => to.includes('lisa@demo.example'));

  beforeAll(async () => {
    dir = await tempDirWithDatabase('demo-lease');
    await mkdir(join(dir.path, 'var/demo'), { recursive: true });
    await rename(join(dir.path, 'db'), join(dir.path, 'var/demo/db'));
    await writeFile(join(dir.path, 'id.pub'), `${key}\n`);
    demo = await startChild({ name: 'the demo', command: process.execPath, args: [main], cwd: dir.path });
    const welcomed = () => demo?.output().includes('API and its pages') ?? false;
    await demo.ready('it says where it is', welcomed, { timeoutMs: 120_000 });
  });
  afterAll(async () => {
    await demo?.stop({ signal: 'SIGKILL' });
    await dir.remove();
  });

  it('gives people what is theirs', async () => {
    await waitFor('daan has the VM that is off, and lisa is offered one', async () => {
      const { stdout } = await ran('vm', 'list', '--as', 'daan');
      expect(stdout).toMatch(/^123 +old-experiment +off /m);
      expect((await ran('vm', 'list', '--as', 'lisa')).stdout).toMatch(/^120 +docker-lessons +offered/m);
      return true;
    });
    expect((await ran('vm', 'unclaimed')).stdout).toContain('121');
  });

  it('plays whole within three minutes: made, both warnings, off, and nothing else with it', async () => {
    const create = [
      'vm',
      'create',
      'my-server',
      '--template',
      'debian-13',
      '--key',
      'id.pub',
      '--as',
      'lisa',
    ];
    const made = await json<Creation>(...create);
    expect(made).toMatchObject({ step: 'done', ssh: expect.stringMatching(/^ssh debian@/) });
    const began = performance.now();
    await waitFor('its lease ended', async () => (await vm(made.vm))?.status === 'stopped', {
      timeoutMs: threeMinutesMs,
      everyMs: 500,
    });
    expect(performance.now() - began).toBeLessThan(threeMinutesMs);
    const warnings = await mailsToLisa();
    expect(warnings).toHaveLength(2);
    for (const { text } of warnings) {
      expect(text).toContain('PART-4');
      expect(text).toContain(`huismeester vm renew ${made.vm}`);
    }
    expect((await ran('why', made.vm)).stdout).toContain('PART-4');
    // Who has no owner has no lease: a power cut finds them as ever.
    for (const id of ['120', '121', '122']) expect((await vm(id))?.status).toBe('running');
  });
});
