import { afterEach, describe, expect, it } from 'vitest';
import { closeSimulators, simulate } from './ask.ts';
import { auditor, cluster, ct, operate, vm } from './cluster.ts';

afterEach(closeSimulators);

describe('who may ask', () => {
  it('answers 401 late, without a body, and ends the connection', async () => {
    const pve = await simulate([], { durations: { unauthorizedDelay: 20 }, speed: 100 });
    const began = performance.now();
    const none = await pve.as(undefined).send('GET', '/version');
    expect(performance.now() - began).toBeGreaterThanOrEqual(190);
    expect(none).toMatchObject({ status: 401, reason: 'No ticket', body: undefined });
    const wrong = await pve.as({ ...auditor, secret: 'wrong' }).send('GET', '/version');
    expect(wrong).toMatchObject({ status: 401, reason: 'Authentication failed!' });
    expect(JSON.stringify(pve.simulator.requests)).not.toContain('wrong');
  });

  it('answers 403 with the path and the privilege, before it looks at anything else', async () => {
    const pve = (await simulate([vm(100), vm(200, { pool: 'board' })])).as(operate);
    const denied = await pve.send('POST', '/nodes/pve1/qemu/200/status/stop', { nonsense: 1 });
    expect(denied.status).toBe(403);
    expect(denied.reason).toBe('Permission check failed (/vms/200, VM.PowerMgmt)');
    expect(denied.body?.message).toBe('Permission check failed (/vms/200, VM.PowerMgmt)\n');
    expect((await pve.send('GET', '/cluster/status')).reason).toBe('Permission check failed (/, Sys.Audit)');
    expect((await pve.send('GET', '/nodes/pve1/qemu/999/status/current')).status).toBe(403);
  });

  it('leaves out what the token may not see, without a word', async () => {
    const pve = (await simulate([vm(100), vm(200, { pool: 'board' })])).as(operate);
    expect(await pve.get('/cluster/resources', { type: 'vm' })).toMatchObject([{ vmid: 100 }]);
    expect(await pve.get('/nodes/pve1/qemu')).toMatchObject([{ vmid: 100 }]);
    expect(await pve.get('/pools')).toEqual([{ poolid: 'core', comment: 'what the space needs' }]);
    expect(await pve.get('/access/permissions')).toMatchObject({
      // What comes from a pool does not propagate.
      '/vms/100': { 'VM.Audit': 0, 'VM.PowerMgmt': 0 },
    });
  });

  it('replaces inherited privileges at a deeper path and stops at one that does not propagate', async () => {
    const pve = await simulate([vm(100), vm(101, { pool: 'board' })], {
      change(state) {
        state.tokens.push({
          id: 'x@pve!narrow',
          secret: 's',
          privileges: [
            { path: '/vms', privs: ['VM.Audit', 'VM.PowerMgmt'] },
            { path: '/vms/101', privs: ['VM.Audit'] },
            { path: '/', privs: ['Sys.Audit'], propagate: false },
          ],
        });
      },
    });
    const narrow = pve.as({ id: 'x@pve!narrow', secret: 's' });
    expect((await narrow.send('POST', '/nodes/pve1/qemu/100/status/start')).status).toBe(200);
    expect((await narrow.send('POST', '/nodes/pve1/qemu/101/status/start')).status).toBe(403);
    expect((await narrow.send('GET', '/cluster/status')).status).toBe(200);
    expect((await narrow.send('GET', '/nodes/pve1/status')).status).toBe(403);
  });
});

describe('what is asked', () => {
  it('answers 400 with one line for each parameter', async () => {
    const pve = await simulate([vm(100)]);
    const path = '/nodes/pve1/qemu/100/status/shutdown';
    const answer = await pve.send('POST', path, { timeout: 'soon', forceStop: 'yes', nonsense: 1 });
    expect(answer).toMatchObject({ status: 400, reason: 'Parameter verification failed.' });
    expect(answer.body).toEqual({
      data: null,
      message: 'Parameter verification failed.\n',
      errors: {
        timeout: "type check ('integer') failed - got 'soon'",
        forceStop: "type check ('boolean') failed - got 'yes'",
        nonsense: 'property is not defined in schema and the schema does not allow additional properties',
      },
    });
  });

  it('checks ranges, enumerations, formats and what only root may use', async () => {
    const pve = await simulate([vm(100)]);
    const errors = async (method: string, path: string, params: Record<string, string | number> = {}) =>
      (await pve.send(method, path, params)).body?.errors;
    expect(await errors('GET', '/nodes/pve1/qemu/99/status/current')).toEqual({
      vmid: 'value must have a minimum value of 100',
    });
    expect(await errors('GET', '/cluster/resources', { type: 'guest' })).toEqual({
      type: "value 'guest' does not have a value in the enumeration 'vm, storage, node, sdn'",
    });
    expect(await errors('POST', '/nodes/pve1/qemu/100/status/stop', { skiplock: 1 })).toEqual({
      skiplock: 'Only root may use this option.',
    });
    expect(await errors('GET', '/cluster/nextid', { vmid: 100 })).toEqual({ vmid: 'VM 100 already exists' });
    expect(await errors('GET', '/nodes/pve1/tasks/nonsense/status')).toEqual({
      upid: 'unable to parse worker upid',
    });
  });

  it('answers 500 for a guest that is not there, on this node or at all', async () => {
    const pve = await simulate([vm(100), ct(101)]);
    const reason = async (path: string) => (await pve.send('GET', path)).reason;
    expect(await reason('/nodes/pve1/qemu/999/status/current')).toBe(
      "Configuration file 'nodes/pve1/qemu-server/999.conf' does not exist",
    );
    expect(await reason('/nodes/pve2/qemu/100/config')).toBe(
      "Configuration file 'nodes/pve2/qemu-server/100.conf' does not exist",
    );
    expect(await reason('/nodes/pve1/lxc/100/status/current')).toBe(
      "Configuration file 'nodes/pve1/lxc/100.conf' does not exist",
    );
    expect(await reason('/pools?poolid=nope')).toBe("pool 'nope' does not exist");
  });

  it('answers 501 for a method it does not know', async () => {
    const pve = await simulate([vm(100)]);
    const answer = await pve.send('POST', '/nodes/pve1/qemu/100/template');
    expect(answer).toMatchObject({
      status: 501,
      reason: "Method 'POST /nodes/pve1/qemu/100/template' not implemented",
    });
  });
});

describe('nodes that cannot be reached', () => {
  it('answers 595 or 596 for a dead node and 500 for one nobody knows', async () => {
    const pve = await simulate([vm(100, { node: 'pve2' })]);
    pve.simulator.setNodeOnline('pve2', false);
    const path = '/nodes/pve2/qemu/100/status/current';
    expect(await pve.send('GET', path)).toMatchObject({ status: 595, reason: 'No route to host' });
    pve.simulator.node('pve2').failure = 'timeout';
    expect(await pve.send('GET', path)).toMatchObject({ status: 596, reason: 'Connection timed out' });
    const unknown = await pve.send('GET', '/nodes/pve9/qemu');
    expect(unknown.status).toBe(500);
    expect(unknown.reason).toMatch(/^hostname lookup 'pve9' failed/);
    expect(await pve.get('/nodes')).toMatchObject([
      { node: 'pve1', status: 'online' },
      { node: 'pve2', status: 'offline' },
    ]);
  });

  it('is not there at all when every node is off', async () => {
    const pve = await simulate([]);
    pve.simulator.setNodeOnline('pve1', false);
    pve.simulator.setNodeOnline('pve2', false);
    await expect(pve.send('GET', '/version')).rejects.toThrow();
  });
});

describe('its state', () => {
  it('is refused with everything that is wrong in it', async () => {
    const guests = [vm(100), vm(100), vm(101, { node: 'gone', pool: 'nope' })];
    await expect(simulate(guests)).rejects.toThrow(/guest 100: there are two/);
    await expect(simulate(guests)).rejects.toThrow(/guest 101: there is no node gone/);
    await expect(simulate(guests)).rejects.toThrow(/guest 101: there is no pool nope/);
    const state = JSON.parse('{"nodes":[{"name":"pve1"}],"guests":[{"vmid":7}],"pools":[],"tokens":{}}');
    await expect(simulate([], { state })).rejects.toThrow(
      /quorate: found undefined[\s\S]*nodes\[0\]\.online[\s\S]*guests\[0\]\.vmid: found 7[\s\S]*tokens: found/,
    );
  });

  it('is a copy: what the caller gave stays as it was', async () => {
    const state = cluster([vm(100)]);
    const pve = await simulate([], { state });
    await pve.actAndWait('/nodes/pve1/qemu/100/status/stop');
    expect(pve.simulator.guest(100).status).toBe('stopped');
    expect(state.guests[0]?.status).toBe('running');
  });
});
