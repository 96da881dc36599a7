import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { skipWithout, startUpsd, type Upsd, waitFor } from '../src/index.ts';
import { askUpsd } from '../src/upsd-line.ts';

describe.skipIf(skipWithout('upsd', 'dummy-ups', 'upsrw', 'certutil'))('startUpsd', () => {
  let upsd: Upsd;
  afterEach(() => upsd.close());

  const status = async () => (await askUpsd(upsd.port, 'GET VAR rack ups.status')).split('\n')[0];

  it('serves the variables, sets them, and sets FSD', async () => {
    upsd = await startUpsd({ ups: [{ name: 'rack', vars: { 'ups.status': 'OL CHRG' } }] });
    expect(await status()).toBe('VAR rack ups.status "OL CHRG"');
    await upsd.set('rack', 'ups.status', 'OB DISCHRG');
    expect(await status()).toBe('VAR rack ups.status "OB DISCHRG"');
    await upsd.fsd('rack');
    expect(await status()).toContain('FSD');
  });

  it('stops and starts a driver and upsd on their own', async () => {
    upsd = await startUpsd({ ups: [{ name: 'rack', vars: { 'ups.status': 'OL' } }] });
    await upsd.stopDriver('rack');
    await waitFor('the driver is missed', async () => (await status()) === 'ERR DRIVER-NOT-CONNECTED');
    await upsd.startDriver('rack');
    expect(await status()).toBe('VAR rack ups.status "OL"');
    await upsd.stop();
    await expect(askUpsd(upsd.port, 'VER')).rejects.toThrow('ECONNREFUSED');
    await upsd.start();
    expect(await askUpsd(upsd.port, 'VER')).toContain('upsd');
  });

  it('offers STARTTLS', async () => {
    upsd = await startUpsd({ ups: [{ name: 'rack', vars: { 'ups.status': 'OL' } }], tls: true });
    const plain = connect(upsd.port, upsd.host);
    plain.write('STARTTLS\n');
    const [answer] = await once(plain, 'data');
    expect(String(answer)).toBe('OK STARTTLS\n');
    const ca = await readFile(upsd.caFile ?? '');
    const secure = connectTls({ socket: plain, host: upsd.host, ca });
    await once(secure, 'secureConnect');
    expect(secure.authorized).toBe(true);
    secure.destroy();
  });
});
