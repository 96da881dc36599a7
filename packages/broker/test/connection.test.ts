import { type ServiceName, type ServiceStatus, type StoredEvent, toCloudEvent } from '@huismeester/contracts';
import { type Child, createFramer, startChild, waitFor } from '@huismeester/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BrokerConnection, type BrokerOptions, connectBroker } from '../src/index.ts';
import { brokers, login, memoryLogger, reader, root, type TestBroker } from './brokers.ts';
import { forget } from './forget.ts';
import { lateClock } from './late-clock.ts';
import { type RawClient, rawClient } from './raw-client.ts';

const epoch = '0193a5c2-7b1e-4c3a-9f00-5d1f6a2b3c4d';
const base = `${root}/v1/ups-monitor`;
const mains = { mains: 'on-mains', on_battery: 0, contact: 'ok', contact_n: 1, charge_pct: 98 } as const;
const battery = { ...mains, mains: 'on-battery', on_battery: 1 } as const;

function lost(position: number): StoredEvent {
  return {
    specversion: '1.0',
    id: `0193a5c2-7b1e-7c3a-9f00-${String(position).padStart(12, '0')}`,
    source: '/hackalot/ups-monitor',
    type: 'ups.lost',
    subject: 'ups/rack',
    time: '2026-11-22T13:41:45.306Z',
    datacontenttype: 'application/json',
    dataschema: '/schemas/ups.lost/1',
    epoch,
    position,
    version: position,
    correlationid: epoch,
    actor: 'person:someone',
    data: { ups: 'rack', contact: 'unreachable', on_battery: false },
  };
}

describe.each(brokers)('a connection to $name', ({ open, skip }) => {
  describe.skipIf(skip)('of a service', () => {
    let broker: TestBroker;
    const opened: { close(): Promise<void> }[] = [];
    beforeAll(async () => {
      broker = await open({ anonymousRead: false });
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((each) => each.close()));
      await forget(broker);
    });
    afterAll(() => broker.close());

    const logger = memoryLogger();
    const service = (who: ServiceName, options: Partial<BrokerOptions> = {}): BrokerConnection => {
      const common = {
        url: broker.urls,
        ca: broker.ca,
        ...login(who),
        root,
        service: who,
        version: '0.1.0',
        logger,
      };
      const connection = connectBroker({ ...common, ...options });
      opened.push(connection);
      return connection;
    };
    const online = async (who: ServiceName, options?: Partial<BrokerOptions>) => {
      const connection = service(who, options);
      await waitFor(`${who} is online`, () => connection.online);
      return connection;
    };
    const watch = async (...filters: string[]): Promise<RawClient> => {
      const watcher = await rawClient(broker.url, { ...login(reader), ca: broker.ca, qos: 0, filters });
      opened.push(watcher);
      return watcher;
    };
    const statuses = (of: ServiceName): ServiceStatus[] => {
      const heard: ServiceStatus[] = [];
      service('policy').onStatus(of, (status) => heard.push(status));
      return heard;
    };

    it('leaves a will when its process is killed', async () => {
      const heard = statuses('ups-monitor');
      const env = {
        BROKER_URL: broker.url,
        BROKER_PASSWORD: login('ups-monitor').password,
        BROKER_CA: broker.ca,
      };
      const script = new URL('ups-monitor.ts', import.meta.url).pathname;
      const child: Child = await startChild({ command: process.execPath, args: [script], env });
      opened.push({ close: () => child.stop() });
      const alive = await waitFor('it is online', () => heard.find((status) => status.head === 17));
      expect(alive).toMatchObject({ online: 1, epoch, head: 17, version: '0.1.0' });
      await child.stop({ signal: 'SIGKILL' });
      const will = await waitFor('it is offline', () => heard.find((status) => status.online === 0));
      expect(will.session).toBe(alive.session);
      const late = await watch(`${base}/status`);
      await late.sees('the will is retained', ({ payload }) => JSON.parse(payload).online === 0);
    });

    it('ignores the will of an older session, and garbage', async () => {
      const ups = await online('ups-monitor');
      const heard = statuses('ups-monitor');
      const first = await waitFor('its status', () => heard[0]);
      const forger = await rawClient(broker.url, { ...login('ups-monitor'), ca: broker.ca });
      opened.push(forger);
      const old = JSON.stringify({ ...first, online: 0, session: first.session - 1 });
      for (const payload of ['', 'null', '{"online":0}', '\u0000', old]) {
        await forger.mqtt.publishAsync(`${base}/status`, payload, { qos: 1 });
      }
      ups.setHead(epoch, 5);
      await waitFor('the next status', () => heard.some(({ head }) => head === 5));
      expect(heard.filter(({ online: up }) => up === 0)).toEqual([]);
    });

    it('tells a later listener the last status at once, and a stopped one nothing', async () => {
      const ups = await online('ups-monitor');
      const policy = service('policy');
      const early: ServiceStatus[] = [];
      const stop = policy.onStatus('ups-monitor', (status) => early.push(status));
      await waitFor('its status', () => early.length > 0);
      const late: ServiceStatus[] = [];
      policy.onStatus('ups-monitor', (status) => late.push(status));
      expect(late).toEqual([early.at(-1)]);
      stop();
      const before = early.length;
      ups.setHead(epoch, 6);
      await waitFor('the next status', () => late.some(({ head }) => head === 6));
      expect(early).toHaveLength(before);
    });

    it('says a head that changes often only now and then, and the last one for certain', async () => {
      const watcher = await watch(`${base}/status`);
      const ups = await online('ups-monitor');
      for (let head = 1; head <= 500; head += 1) ups.setHead(epoch, head);
      await watcher.sees('the last head', ({ payload }) => JSON.parse(payload).head === 500);
      expect(watcher.received.length).toBeLessThan(5);
    });

    it('retains states for who comes later, in a form that can be plotted', async () => {
      const ups = await online('ups-monitor');
      const early = await watch(`${base}/#`);
      ups.state('ups', 'rack', mains);
      ups.state('ups', 'rack', { ...battery, charge_pct: undefined });
      ups.state('ups', 'attic', mains);
      ups.graf('load_pct', { rack: 23, attic: 40.5 });
      await ups.flushed();
      const late = await watch(`${base}/state/#`);
      const rack = await late.sees('the rack', ({ topic }) => topic === `${base}/state/ups/rack`);
      expect(rack.retain).toBe(true);
      const { charge_pct: _, ...known } = battery;
      expect(JSON.parse(rack.payload)).toEqual({ ...known, ts: expect.closeTo(Date.now(), -5) });
      await late.sees('the attic', ({ topic }) => topic === `${base}/state/ups/attic`);
      const pivot = await early.sees('the pivot', ({ topic }) => topic === `${base}/graf/load-pct`);
      expect(pivot).toMatchObject({ payload: '{"rack":23,"attic":40.5}', retain: false });
      const framer = createFramer();
      expect(early.received.flatMap(({ topic, payload }) => framer.feed(topic, payload))).toEqual([]);
    });

    it('loses nothing of what is said at once', async () => {
      const ups = await online('ups-monitor');
      const watcher = await watch(`${base}/#`);
      for (let round = 1; round <= 50; round += 1) {
        ups.state('ups', 'rack', { ...mains, charge_pct: round });
        ups.publishEvent(lost(round)).catch(() => {});
        ups.graf('load_pct', { rack: round });
      }
      const count = (what: string) =>
        watcher.received.filter(({ topic }) => topic.startsWith(`${base}/${what}`)).length;
      await waitFor('all of it', () => count('state') >= 50 && count('evt') >= 50 && count('graf') >= 50);
    });

    it('sends a state again on change alone, but all of them every 9 s, and the status every 5 s', async () => {
      const { clock, runNext } = lateClock(2);
      const ups = await online('ups-monitor', { clock });
      const watcher = await watch(`${base}/#`);
      const times = (topic: string) =>
        watcher.received.filter((each) => each.topic === `${base}/${topic}`).length;
      ups.state('ups', 'rack', mains);
      ups.state('ups', 'rack', mains);
      ups.graf('load_pct', { rack: 23 });
      await ups.flushed();
      await watcher.sees('the pivot', ({ topic }) => topic.endsWith('/load-pct'));
      await watcher.sees('the state', ({ topic }) => topic.endsWith('/rack'));
      expect([times('state/ups/rack'), times('graf/load-pct')]).toEqual([1, 1]);
      const before = times('status');
      while (clock.monotonicMs() < 5_000) await runNext();
      await waitFor('the status again', () => times('status') > before);
      while (clock.monotonicMs() < 9_000) await runNext();
      await waitFor('the state again', () => times('state/ups/rack') === 2);
      await waitFor('the pivot again', () => times('graf/load-pct') === 2);
    });

    it('spreads what it repeats over the 9 s', async () => {
      const { clock, runNext } = lateClock(2);
      const ups = await online('ups-monitor', { clock });
      const watcher = await watch(`${base}/state/ups/#`);
      for (let index = 0; index < 90; index += 1) ups.state('ups', `u${index}`, mains);
      await waitFor('all of them', () => watcher.received.length === 90);
      for (let second = 1; second <= 9; second += 1) {
        await runNext();
        // The status is due at the same moment.
        if (second === 5) await runNext();
        await waitFor('a ninth of them', () => watcher.received.length === 90 + second * 10);
      }
      expect(watcher.topics()).toHaveLength(90);
      const last = watcher.received.slice(90).map(({ topic }) => topic);
      expect(new Set(last).size).toBe(90);
      // Retained: whoever subscribes later would see them.
      for (let index = 0; index < 90; index += 1) ups.removeState('ups', `u${index}`);
      const removed = () => watcher.received.filter(({ payload }) => payload === '').length;
      await waitFor('all of them are gone', () => removed() === 90);
    });

    it('takes a state back, from the broker too', async () => {
      const ups = await online('ups-monitor');
      ups.state('ups', 'rack', mains);
      ups.state('ups', 'attic', mains);
      const early = await watch(`${base}/state/#`);
      ups.removeState('ups', 'rack');
      await early.sees('the rack is gone', ({ payload }) => payload === '');
      const late = await watch(`${base}/state/#`);
      await late.sees('the attic', ({ topic }) => topic === `${base}/state/ups/attic`);
      expect(late.topics()).toEqual([`${base}/state/ups/attic`]);
    });

    it('takes a state of an earlier life back, even if it is offline when told', async () => {
      const before = await online('ups-monitor');
      before.state('ups', 'rack', mains);
      await before.flushed();
      await before.close();
      const watcher = await watch(`${base}/state/#`);
      await watcher.sees('the rack', ({ payload }) => payload !== '');
      const ups = service('ups-monitor');
      ups.removeState('ups', 'rack');
      expect(ups.online).toBe(false);
      await watcher.sees('the rack is gone', ({ payload }) => payload === '');
    });

    it('does not send a state that breaks the contract, and says so once', async () => {
      const ups = await online('ups-monitor');
      const watcher = await watch(`${base}/#`);
      logger.lines.length = 0;
      const odd = { ...mains, charge_pct: -1 };
      ups.state('ups', 'rack', odd);
      ups.state('ups', 'rack', odd);
      ups.state('ups', 'rack', Object.assign({ nested: {} }, mains));
      ups.state('ups', 'RACK', mains);
      ups.graf('load_pct', { rack: Number.NaN });
      ups.state('ups', 'attic', mains);
      await watcher.sees('the one that is right', ({ topic }) => topic === `${base}/state/ups/attic`);
      expect(watcher.topics()).not.toContain(`${base}/state/ups/rack`);
      const errors = logger.lines.filter(({ level }) => level === 'error');
      expect(errors.map(({ details }) => JSON.stringify(details))).toEqual([
        expect.stringContaining('/charge_pct'),
        expect.stringContaining('/nested'),
        expect.stringContaining('RACK'),
        expect.stringContaining('/rack'),
      ]);
    });

    it('announces public events in order, without who did it', async () => {
      const watcher = await watch(`${base}/evt/#`);
      const ups = await online('ups-monitor');
      const all = Array.from({ length: 200 }, (_, index) => lost(index + 1));
      for (const event of all.slice(0, 20)) await ups.publishEvent(event);
      await Promise.all(all.slice(20).map((event) => ups.publishEvent(event)));
      await waitFor('all of them', () => watcher.received.length === all.length);
      expect(watcher.topics()).toEqual([`${base}/evt/ups/rack/lost`]);
      expect(watcher.received.map(({ payload }) => JSON.parse(payload))).toEqual(all.map(toCloudEvent));
      expect(watcher.received.some(({ retain, payload }) => retain || payload.includes('someone'))).toBe(
        false,
      );
    });

    it.each([
      ['internal', { type: 'vm.found' }],
      ['of an unknown type', { type: 'ups.teleported' }],
      ['too big', { data: 'x'.repeat(256 * 1024) }],
      ['of a subject that is no topic', { subject: 'ups/Rack 1' }],
    ])('refuses an event that is %s, and stays connected', async (_what, change) => {
      const ups = await online('ups-monitor');
      const watcher = await watch(`${base}/#`);
      await expect(ups.publishEvent({ ...lost(1), ...change })).rejects.toMatchObject({
        code: 'event-unpublishable',
      });
      await ups.publishEvent(lost(2));
      await watcher.sees('the next', ({ payload }) => JSON.parse(payload).position === 2);
      expect(watcher.topics().filter((topic) => topic.includes('/evt/'))).toHaveLength(1);
    });

    it('survives a restart of the broker: says no while it is away, and everything again when it is back', async () => {
      const ups = await online('ups-monitor');
      const heard = statuses('ups-monitor');
      await waitFor('its status', () => heard.length > 0);
      ups.state('ups', 'rack', mains);
      ups.state('ups', 'attic', mains);
      await ups.publishEvent(lost(1));
      await broker.stop();
      await waitFor('it is offline', () => !ups.online);
      await expect(ups.publishEvent(lost(2))).rejects.toMatchObject({ code: 'broker-offline' });
      ups.state('ups', 'rack', battery);
      ups.removeState('ups', 'attic');
      ups.setHead(epoch, 2);
      await ups.flushed();
      await broker.start();
      await waitFor('it is online', () => ups.online);
      await ups.publishEvent(lost(2));
      await waitFor('the listener hears it again', () => heard.some(({ head }) => head === 2));
      const late = await watch(`${base}/#`);
      const rack = await late.sees('the rack', ({ topic }) => topic === `${base}/state/ups/rack`);
      expect(JSON.parse(rack.payload)).toMatchObject({ on_battery: 1 });
      await late.sees('the status', ({ topic }) => topic === `${base}/status`);
      expect(late.topics()).toHaveLength(2);
    });

    it('says why it is not let in, without the password', async () => {
      const log = memoryLogger();
      const ups = service('ups-monitor', { password: 'wrong', logger: log });
      await waitFor('the refusal', () => log.lines.some(({ level }) => level === 'warn'));
      expect(JSON.stringify(log.lines)).toContain('Not authorized');
      expect(JSON.stringify(log.lines)).not.toContain('wrong');
      expect(ups.online).toBe(false);
      expect(ups.trouble()).toMatch(
        /^not connected: Connection refused: .*; correct broker\.url or broker\.credentials\.ups-monitor$/,
      );
      expect(ups.trouble()).not.toContain('wrong');
    });

    it('says when the broker does not let it publish, which is acknowledged all the same', async () => {
      const log = memoryLogger();
      const fine = await online('policy', { shownWithinMs: 300 });
      const denied = await online('ups-monitor', { ...login('policy'), shownWithinMs: 300 });
      await Promise.all([fine.flushed(), denied.flushed()]);
      expect(await waitFor('it is noticed', () => denied.trouble())).toBe(
        `the broker takes ${base}/status and does not show it: it does not let this login publish it, or read it`,
      );
      expect(fine.trouble()).toBeUndefined();
      const away = service('vm-lifecycle', { password: 'wrong', logger: log });
      expect(away.trouble()).toBe('not connected');
    });

    it('says that it goes when it closes', async () => {
      const ups = service('ups-monitor');
      const watcher = await watch(`${base}/status`);
      const statuses = () => watcher.received.map(({ payload }) => JSON.parse(payload));
      await watcher.sees('its status', ({ payload }) => JSON.parse(payload).online === 1);
      await ups.close();
      await watcher.sees('offline', ({ payload }) => JSON.parse(payload).online === 0);
      // Of three servers one may still have told of the session before this one.
      const { session } = statuses().findLast(({ online }) => online === 1);
      expect(statuses().at(-1)).toMatchObject({ online: 0, session });
      expect(ups.online).toBe(false);
      await expect(ups.publishEvent(lost(1))).rejects.toMatchObject({ code: 'broker-offline' });
    });
  });
});
