import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { systemClock } from '@huismeester/clock';
import { type TempDir, tempDir, waitFor } from '@huismeester/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '../src/index.ts';
import { createListeners, type Listeners } from '../src/listeners/listeners.ts';
import { ask } from './sample/ask.ts';

const megabytes = 'x'.repeat(8_000_000);
let dir: TempDir;
let listeners: Listeners | undefined;
const sockets: Socket[] = [];

beforeEach(async () => {
  dir = await tempDir('listeners');
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await listeners?.close();
  await dir.remove();
});

/** Somebody who asks for much and does not read it; answers how many of our connections are left. */
async function hanging(stillMs: number) {
  let connections = 0;
  listeners = createListeners(
    { host: '127.0.0.1', port: 0, socket: join(dir.path, 'hm.sock'), setting: 'http', stillMs },
    (request, response) => {
      if (request.url === '/little') return response.end('little');
      connections += 1;
      request.socket.once('close', () => {
        connections -= 1;
      });
      return response.end(megabytes);
    },
    { clock: systemClock, logger: createLogger({ level: 'silent' }) },
  );
  const url = await listeners.open();
  const socket = connect(Number(new URL(url).port), '127.0.0.1').pause();
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write('GET /much HTTP/1.1\r\nHost: here\r\n\r\n');
  await waitFor('it is answered', () => connections === 1);
  return { url, left: () => connections };
}

test('who does not read an answer is left after a while, and others are answered meanwhile', async () => {
  const { url, left } = await hanging(500);
  expect(await ask(`${url}/little`)).toMatchObject({ status: 200 });
  await waitFor('its connection is closed', () => left() === 0);
  expect(await ask(`${url}/little`)).toMatchObject({ status: 200 });
});

test('who does not read an answer does not hold up the end for long', async () => {
  const { left } = await hanging(60_000);
  await listeners?.close();
  listeners = undefined;
  await waitFor('its connection is closed', () => left() === 0);
});
