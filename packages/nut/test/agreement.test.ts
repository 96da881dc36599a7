import { waitFor } from '@huismeester/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createNutClient, type NutClient, NutError, parseStatus } from '../src/index.ts';
import { type Server, servers, untilFails, withClient } from './servers.ts';

const user = { name: 'huismeester', password: 'a "b" \\ #1=c' };
const upses = [
  { name: 'rack', description: 'The "rack"', vars: { 'ups.status': 'OL', 'battery.charge': '100' } },
  { name: 'attic', vars: { 'ups.status': 'OL CHRG' } },
  { name: 'doomed', vars: { 'ups.status': 'OL' } },
  { name: 'odd', vars: { 'ups.status': '', 'ups.id': 'say "hi" \\ #1 = one' } },
];

describe.each(servers)('with $name', ({ skip, start }) => {
  describe.skipIf(skip)('the client', () => {
    let server: Server;
    let client: NutClient;
    const options = () => ({
      host: server.host,
      port: server.port,
      maxBackoffMs: 100,
      username: user.name,
      password: user.password,
    });
    beforeAll(async () => {
      server = await start(upses, user);
    });
    beforeEach(() => {
      client = createNutClient(options());
    });
    afterEach(() => client.close());
    afterAll(() => server.close());

    it('asks for the version and the UPSes', async () => {
      expect(await client.ver()).toContain('upsd 2.8');
      const list = await client.listUps();
      expect(list.map(({ name }) => name)).toEqual(['rack', 'attic', 'doomed', 'odd']);
      expect(list[0]).toEqual({ name: 'rack', description: 'The "rack"' });
      expect(list[1]?.description).toBe('Description unavailable');
    });

    it('reads one variable, and all of them', async () => {
      expect(await client.getVar('rack', 'ups.status')).toBe('OL');
      expect(await client.getVar('RACK', 'UPS.status')).toBe('OL');
      expect(await client.listVars('rack')).toMatchObject({ 'ups.status': 'OL', 'battery.charge': '100' });
      expect(await client.getVar('odd', 'ups.id')).toBe('say "hi" \\ #1 = one');
      expect(await client.getVar('odd', 'ups.status')).toBe('');
    });

    it.each([
      ['UNKNOWN-UPS', () => client.getVar('nowhere', 'ups.status')],
      ['UNKNOWN-UPS', () => client.listVars('nowhere')],
      ['UNKNOWN-UPS', () => client.listClients('nowhere')],
      ['VAR-NOT-SUPPORTED', () => client.getVar('rack', 'ups.mood')],
      ['VAR-NOT-SUPPORTED', () => client.setVar('rack', 'ups.mood', 'good')],
      ['CMD-NOT-SUPPORTED', () => client.instcmd('rack', 'make.coffee')],
    ])('is told %s, and stays connected', async (code, request) => {
      await client.login('rack');
      await expect(request()).rejects.toThrow(NutError);
      await expect(request()).rejects.toMatchObject({ code });
      // The login is still there, so it is the same connection.
      expect(await client.listClients('rack')).toHaveLength(1);
    });

    it('answers requests that were made together each with its own', async () => {
      const settled = await Promise.allSettled(
        Array.from({ length: 60 }, (_, index) => {
          if (index % 4 === 0) return client.getVar('attic', 'ups.status');
          if (index % 4 === 1) return client.getVar('nowhere', 'ups.status');
          if (index % 4 === 2) return client.listVars('rack').then((vars) => vars['battery.charge']);
          return client.listUps().then((list) => list.length);
        }),
      );
      const results = settled.map((result) =>
        result.status === 'fulfilled' ? result.value : result.reason.code,
      );
      const round = ['OL CHRG', 'UNKNOWN-UPS', '100', 4];
      expect(results).toEqual(Array.from({ length: 15 }, () => round).flat());
    });

    it('logs in once a connection, and is seen', async () => {
      await expect(client.login('nowhere')).rejects.toMatchObject({ code: 'UNKNOWN-UPS' });
      await client.login('rack');
      expect(await client.listClients('rack')).toEqual(['127.0.0.1']);
      await expect(client.login('rack')).rejects.toMatchObject({ code: 'ALREADY-LOGGED-IN' });
      await client.close();
      await withClient(options(), (other) =>
        waitFor('the login is gone', async () => (await other.listClients('rack')).length === 0),
      );
    });

    it('finds out at LOGIN that the password is wrong', async () => {
      await withClient({ ...options(), password: 'wrong' }, async (stranger) => {
        expect(await stranger.getVar('rack', 'ups.status')).toBe('OL');
        await expect(stranger.login('rack')).rejects.toMatchObject({
          name: 'NutError',
          code: 'ACCESS-DENIED',
        });
        await expect(stranger.setVar('rack', 'ups.status', 'OB')).rejects.toMatchObject({
          code: 'ACCESS-DENIED',
          message: 'upsd answered ACCESS-DENIED to SET VAR rack ups.status',
        });
      });
    });

    it('reads without a user, and is asked for one when it would change something', async () => {
      await withClient({ host: server.host, port: server.port }, async (anyone) => {
        expect(await anyone.getVar('rack', 'ups.status')).toBe('OL');
        await expect(anyone.login('rack')).rejects.toMatchObject({ code: 'USERNAME-REQUIRED' });
        await expect(anyone.instcmd('rack', 'load.off')).rejects.toMatchObject({ code: 'USERNAME-REQUIRED' });
      });
    });

    it('sets a variable, which takes a moment', async () => {
      await client.setVar('attic', 'ups.status', 'OB DISCHRG');
      await waitFor(
        'it has its value',
        async () => (await client.getVar('attic', 'ups.status')) === 'OB DISCHRG',
      );
      await client.setVar('attic', 'ups.status', 'OL CHRG');
      await waitFor('it is back', async () => (await client.getVar('attic', 'ups.status')) === 'OL CHRG');
    });

    it('runs an instant command', async () => {
      await expect(client.instcmd('rack', 'load.off')).resolves.toBeUndefined();
    });

    it('sends no second command in an argument', async () => {
      const sneaky = `ups.status\nFSD rack`;
      await expect(client.getVar('rack', sneaky)).rejects.toMatchObject({ name: 'NutArgumentError' });
      expect(await client.getVar('rack', 'ups.status')).toBe('OL');
    });

    it('refuses to go on in the clear when TLS is required', async () => {
      await withClient({ ...options(), tls: 'required' }, (strict) =>
        expect(strict.ver()).rejects.toMatchObject({ name: 'NutTlsError', code: 'tls-refused' }),
      );
    });

    it('sees FSD', async () => {
      await server.fsd('doomed');
      const status = parseStatus(await client.getVar('doomed', 'ups.status'));
      expect(status).toEqual(new Set(['FSD', 'OL']));
    });

    it('tells a driver that is gone from an upsd that is gone', async () => {
      await server.stopDriver('attic');
      await untilFails(() => client.getVar('attic', 'ups.status'), 'DRIVER-NOT-CONNECTED');
      await expect(client.listVars('attic')).rejects.toMatchObject({ code: 'DRIVER-NOT-CONNECTED' });
      expect(await client.listUps()).toHaveLength(4);
      expect(await client.getVar('rack', 'ups.status')).toBe('OL');
      await server.startDriver('attic');
      expect(await client.getVar('attic', 'ups.status')).toBe('OL CHRG');

      await server.stop();
      await untilFails(() => client.getVar('rack', 'ups.status'), 'unreachable');
      await server.start();
      await waitFor('the same client is answered again', async () =>
        (await client.getVar('rack', 'ups.status')).includes('OL'),
      );
    });
  });
});
