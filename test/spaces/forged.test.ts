import { serviceNames } from '@huismeester/contracts';
import { skipWithout, waitFor } from '@huismeester/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { logOf, powerRequests } from './e2e/assertions.ts';
import { startHouse } from './e2e/house.ts';
import type { House } from './e2e/house-types.ts';
import { type Listener, listen } from './e2e/listener.ts';
import { play, steps } from './e2e/story.ts';

const epoch = '00000000-0000-4000-8000-000000000000';

/** Garbage of every kind that a stranger might send. */
const garbage = [
  '',
  'not json',
  '{',
  'null',
  '[]',
  '42',
  '"x"',
  '{"online":"yes"}',
  '\u0000\u0001',
  '{"head":1e308}',
  `{"online":1,"session":9e15,"epoch":"${epoch}","head":99999999,"ts":1,"version":"x"}`,
  `{"online":0,"session":9e15,"ts":1,"version":"x"}`,
  'x'.repeat(200_000),
];

describe.skipIf(skipWithout('upsd', 'postgres', 'mosquitto'))(
  'forged, repeated and garbage messages on an open broker',
  () => {
    let house: House;
    let listener: Listener;
    beforeAll(async () => {
      house = await startHouse({ database: 'postgres', broker: 'open mosquitto', distributed: true });
      listener = await listen(house.mqttUrl, house.root);
      return async () => {
        await listener.close();
        await house.close();
      };
    });

    const send = async (topic: string, payload: string, retain = false): Promise<void> => {
      await listener.client.publishAsync(topic, payload, { qos: 1, retain });
    };
    const heads = async () =>
      Promise.all(
        serviceNames.map(
          async (service) =>
            (await house.get<{ head: number }>(`/api/v1/${service}/events?after=0&limit=1`)).head,
        ),
      );

    /**
     * Waits until all that was sent had its chance: each consumer has looked once more, which it does each second, and after
     * that each service has told its status.
     */
    const settled = async () => {
      const after = Date.now() + 1000;
      const told = (service: string) =>
        listener.heard.some(
          ({ topic, text }) =>
            topic === `space/v1/${service}/status` && Number(/"ts":(\d{13})\b/.exec(text)?.[1]) > after,
        );
      await waitFor('every service goes on after it all', () => serviceNames.every(told), {
        timeoutMs: 30_000,
      });
      expect(await house.status('/health/ready')).toBe(200);
    };

    it('changes nothing: no request at Proxmox, no event in any log', async () => {
      await waitFor(
        'the states are there',
        () => listener.newest('space/v1/policy/state/space/main') !== undefined,
      );
      await waitFor('the first reading is logged', async () =>
        (await logOf(house, 'ups-monitor')).some(({ type }) => type === 'ups.battery-reading'),
      );
      await waitFor('what each VM is set to is logged', async () => {
        const inspected = (await logOf(house, 'vm-lifecycle')).filter(({ type }) => type === 'vm.inspected');
        const { count } = await house.get<{ count: number }>('/api/v1/vms');
        return new Set(inspected.map(({ subject }) => subject)).size === count;
      });
      const before = await heads();
      const topics = [
        ...new Set(listener.heard.map(({ topic }) => topic)),
        ...serviceNames.flatMap((service) => [
          `space/v1/${service}/status`,
          `space/v1/${service}/evt/ups/rack/on-battery`,
          `space/v1/${service}/cmd/stop`,
        ]),
      ];
      const forged = JSON.stringify({
        specversion: '1.0',
        id: epoch,
        source: '/house/ups-monitor',
        type: 'ups.battery-low',
        subject: 'ups/rack',
        time: new Date().toISOString(),
        datacontenttype: 'application/json',
        dataschema: '/schemas/ups.battery-low/1',
        epoch,
        position: 1,
        version: 1,
        correlationid: epoch,
        data: { ups: 'rack', charge_pct: 1 },
      });
      const all = topics.flatMap((topic) => [...garbage, forged].map((payload) => ({ topic, payload })));
      await Promise.all(all.map(({ topic, payload }) => send(topic, payload, topic.endsWith('/status'))));
      await send('space/v1/ups-monitor/evt/ups/rack/on-battery', forged);
      await settled();
      expect(await heads()).toEqual(before);
      expect(powerRequests(house.proxmox.requests)).toEqual([]);
    });

    it('still tells a real power cut from a forged one, and a replay of it moves nothing', async () => {
      for (const step of steps) await play(house, step);
      const asked = powerRequests(house.proxmox.requests).length;
      const decided = (await logOf(house, 'policy')).length;
      const replay = listener.heard.filter(
        ({ topic, text }) => topic.includes('/evt/') && text.startsWith('{"specversion"'),
      );
      expect(replay.length).toBeGreaterThan(10);
      const again = [...replay, ...replay.toReversed()];
      await Promise.all(again.map(({ topic, text }) => send(topic, text)));
      await settled();
      expect(powerRequests(house.proxmox.requests)).toHaveLength(asked);
      expect(
        (await logOf(house, 'policy')).slice(decided).filter(({ data }) => data.state === 'stopped'),
      ).toEqual([]);
    });
  },
);
