import { existsSync } from 'node:fs';
import type { StoredEvent, Ups } from '@huismeester/contracts';
import { createLogger, parseSettings, type RunningService, runServices } from '@huismeester/service';
import { startChild, type TestSite, waitFor } from '@huismeester/testkit';
import type { Timing } from '../src/core/timing.ts';
import { createUpsMonitor } from '../src/service.ts';

/** A UPS at an upsd, as the settings name it. */
export interface Upsd {
  readonly id: string;
  readonly name: string;
  readonly port: number;
  /** How often its status and the rest are asked; as by default if left out. */
  readonly pollStatus?: string;
  readonly pollVariables?: string;
}

export interface MonitorOptions {
  readonly upses: readonly Upsd[];
  /** Another monitor before this one may have used its database. */
  readonly site: TestSite;
  /** How long flags must stand or be away; as usual if left out. */
  readonly timing?: Timing;
  /** A broker that outlives the monitor; an embedded one if left out. */
  readonly brokerUrl?: string;
}

export type Monitor = Awaited<ReturnType<typeof startMonitor>>;
export type Listener = Awaited<ReturnType<typeof listen>>;

const version = '0.0.0-test';

/** Runs ups-monitor on PostgreSQL, with a broker, as a process would. */
export async function startMonitor({ upses, site, timing, brokerUrl }: MonitorOptions) {
  const settings = parseSettings(yaml(upses, site, brokerUrl), {
    file: 'space.yaml',
    env: {},
    readFile: () => {
      throw new Error('these settings name no file');
    },
  });
  let service: RunningService | undefined;
  const running = await runServices(
    settings,
    {
      'ups-monitor': async (context) => {
        service = await createUpsMonitor(context, timing && { timing });
        return service;
      },
    },
    { version, logger: createLogger({ level: 'silent' }) },
  );
  if (!service) throw new Error('runServices did not create the service');
  const { log, snapshot } = service;
  const events = async (): Promise<StoredEvent[]> => (await log.read({ after: 0, limit: 1000 })).events;
  const story = async (id: string): Promise<string[]> => {
    const own = (await events()).filter(({ subject }) => subject === `ups/${id}`);
    return own.map(({ type }) => type.slice('ups.'.length)).filter((type) => type !== 'battery-reading');
  };
  return {
    running,
    log,
    snapshot,
    events,
    mqttUrl: brokerUrl ?? running.mqttUrl ?? '',
    /** The types of one UPS's events but for the readings, without `ups.`. */
    story,
    /** Waits until the newest event of a UPS, readings aside, is this one. */
    hears: (id: string, type: string) =>
      waitFor(`ups.${type} of ${id} in the log`, async () => (await story(id)).at(-1) === type, {
        timeoutMs: 20_000,
      }),
    async ups(id: string): Promise<Ups | undefined> {
      const { entities } = await snapshot();
      return entities.find(({ subject }) => subject === `ups/${id}`)?.state as Ups | undefined;
    },
    close: () => running.close(),
  };
}

const mqttClient = '/usr/bin/mosquitto_sub';

/** For `describe.skipIf`: the package mosquitto-clients is not installed. Never true in CI. */
export const withoutMqttClient = !process.env.CI && !existsSync(mqttClient);

/** A real MQTT client that reads everything, or what a filter below `space/v1` matches: each message as `topic payload`. */
export async function listen(mqttUrl: string, filter = '#') {
  const child = await startChild({
    command: mqttClient,
    args: ['-L', `${mqttUrl.replace(/\/$/, '')}/space/v1/${filter}`, '-F', '%t %p', '-V', 'mqttv311'],
  });
  const messages = () =>
    child
      .output()
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const space = line.indexOf(' ');
        return { topic: line.slice(0, space), payload: line.slice(space + 1) };
      });
  return {
    messages,
    /** The newest payload of a topic that fits. */
    async sees(topic: string, fits: (payload: Record<string, unknown>) => boolean) {
      return await waitFor(`${topic} on MQTT`, () =>
        messages()
          .filter((message) => message.topic === topic && message.payload !== '')
          .map(({ payload }) => JSON.parse(payload) as Record<string, unknown>)
          .findLast(fits),
      );
    },
    close: () => child.stop(),
  };
}

function yaml(upses: readonly Upsd[], { path, url }: TestSite, brokerUrl: string | undefined): string {
  const broker = brokerUrl ? `{ url: "${brokerUrl}" }` : '{ embedded: { port: 0, anonymousRead: true } }';
  const lines = upses.map(
    ({ id, name, port, pollStatus = '500ms', pollVariables = '5s' }) =>
      `  - { id: ${id}, upsd: { host: 127.0.0.1, port: ${port}, name: ${name} }, poll: { status: ${pollStatus}, variables: ${pollVariables} } }`,
  );
  return [
    'site: { id: test, name: Test }',
    `http: { port: 0, socket: "${path}/socket" }`,
    `broker: ${broker}`,
    `database: { url: "${url}" }`,
    ...(lines.length > 0 ? ['ups:', ...lines] : []),
    '',
  ].join('\n');
}
