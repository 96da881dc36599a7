import { startNutSimulator } from '@huismeester/simulators';
import { tempSite, waitFor } from '@huismeester/testkit';
import { describe, expect, it } from 'vitest';
import { listen, startMonitor, withoutMqttClient } from './monitor.ts';

const count = 120;
const ids = Array.from({ length: count }, (_, index) => `u${index}`);
const vars = { 'ups.status': 'OL', 'battery.charge': '100', 'battery.runtime': '1800', 'ups.load': '20' };

describe.skipIf(withoutMqttClient)('with many UPSes', () => {
  it('sends what changed of each, and the pivots of all together', { timeout: 60_000 }, async () => {
    const simulator = await startNutSimulator({ upses: ids.map((name) => ({ name, vars })) });
    const site = await tempSite('ups');
    const upses = ids.map((id) => ({ id, name: id, port: simulator.port, pollVariables: '1s' }));
    const started = performance.now();
    const monitor = await startMonitor({ upses, site });
    const pivots = await listen(monitor.mqttUrl, '+/graf/#');
    const state = await listen(monitor.mqttUrl, '+/state/ups/u7');
    const whole = ({ payload }: { payload: string }) => Object.keys(JSON.parse(payload)).length === count;
    const said = async (type: string) =>
      (await monitor.events()).filter((event) => event.type === type).length;
    try {
      await waitFor('a pivot of all of them', () => pivots.messages().some(whole));
      const [before, began] = [pivots.messages().length, performance.now()];
      for (const id of ids) simulator.set(id, 'ups.status', 'OB DISCHRG');
      await waitFor('all are on battery', async () => (await said('ups.on-battery')) === count);
      for (const [index, id] of ids.entries()) simulator.set(id, 'battery.charge', `${90 - (index % 9)}`);
      await waitFor('a pivot of all charges', () =>
        pivots.messages().some((message) => {
          return message.topic.endsWith('charge-pct') && !message.payload.includes(':100') && whole(message);
        }),
      );
      const intervals = (performance.now() - began) / 500;
      expect(pivots.messages().length - before).toBeLessThanOrEqual(3 * (intervals + 2));
      const contents = state
        .messages()
        .map(({ payload }) => JSON.stringify({ ...JSON.parse(payload), ts: 0 }));
      const repeated = contents.filter((content, index) => content === contents[index - 1]);
      // What did not change is sent each 9 s, and to who has just subscribed.
      expect(repeated.length).toBeLessThanOrEqual(2 + (performance.now() - started) / 9_000);
    } finally {
      await pivots.close();
      await state.close();
      await monitor.close();
      await simulator.close();
      await site.remove();
    }
  });
});
