import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import type { UpsSettings } from '@huismeester/contracts';
import { type NutSimulator, startNutSimulator } from '@huismeester/simulators';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectUpsds, type Upsds } from '../src/adapters/upsd.ts';

const vars = {
  'ups.status': 'OL  chrg',
  'battery.charge': '90',
  'battery.runtime': '65535',
  'device.mfr': 'Eaton',
  'ups.test.result': 'In progress',
};

let simulator: NutSimulator;
let upsds: Upsds;

beforeAll(async () => {
  simulator = await startNutSimulator({ upses: ['one', 'two'].map((name) => ({ name, vars })) });
  upsds = connectUpsds();
});

afterAll(async () => {
  await upsds.close();
  await simulator.close();
});

function settings(upsd: Partial<UpsSettings['upsd']>): UpsSettings {
  const at = { host: '127.0.0.1', port: simulator.port, name: 'one', tls: 'off' as const };
  return { id: 'rack', upsd: { ...at, ...upsd }, poll: { status: '500ms', variables: '5s' } };
}

it('reads the status and what is known of the rest', async () => {
  const reader = upsds.reader(settings({}));
  expect(await reader.status()).toEqual(new Set(['OL', 'CHRG']));
  expect(await reader.variables()).toEqual({
    charge_pct: 90,
    manufacturer: 'Eaton',
    testResult: 'In progress',
  });
});

it('takes a driver that knows no status as one that says nothing', async () => {
  const unable = await startNutSimulator({ upses: [{ name: 'one', vars: { 'battery.charge': '90' } }] });
  const reader = upsds.reader(settings({ port: unable.port }));
  expect(await reader.status()).toEqual(new Set());
  expect(await reader.variables()).toEqual({ charge_pct: 90 });
  await unable.close();
});

it.each([
  ['180', '264.0', { low_v: 180, high_v: 264 }],
  ['0.0', '0.0', undefined],
  ['264', '180', undefined],
  ['low', 'high', undefined],
  ['', '264', undefined],
])('reads the limits of the input %j and %j', async (low, high, transfer) => {
  const limits = { 'input.transfer.low': low, 'input.transfer.high': high };
  const limited = await startNutSimulator({ upses: [{ name: 'one', vars: limits }] });
  const reader = upsds.reader(settings({ port: limited.port }));
  expect(await reader.variables()).toEqual(transfer === undefined ? {} : { transfer });
  await limited.close();
});

it('reports each way of not knowing as what it is', async () => {
  const reader = upsds.reader(settings({ name: 'two' }));
  simulator.stale('two', true);
  await expect(reader.status()).rejects.toMatchObject({ name: 'UpsTrouble', code: 'stale' });
  simulator.driverGone('two', true);
  await expect(reader.variables()).rejects.toMatchObject({ code: 'driver-gone' });
  await expect(upsds.reader(settings({ name: 'three' })).status()).rejects.toMatchObject({
    code: 'refused',
  });
  await expect(upsds.reader(settings({ tls: 'required' })).status()).rejects.toMatchObject({
    code: 'refused',
  });
  const nobody = await startNutSimulator({ upses: [] });
  await nobody.close();
  await expect(upsds.reader(settings({ port: nobody.port })).status()).rejects.toMatchObject({
    code: 'unreachable',
  });
});

it('shares a connection among UPSes at one upsd, unless they log in otherwise', async () => {
  let connections = 0;
  const proxy = createServer((socket) => {
    connections += 1;
    const onward = connect(simulator.port, '127.0.0.1');
    socket.pipe(onward).pipe(socket);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  const shared = connectUpsds();
  const login = { username: 'someone', password: 'else' };
  const readers = [{ port }, { port, name: 'one' }, { port, ...login }, { port, ...login, name: 'one' }].map(
    (upsd) => shared.reader(settings(upsd)),
  );
  await Promise.all(readers.map((reader) => reader.status()));
  expect(connections).toBe(2);
  await shared.close();
  proxy.close();
  await once(proxy, 'close');
});
