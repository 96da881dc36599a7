import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ProxmoxError } from '../src/index.ts';
import { auditor, closeAll, failureOf, operate, simulated, vm } from './simulated.ts';

afterEach(closeAll);

describe('what Proxmox says', () => {
  it('401 is unauthorized, and the secret is nowhere', async () => {
    const { client } = await simulated();
    const error = await failureOf(client({ token: { ...operate, secret: 'wrong-secret' } }).version());
    expect(error).toBeInstanceOf(ProxmoxError);
    expect(error).toMatchObject({ code: 'unauthorized', status: 401, reason: 'Authentication failed!' });
    expect(JSON.stringify(error) + String(error)).not.toContain('wrong-secret');
  });

  it('403 is forbidden, with path and privilege', async () => {
    const { proxmox } = await simulated([vm(100), vm(200, { pool: 'board' })]);
    expect(await failureOf(proxmox.startGuest('pve1', 'qemu', 200))).toMatchObject({
      code: 'forbidden',
      request: 'POST /nodes/pve1/qemu/200/status/start',
      message: 'POST /nodes/pve1/qemu/200/status/start: 403 Permission check failed (/vms/200, VM.PowerMgmt)',
      mayHaveArrived: false,
    });
  });

  it('400 is a bad parameter, by its name', async () => {
    const { proxmox } = await simulated();
    const error = await failureOf(proxmox.shutdownGuest('pve1', 'qemu', 100, { timeoutS: -1 }));
    expect(error).toMatchObject({
      code: 'bad-parameter',
      fields: { timeout: 'value must have a minimum value of 0' },
    });
  });

  it('500 is not found, locked, or a refusal', async () => {
    const { client, simulator } = await simulated([vm(100, { paused: true }), vm(101)]);
    const proxmox = client({ token: auditor });
    expect(await failureOf(proxmox.guestStatus('pve1', 'qemu', 999))).toMatchObject({
      code: 'not-found',
      reason: "Configuration file 'nodes/pve1/qemu-server/999.conf' does not exist",
    });
    expect(await failureOf(proxmox.guestStatus('pve2', 'qemu', 100))).toMatchObject({ code: 'not-found' });
    expect(await failureOf(proxmox.shutdownGuest('pve1', 'qemu', 100))).toMatchObject({
      code: 'domain',
      reason: 'VM is paused - cannot shutdown',
    });
    simulator.faults.refuse('POST', /start/, { status: 500, reason: "can't lock file '/x' - got timeout" });
    expect(await failureOf(proxmox.startGuest('pve1', 'qemu', 101))).toMatchObject({ code: 'locked' });
    const gone = 'UPID:pve1:00000001:00000001:00000001:qmstart:100:root@pam:';
    expect(await failureOf(proxmox.taskStatus('pve1', gone))).toMatchObject({ code: 'not-found' });
  });

  it('595 is a node that is offline, 596 one of which nothing is known', async () => {
    const { proxmox, simulator } = await simulated([vm(100, { node: 'pve2' })]);
    simulator.setNodeOnline('pve2', false);
    const stop = () => failureOf(proxmox.shutdownGuest('pve2', 'qemu', 100));
    expect(await stop()).toMatchObject({ code: 'node-offline', mayHaveArrived: false, status: 595 });
    simulator.node('pve2').failure = 'timeout';
    expect(await stop()).toMatchObject({ code: 'node-unknown', mayHaveArrived: true, status: 596 });
    expect(await failureOf(proxmox.guestTasks('pve9', 100))).toMatchObject({ code: 'node-unknown' });
  });

  it('anything else is against the protocol', async () => {
    const { proxmox, simulator } = await simulated();
    expect(await failureOf(proxmox.api.cluster.options.$get())).toMatchObject({
      code: 'protocol',
      status: 501,
    });
    simulator.faults.refuse('GET', /version/, { status: 302, reason: 'Found' });
    expect(await failureOf(proxmox.version())).toMatchObject({ code: 'protocol', status: 302 });
  });

  it('a 200 that is not from Proxmox is against the protocol, and an act may have arrived', async () => {
    const { simulator, client } = await simulated();
    const answers = ['<html>', '{"data":{"version":9}}', '{"data":"done"}'];
    const { cert, key } = simulator.certificate;
    const server = createServer({ cert, key }, (_request, response) => response.end(answers.shift()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxmox = client({ url: `https://127.0.0.1:${(server.address() as AddressInfo).port}` });
    try {
      expect(await failureOf(proxmox.listPools())).toMatchObject({ code: 'protocol', status: 200 });
      expect(await failureOf(proxmox.version())).toMatchObject({
        code: 'protocol',
        reason: 'expected "release" in the answer, found nothing',
      });
      expect(await failureOf(proxmox.startGuest('pve1', 'qemu', 100))).toMatchObject({
        code: 'protocol',
        mayHaveArrived: true,
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('a path that would lead elsewhere is not sent', async () => {
    const { proxmox, simulator } = await simulated();
    expect(await failureOf(proxmox.startGuest('..', 'qemu', 100))).toMatchObject({ code: 'bad-parameter' });
    expect(await failureOf(proxmox.startGuest('', 'qemu', 100))).toMatchObject({ code: 'bad-parameter' });
    expect(simulator.requests).toHaveLength(0);
  });
});
