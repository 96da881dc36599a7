import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type TempDir, tempDirWithDatabase, waitFor } from '@huismeester/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask } from './sample/ask.ts';

let dir: TempDir;
beforeAll(async () => {
  dir = await tempDirWithDatabase('proc');
});
afterAll(() => dir.remove());

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** Starts a script of `sample/` as a process of its own. */
function start(script: string, ...args: string[]) {
  const file = fileURLToPath(new URL(`sample/${script}`, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  ends.push(() => child.kill('SIGKILL'));
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.err += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const says = (text: string) =>
    waitFor(`"${text}" in the log`, () => output.out.includes(text), { timeoutMs: 50_000 });
  return { child, output, ended, says };
}

describe('a signal', () => {
  test.each([
    ['closes', 0, 'closed'],
    ['fails', 1, 'part did not close well'],
    ['hangs', 1, 'part does not close; ending without it'],
  ])('to a process whose part %s ends it with %i', async (kind, code, message) => {
    const { child, output, ended, says } = start('hanging.ts', kind);
    await says('"up"');
    child.kill('SIGTERM');
    expect(await ended).toBe(code);
    expect(output.out).toContain(message);
    expect(output.out.includes('"part":"second"')).toBe(kind !== 'closes');
    expect(output.out.includes('first closed')).toBe(kind !== 'hangs');
  });

  test('for the second time does not wait', async () => {
    const { child, output, ended, says } = start('hanging.ts', 'hangs');
    await says('"up"');
    child.kill('SIGINT');
    await says('closing');
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(output.out).not.toContain('does not close');
  });
});

test('a rejection that nobody handled is logged and ends the process', async () => {
  const { output, ended } = start('hanging.ts', 'rejects');
  expect(await ended).toBe(1);
  expect(output.out).toContain('nobody caught this');
});

describe('a service alone', () => {
  test('says all that is wrong with its settings, and ends', async () => {
    const file = join(dir.path, 'wrong.yaml');
    await writeFile(file, 'site: { id: "-", name: a }\nbroker: { embedded: {} }\n');
    const { output, ended } = start('main.ts', '--config', file);
    expect(await ended).toBe(1);
    expect(output.err.trim().split('\n')).toEqual([
      `${file}:1: site.id: found "-", allowed: a-z, 0-9 and single dashes`,
      `${file}:1: database: found nothing, allowed: a mapping with url, or a mapping with embedded`,
    ]);
  });

  test('runs until it is told to end', async () => {
    const file = join(dir.path, 'space.yaml');
    const socket = join(dir.path, 'h.sock');
    await writeFile(
      file,
      `site: { id: a, name: A }
http: { port: 0, socket: ${socket} }
broker: { embedded: { port: 0 } }
database: { embedded: { dir: ${join(dir.path, 'db')} }, acceptPowerLossRisk: true }
`,
    );
    const { child, output, ended, says } = start('main.ts', '--config', file);
    await says('"running"');
    await waitFor('the token', () => output.err.includes('hm_'));
    const [, token = ''] = /: (hm_\S+)\n/.exec(output.err) ?? [];
    expect(output.out).not.toContain(token);
    const answer = await ask('http://local/api/v1/sample/administrator', { socket });
    expect(answer.status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(output.out).toContain('"closed"');
    await expect(ask('http://local/', { socket })).rejects.toThrow('ENOENT');
  });
});
