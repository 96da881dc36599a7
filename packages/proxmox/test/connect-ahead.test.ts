import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { waitFor } from '@huismeester/testkit';
import { afterEach, expect, it } from 'vitest';
import { createProxmox, type Proxmox } from '../src/index.ts';
import { closeAll, failureOf, operate, simulated, vm } from './simulated.ts';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await closeAll();
});

/** A server that answers every request with a UPID, and shows its connections. */
async function server(): Promise<{ sockets: TLSSocket[]; requests: () => number; proxmox: Proxmox }> {
  const { simulator } = await simulated();
  const sockets: TLSSocket[] = [];
  let requests = 0;
  const answer = JSON.stringify({
    data: 'UPID:pve1:0000F1A3:0001E2B4:692B0000:qmshutdown:100:huismeester@pve!operate:',
  });
  const listening = createServer(simulator.certificate, (socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => {
      requests += 1;
      socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ${answer.length}\r\n\r\n${answer}`);
    });
  });
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const proxmox = createProxmox({
    url: `https://127.0.0.1:${port}`,
    token: operate,
    fingerprints: [simulator.fingerprint],
  });
  closing.push(
    // A test may have closed it itself.
    () => proxmox.close().catch(() => undefined),
    async () => listening.close(),
  );
  return { sockets, requests: () => requests, proxmox };
}

it('an act goes out on the connection that was made for it, each on one of its own', async () => {
  const { sockets, requests, proxmox } = await server();
  proxmox.prepareAct();
  await waitFor('the connection', () => sockets.length === 1);
  expect(requests()).toBe(0);
  await proxmox.shutdownGuest('pve1', 'qemu', 100);
  expect([sockets.length, requests()]).toEqual([1, 1]);
  await proxmox.shutdownGuest('pve1', 'qemu', 100);
  expect([sockets.length, requests()]).toEqual([2, 2]);
});

it('a connection that nobody uses is closed within two seconds, and the next act makes its own', async () => {
  const { sockets, requests, proxmox } = await server();
  proxmox.prepareAct();
  await waitFor('the connection', () => sockets.length === 1);
  await waitFor('its end', () => sockets[0]?.destroyed, { timeoutMs: 10_000 });
  await proxmox.startGuest('pve1', 'qemu', 100);
  expect([sockets.length, requests()]).toEqual([2, 1]);
});

it('a connection that the client closes with goes too', async () => {
  const { sockets, proxmox } = await server();
  proxmox.prepareAct();
  await waitFor('the connection', () => sockets.length === 1);
  await proxmox.close();
  await waitFor('its end', () => sockets[0]?.destroyed);
});

it('a server that cannot be reached fails the act, not what prepares it', async () => {
  const { simulator, client } = await simulated([vm(100)]);
  const proxmox = client();
  await simulator.close();
  proxmox.prepareAct();
  expect(await failureOf(proxmox.shutdownGuest('pve1', 'qemu', 100))).toMatchObject({
    code: 'connection',
    mayHaveArrived: false,
  });
});
