import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { waitFor } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { createProxmox } from '../src/index.ts';
import { closeAll, failureOf, operate, simulated } from './simulated.ts';

const servers: Server[] = [];

afterEach(async () => {
  await closeAll();
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, 'close');
  }
});

/** A server with a certificate that writes down every byte it can read. */
async function eavesdropper(certificate: { cert: string; key: string }) {
  const heard = { connections: 0, ended: 0, text: '' };
  const server = createServer(certificate, (socket) => {
    socket.on('data', (chunk) => {
      heard.text += chunk.toString('latin1');
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"data":[]}');
    });
    socket.on('error', () => undefined);
  });
  server.on('connection', (raw) => {
    heard.connections += 1;
    raw.once('close', () => {
      heard.ended += 1;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return { heard, url: `https://127.0.0.1:${port}` };
}

describe('a pinned fingerprint', () => {
  it('is enough, in any way of writing, beside others', async () => {
    const { simulator, client } = await simulated();
    const written = simulator.fingerprint.toLowerCase().replaceAll(':', '');
    const { url } = simulator;
    const proxmox = createProxmox({ url, token: operate, fingerprints: ['00'.repeat(32), written] });
    expect(await proxmox.version()).toBe('9.1');
    await proxmox.close();
    const both = client({ fingerprints: [simulator.fingerprint] });
    expect(await both.listPools()).toHaveLength(1);
  });

  it('keeps the token from a server with another certificate', async () => {
    const right = await simulated();
    const wrong = await simulated();
    const { heard, url } = await eavesdropper(wrong.simulator.certificate);
    const proxmox = createProxmox({ url, token: operate, fingerprints: [right.simulator.fingerprint] });
    const reading = await failureOf(proxmox.version());
    const acting = await failureOf(proxmox.shutdownGuest('pve1', 'qemu', 100));
    for (const error of [reading, acting]) {
      expect(error).toMatchObject({ name: 'ProxmoxError', code: 'certificate', mayHaveArrived: false });
      expect(String(error)).toContain(wrong.simulator.fingerprint);
    }
    await proxmox.close();
    // Nothing was retried either: one connection a call, and not one byte said on it.
    await waitFor('both ends', () => heard.ended === 2);
    expect(heard).toEqual({ connections: 2, ended: 2, text: '' });
  });

  it('is looked at on every connection: the eavesdropper does hear a client that pinned it', async () => {
    const { simulator } = await simulated();
    const { heard, url } = await eavesdropper(simulator.certificate);
    const proxmox = createProxmox({ url, token: operate, fingerprints: [simulator.fingerprint] });
    expect(await proxmox.listPools()).toEqual([]);
    expect(heard.text).toContain(`PVEAPIToken=${operate.id}=${operate.secret}`);
    await proxmox.close();
  });

  it('does not make up for a chain that does not fit the CA', async () => {
    const right = await simulated();
    const other = await simulated();
    const both = right.client({ ca: other.simulator.ca, fingerprints: [right.simulator.fingerprint] });
    expect(await failureOf(both.version())).toMatchObject({ code: 'certificate' });
    expect(right.simulator.requests).toHaveLength(0);
  });
});

describe('a CA', () => {
  it('keeps the token from a server that it did not sign', async () => {
    const right = await simulated();
    const wrong = await simulated();
    const { heard, url } = await eavesdropper(wrong.simulator.certificate);
    const proxmox = right.client({ url });
    expect(await failureOf(proxmox.version())).toMatchObject({ code: 'certificate', mayHaveArrived: false });
    await waitFor('its end', () => heard.ended === 1);
    expect(heard).toEqual({ connections: 1, ended: 1, text: '' });
  });

  it('comes with a check of the name', async () => {
    const { simulator, client } = await simulated();
    const byName = client({ url: simulator.url.replace('127.0.0.1', 'localhost') });
    expect(await byName.version()).toBe('9.1');
    // The certificate names 127.0.0.1 only.
    const elsewhere = await simulated([], { host: '127.0.0.2' });
    expect(await failureOf(elsewhere.proxmox.version())).toMatchObject({ code: 'certificate' });
    expect(elsewhere.simulator.requests).toHaveLength(0);
  });

  it('that is missing means those of the system, which do not know Proxmox', async () => {
    const { simulator } = await simulated();
    const proxmox = createProxmox({ url: simulator.url, token: operate });
    expect(await failureOf(proxmox.version())).toMatchObject({ code: 'certificate' });
    expect(simulator.requests).toHaveLength(0);
    await proxmox.close();
  });
});

describe('settings', () => {
  const token = operate;
  it.each([
    [{ url: 'http://127.0.0.1:8006', token }, /clear text/],
    [{ url: 'https://root:hunter2@127.0.0.1', token }, /https:\/\/host:port and nothing more/],
    [{ url: 'pve1', token }, /https:\/\/host:port/],
    [{ url: 'https://pve1:8006', token: { ...token, id: 'root@pam' } }, /USER@REALM!TOKENID/],
    [{ url: 'https://pve1:8006', token: { ...token, secret: 'a\r\nb' } }, /secret of token/],
    [{ url: 'https://pve1:8006', token, fingerprints: ['AA:BB'] }, /expected SHA-256/],
  ])('that cannot work are refused at once', (options, message) => {
    expect(() => createProxmox(options)).toThrow(message);
    expect(() => createProxmox(options)).not.toThrow(/hunter2/);
  });
});
