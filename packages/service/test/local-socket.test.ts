import { mkdir, stat, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { startChild, type TempDir, tempDir } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLocalSocket } from '../src/listeners/local-socket.ts';
import { ask } from './sample/ask.ts';

let dir: TempDir;
beforeAll(async () => {
  dir = await tempDir('sock');
});
afterAll(() => dir.remove());

const isListening = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path, () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.unref().on('connect', () => socket.destroy());
  });

const hello: RequestListener = (_, response) => response.end('hello');

test('makes its directory, and a file for its own user alone', async () => {
  const path = join(dir.path, 'a', 'b', 's.sock');
  const socket = await openLocalSocket(path, hello);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await ask('http://local/', { socket: path })).body).toBe('hello');
  await socket.close();
});

test('replaces what a killed process left', async () => {
  const path = join(dir.path, 'stale.sock');
  const script = `require('node:net').createServer().listen(${JSON.stringify(path)})`;
  const child = await startChild({ command: process.execPath, args: ['-e', script] });
  // The file is there from bind(2); before listen(2) it answers like one left behind.
  await child.ready('the socket', () => isListening(path));
  await expect(openLocalSocket(path, hello)).rejects.toThrow(/another process listens on .*stale\.sock/);
  await child.stop({ signal: 'SIGKILL' });
  expect((await stat(path)).isSocket()).toBe(true);
  const socket = await openLocalSocket(path, hello);
  expect((await ask('http://local/', { socket: path })).body).toBe('hello');
  await expect(openLocalSocket(path, hello)).rejects.toMatchObject({ code: 'local-socket' });
  expect((await ask('http://local/', { socket: path })).status).toBe(200);
  await socket.close();
});

test('leaves alone what is no socket', async () => {
  const path = join(dir.path, 'notes.txt');
  await writeFile(path, 'precious');
  await expect(openLocalSocket(path, hello)).rejects.toThrow('is no socket');
  expect((await stat(path)).size).toBe(8);
});

test('says which setting when it cannot be made', async () => {
  const path = join(dir.path, 'file', 's.sock');
  await writeFile(join(dir.path, 'file'), '');
  await expect(openLocalSocket(path, hello)).rejects.toMatchObject({
    code: 'local-socket',
    message: `http.socket: ${path} cannot be made (EEXIST); choose a path in a directory that this user may write to`,
  });
});

test('refuses a path that the kernel would cut off', async () => {
  const path = join(dir.path, 'x'.repeat(104 - dir.path.length));
  await mkdir(dir.path, { recursive: true });
  await expect(openLocalSocket(path, hello)).rejects.toThrow(/has 105 bytes, allowed: at most 104/);
  const longest = path.slice(0, 104);
  await (await openLocalSocket(longest, hello)).close();
});
