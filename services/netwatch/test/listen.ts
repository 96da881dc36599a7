import { existsSync } from 'node:fs';
import { startChild } from '@huismeester/testkit';
import { until } from './netwatch.ts';

const mqttClient = '/usr/bin/mosquitto_sub';

/** For `describe.skipIf`: the package mosquitto-clients is not installed. Never true in CI. */
export const withoutMqttClient = !process.env.CI && !existsSync(mqttClient);

/** A real MQTT client that reads what netwatch publishes below `space/v1/netwatch/`. */
export async function listen(mqttUrl: string) {
  const child = await startChild({
    command: mqttClient,
    args: ['-L', `${mqttUrl.replace(/\/$/, '')}/space/v1/netwatch/#`, '-F', '%t %p', '-V', 'mqttv311'],
  });
  /** All payloads of a topic, oldest first; an empty one clears it. */
  const payloads = (topic: string) =>
    child
      .output()
      .split('\n')
      .filter((line) => line.startsWith(`space/v1/netwatch/${topic} `))
      .map((line) => line.slice(line.indexOf(' ', 1) + 1));
  return {
    payloads,
    /** Waits until the newest payload of a topic fits. */
    sees: (topic: string, fits: (payload: Record<string, unknown>) => boolean) =>
      until(`${topic} on MQTT`, () => {
        const newest = payloads(topic).at(-1);
        return newest !== undefined && newest !== '' && fits(JSON.parse(newest));
      }),
    isCleared: (topic: string) => until(`${topic} is cleared`, () => payloads(topic).at(-1) === ''),
    close: () => child.stop(),
  };
}
