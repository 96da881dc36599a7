import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { startServer } from './server.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const exec = promisify(execFile);

it('runs as a program, from anywhere', async () => {
  const server = await startServer(() => ({ body: { results: [], next: null, count: 0 } }));
  try {
    const { stdout } = await exec(process.execPath, [main, 'vms', '--json', '--socket', server.socket], {
      cwd: '/',
    });
    expect(stdout).toBe('[]\n');
  } finally {
    await server.close();
  }
});

it('answers a socket that is not there with code 2', async () => {
  const ended = exec(process.execPath, [main, 'vms', '--socket', '/nowhere/h.sock']);
  await expect(ended).rejects.toMatchObject({ code: 2, stdout: '' });
});
