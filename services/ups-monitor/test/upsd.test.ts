import { skipWithout, startUpsd, tempSite, type Upsd } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listener, listen, type Monitor, startMonitor, withoutMqttClient } from './monitor.ts';

describe.skipIf(withoutMqttClient || skipWithout('upsd', 'dummy-ups', 'upsrw'))('with a real upsd', () => {
  let upsd: Upsd;
  let monitor: Monitor;
  let mqtt: Listener;
  const cleanups: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const vars = {
      'ups.status': 'OL',
      'ups.load': '21',
      'battery.charge': '100',
      'battery.runtime': '1800',
    };
    upsd = await startUpsd({ ups: [{ name: 'ups1', vars }], maxAgeS: 3 });
    cleanups.push(upsd.close);
    const site = await tempSite('ups');
    cleanups.push(site.remove);
    monitor = await startMonitor({
      upses: [{ id: 'rack', name: 'ups1', port: upsd.port }],
      site,
    });
    cleanups.push(monitor.close);
    mqtt = await listen(monitor.mqttUrl);
    cleanups.push(mqtt.close);
  });

  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
  });

  const hears = (type: string) => monitor.hears('rack', type);
  const state = 'space/v1/ups-monitor/state/ups/rack';

  it('reports a power cut in the log, on MQTT and at REST', async () => {
    await hears('on-mains');
    await mqtt.sees(state, (payload) => payload.on_battery === 0 && payload.charge_pct === 100);
    await upsd.set('ups1', 'ups.status', 'OB DISCHRG');
    await hears('on-battery');
    const news = await mqtt.sees('space/v1/ups-monitor/evt/ups/rack/on-battery', () => true);
    expect(news).toMatchObject({
      type: 'ups.on-battery',
      data: { ups: 'rack', charge_pct: 100, runtime_s: 1800 },
    });
    await mqtt.sees(state, (payload) => payload.on_battery === 1 && payload.mains === 'on-battery');
    await mqtt.sees('space/v1/ups-monitor/graf/charge-pct', ({ rack }) => rack === 100);

    await upsd.set('ups1', 'ups.status', 'OB DISCHRG LB');
    await hears('battery-low');
    await upsd.set('ups1', 'ups.status', 'OL CHRG');
    await hears('on-mains');
    expect(await monitor.story('rack')).toEqual([
      'found',
      'on-mains',
      'on-battery',
      'battery-low',
      'on-mains',
    ]);
    expect((await monitor.events()).at(0)?.data).toMatchObject({
      manufacturer: expect.any(String),
      model: expect.any(String),
    });
  });

  it('binds what happens in a power cut to its beginning', async () => {
    const events = await monitor.events();
    const began = events.find(({ type }) => type === 'ups.on-battery');
    const low = events.find(({ type }) => type === 'ups.battery-low');
    const ended = events.findLast(({ type }) => type === 'ups.on-mains');
    for (const later of [low, ended]) {
      expect(later).toMatchObject({ causationid: began?.id, correlationid: began?.correlationid });
    }
  });

  it('shows the UPS at REST and in the metrics', async () => {
    const { url, firstToken } = monitor.running;
    const headers = { authorization: `Bearer ${firstToken}` };
    const list = await (await fetch(`${url}/api/v1/ups?mains=on-mains`, { headers })).json();
    expect(list).toMatchObject({
      count: 1,
      next: null,
      results: [{ id: 'rack', contact: 'ok', load_pct: 21 }],
    });
    const one = await fetch(`${url}/api/v1/ups/rack`, { headers });
    expect(await one.json()).toMatchObject({
      id: 'rack',
      mains: 'on-mains',
      status: ['OL', 'CHRG'],
      low: false,
    });
    const etag = one.headers.get('etag') ?? '';
    const again = await fetch(`${url}/api/v1/ups/rack`, { headers: { ...headers, 'if-none-match': etag } });
    expect(again.status).toBe(304);
    const none = await fetch(`${url}/api/v1/ups/attic`, { headers });
    expect(none.status).toBe(404);
    expect(await none.json()).toMatchObject({ code: 'not-found' });
    expect((await fetch(`${url}/api/v1/ups`)).status).toBe(401);
    const scraped = await (await fetch(`${url}/metrics`)).text();
    expect(scraped).toContain('huismeester_ups_on_battery{ups="rack"} 0');
    expect(scraped).toContain('huismeester_ups_charge_ratio{ups="rack"} 1');
  });

  it('reports a driver that stopped, and that it is back', async () => {
    await upsd.stopDriver('ups1');
    await hears('lost');
    expect(await monitor.ups('rack')).toMatchObject({ contact: 'driver-gone', mains: 'on-mains' });
    await mqtt.sees(state, (payload) => payload.contact_n === 4 && payload.charge_pct === undefined);
    await upsd.startDriver('ups1');
    await hears('found');
  });

  it('reports a driver that has nothing new', async () => {
    upsd.pauseDriver('ups1');
    await hears('stale');
    expect(await monitor.ups('rack')).toMatchObject({ contact: 'stale' });
    upsd.resumeDriver('ups1');
    await hears('found');
  });

  it('reports an upsd that is gone, and that it is back', async () => {
    await upsd.stop();
    await hears('lost');
    expect(await monitor.ups('rack')).toMatchObject({ contact: 'unreachable' });
    await upsd.start();
    await hears('found');
  });

  it('reports a forced shutdown that is set', async () => {
    await upsd.fsd('ups1');
    await hears('forced-shutdown');
    expect((await monitor.story('rack')).slice(-3)).toEqual(['on-battery', 'battery-low', 'forced-shutdown']);
    expect(await monitor.ups('rack')).toMatchObject({ forced: true, low: true, mains: 'on-battery' });
  });
});
