import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Rule } from '@huismeester/contracts';
import { startChild, tempDirWithDatabase, waitFor } from '@huismeester/testkit';
import { expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const main = fileURLToPath(new URL('../../../deploy/standalone/src/main.ts', import.meta.url));

it('the demo plays a power cut and its end; what a person disarmed stays so when it starts again', async () => {
  const dir = await tempDirWithDatabase('demo');
  await mkdir(join(dir.path, 'var/demo'), { recursive: true });
  await rename(join(dir.path, 'db'), join(dir.path, 'var/demo/db'));
  const ran = (...args: string[]) => runCli(args, { cwd: dir.path, root: dir.path });
  const json = async <Value>(...args: string[]): Promise<Value> => {
    const { code, stdout, stderr } = await ran(...args, '--json');
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout);
  };
  const modes = async () =>
    (await json<Rule[]>('rules')).map(({ rule, clause, mode }) => `${rule}/${clause} ${mode}`);
  const start = async () => {
    const child = await startChild({
      name: 'the demo',
      command: process.execPath,
      args: [main],
      cwd: dir.path,
    });
    const welcomed = () => child.output().includes('API and its pages');
    await child.ready('it says where it is', welcomed, { timeoutMs: 120_000 });
    return child;
  };
  const power = (stage: RegExp) =>
    waitFor(`power: ${stage}`, async () => stage.test((await ran('status')).stdout), { everyMs: 200 });

  let demo = await start();
  try {
    expect(await modes()).toEqual((await modes()).map((each) => each.replace('dry-run', 'enforce')));
    expect(await ran('demo', 'power-cut', '--ups', 'attic')).toMatchObject({ code: 1, stdout: '' });
    const cut = await ran('demo', 'power-cut', '--ups', 'rack');
    expect(cut).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The power is cut\. /) });
    await power(/^Power +(?!mains|unknown)\S+\n {2}rack: /m);
    expect((await ran('demo', 'mains-back')).stdout).toMatch(/^Mains is back\. /);
    await power(/^rack +on-mains/m);

    expect((await ran('dry-run', 'power/CORE-1')).code).toBe(0);
    const disarmed = await modes();
    expect(disarmed).toContain('power/CORE-1 dry-run');
    await demo.stop({ signal: 'SIGKILL' });
    demo = await start();
    expect(await modes()).toEqual(disarmed);
  } finally {
    await demo.stop({ signal: 'SIGKILL' });
    await dir.remove();
  }
}, 300_000);
