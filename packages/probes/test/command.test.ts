import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type TempDir, tempDir, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookOnce } from './look-once.ts';

const shell = (script: string, deadline = '5s', signal?: AbortSignal) =>
  lookOnce('command', { command: ['/bin/sh', '-c', script], deadline }, signal && { signal });

describe('a command', () => {
  let dir: TempDir;

  beforeAll(async () => {
    dir = await tempDir('command');
  });
  afterAll(() => dir.remove());

  it.each([
    [0, { outcome: 'up', latencyMs: expect.any(Number), answered: true }],
    [
      1,
      {
        outcome: 'degraded',
        defect: 'command',
        detail: 'exit 1',
        latencyMs: expect.any(Number),
        answered: true,
      },
    ],
    [
      2,
      {
        outcome: 'down',
        reason: 'wrong-answer',
        detail: 'exit 2',
        latencyMs: expect.any(Number),
        answered: true,
      },
    ],
    [3, { outcome: 'unknown', detail: 'exit 3', answered: false }],
    [77, { outcome: 'unknown', detail: 'exit 77', answered: false }],
  ])('that ends with %i', async (exit, look) => {
    expect(await shell(`echo secret; exit ${exit}`)).toEqual(look);
  });

  it('that a signal ends is unknown', async () => {
    expect(await shell('kill -9 $$')).toEqual({ outcome: 'unknown', detail: 'SIGKILL', answered: false });
  });

  it('that cannot be run is unknown', async () => {
    const file = join(dir.path, 'not-executable');
    await writeFile(file, '#!/bin/sh\n', { mode: 0o644 });
    const unknown = { outcome: 'unknown', reason: 'not-allowed-here', answered: false };
    expect(await lookOnce('command', { command: [file] })).toEqual({ ...unknown, detail: 'EACCES' });
    expect(await lookOnce('command', { command: ['/nowhere'] })).toEqual({ ...unknown, detail: 'ENOENT' });
  });

  it('that does not end is killed at the deadline, with its children', async () => {
    const file = join(dir.path, 'pids');
    const look = await shell(`trap '' TERM; sleep 600 & echo $$ $! > ${file}; wait; sleep 600`, '1s');
    expect(look).toMatchObject({
      outcome: 'unknown',
      reason: 'not-allowed-here',
      detail: 'no end within 1s',
    });
    const pids = (await readFile(file, 'utf8')).trim().split(' ').map(Number);
    expect(pids).toHaveLength(2);
    await waitFor('none of them runs', async () => !(await Promise.all(pids.map(runs))).includes(true));
  });

  it('may clean up before it is killed', async () => {
    const file = join(dir.path, 'cleaned');
    await shell(
      `trap 'echo cleaned > ${file}; exit' TERM; echo begun > ${file}; while :; do sleep 0.01; done`,
      '1s',
    );
    expect(await readFile(file, 'utf8')).toBe('cleaned\n');
  });

  it('is killed when the look is stopped', async () => {
    const stop = new AbortController();
    const looking = shell('sleep 600', '600s', stop.signal);
    stop.abort();
    expect(await looking).toEqual({ outcome: 'unknown', detail: 'stopped', answered: false });
  });

  it('gets nothing of our environment that may be secret', async () => {
    process.env.HUISMEESTER_TEST_SECRET = 'secret';
    expect(await shell('test -z "$HUISMEESTER_TEST_SECRET" && test -n "$PATH"')).toMatchObject({
      outcome: 'up',
    });
    delete process.env.HUISMEESTER_TEST_SECRET;
  });
});

/** The wrapper around eapol_test in docs/space.example.yaml, with a program in that one's place. */
describe('the wrapper around eapol_test', () => {
  const example = fileURLToPath(new URL('../../../docs/space.example.yaml', import.meta.url));
  let dir: TempDir;
  let wrapper: string;

  beforeAll(async () => {
    dir = await tempDir('eapol');
    const commented = /^ {2}# {3}#!\/bin\/sh\n(?: {2}# {3}.*\n)+/m.exec(await readFile(example, 'utf8'));
    wrapper = (commented?.[0] ?? '').replaceAll(/^ {2}# {3}/gm, '');
  });
  afterAll(() => dir.remove());

  const lookWith = async (program: string, script = wrapper) => {
    const file = join(dir.path, 'spacenet-login');
    await writeFile(file, script, { mode: 0o755 });
    await writeFile(join(dir.path, 'eapol_test'), `#!/bin/sh\n${program}\n`, { mode: 0o755 });
    return lookOnce('command', { command: ['/usr/bin/env', `PATH=${dir.path}:${process.env.PATH}`, file] });
  };

  it.each([
    ['accepts', 'exit 0', { outcome: 'up' }],
    ['fails by itself', 'exit 1', { outcome: 'down', reason: 'wrong-answer' }],
    ['is rejected', 'exit 253', { outcome: 'down', reason: 'wrong-answer' }],
    ['gets no answer', 'exit 254', { outcome: 'down', reason: 'wrong-answer' }],
    ['cannot read its settings', 'exit 255', { outcome: 'unknown' }],
  ])('of one that %s', async (_what, program, look) => {
    expect(await lookWith(program)).toMatchObject(look);
  });

  it('of one that hangs', async () => {
    const limits = /timeout (\d+) eapol_test/.exec(wrapper);
    expect(Number(limits?.[1])).toBeLessThan(5);
    const look = await lookWith('exec sleep 600', wrapper.replace('timeout 4', 'timeout 0.2'));
    expect(look).toMatchObject({ outcome: 'down', reason: 'wrong-answer' });
  });
});

/** Not one that ended, and that init has not reaped yet. */
async function runs(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/\) [ZX] /.test(stat);
}
