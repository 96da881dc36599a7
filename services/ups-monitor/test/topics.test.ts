import { startNutSimulator } from '@huismeester/simulators';
import {
  daemonPath,
  freePort,
  portOpen,
  skipWithout,
  startChild,
  tempSite,
  waitFor,
} from '@huismeester/testkit';
import { describe, expect, it } from 'vitest';
import { listen, startMonitor, withoutMqttClient } from './monitor.ts';

describe.skipIf(withoutMqttClient || skipWithout('mosquitto'))('on a broker that remembers', () => {
  it('clears the state of a UPS that left the settings', async () => {
    const brokerPort = await freePort();
    // Without a configuration it listens on loopback alone, for anybody.
    const broker = await startChild({ command: daemonPath('mosquitto'), args: ['-p', `${brokerPort}`] });
    await broker.ready('it listens', () => portOpen(brokerPort));
    const simulator = await startNutSimulator({ upses: [{ name: 'ups', vars: { 'ups.status': 'OL' } }] });
    const site = await tempSite('ups');
    const brokerUrl = `mqtt://127.0.0.1:${brokerPort}`;
    const rack = { id: 'rack', name: 'ups', port: simulator.port };
    const attic = { id: 'attic', name: 'ups', port: simulator.port };
    const mqtt = await listen(brokerUrl);
    const state = (id: string) => `space/v1/ups-monitor/state/ups/${id}`;
    try {
      const before = await startMonitor({ upses: [rack, attic], site, brokerUrl });
      await mqtt.sees(state('attic'), ({ mains }) => mains === 'on-mains');
      await before.close();
      const after = await startMonitor({ upses: [rack], site, brokerUrl });
      await waitFor('an empty state', () =>
        mqtt.messages().some(({ topic, payload }) => topic === state('attic') && payload === ''),
      );
      await mqtt.sees(state('rack'), ({ mains }) => mains === 'on-mains');
      await after.close();

      const late = await listen(brokerUrl);
      await late.sees(state('rack'), () => true);
      expect(late.messages().map(({ topic }) => topic)).not.toContain(state('attic'));
      await late.close();
    } finally {
      await mqtt.close();
      await simulator.close();
      await broker.stop();
      await site.remove();
    }
  });
});
