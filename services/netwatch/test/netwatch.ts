import type { StoredEvent } from '@huismeester/contracts';
import { createLogger, parseSettings, type RunningService, runServices } from '@huismeester/service';
import { type TestSite, waitFor } from '@huismeester/testkit';
import { createNetwatch } from '../src/service.ts';

export interface NetwatchOptions {
  /** `switches`, `probes` and the like, as in a space.yaml. */
  readonly settings: object;
  /** Another process before this one may have used its database. */
  readonly site: TestSite;
}

/** Runs netwatch on PostgreSQL with an embedded broker, as a process would; nobody answers for the logs that it reads. */
export async function startNetwatch({ settings: given, site }: NetwatchOptions) {
  const nobody = (name: string) => ({ url: 'http://127.0.0.1:9', secret: `the-secret-of-${name}` });
  const all = {
    site: { id: 'test', name: 'Test' },
    http: { port: 0, socket: `${site.path}/socket` },
    broker: { embedded: { port: 0, anonymousRead: true } },
    database: { url: site.url },
    services: { 'ups-monitor': nobody('ups-monitor'), 'vm-lifecycle': nobody('vm-lifecycle') },
    ...given,
  };
  const settings = parseSettings(JSON.stringify(all), {
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
      netwatch: async (context) => {
        service = await createNetwatch(context);
        return service;
      },
    },
    { version: '0.0.0-test', logger: createLogger({ level: process.env.NETWATCH_LOG ?? 'silent' }) },
  );
  if (!service) throw new Error('runServices did not create the service');
  const { log, snapshot } = service;
  const events = async (): Promise<StoredEvent[]> => (await log.read({ after: 0, limit: 1000 })).events;
  /** All events, as `<type> <subject>`. */
  const lines = async () => (await events()).map(({ type, subject }) => `${type} ${subject}`);
  return {
    running,
    mqttUrl: running.mqttUrl ?? '',
    events,
    lines,
    hears: (line: string, timeoutMs = 15_000) =>
      waitFor(`${line} in the log`, async () => (await lines()).includes(line), { timeoutMs }),
    async entity<T>(subject: string): Promise<T | undefined> {
      const { entities } = await snapshot();
      return entities.find((each) => each.subject === subject)?.state as T | undefined;
    },
    parts: () => service?.parts() ?? [],
    close: () => running.close(),
  };
}
