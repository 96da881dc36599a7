import { request } from 'node:http';
import type {
  IncidentResource,
  PortResource,
  ProbeResource,
  StoredEvent,
  SwitchResource,
} from '@huismeester/contracts';
import { createLogger, parseSettings, type RunningService, runServices } from '@huismeester/service';
import { collectLines, type TestSite, waitFor } from '@huismeester/testkit';
import type { IsOwnAddress } from '../src/about.ts';
import type { Timing } from '../src/core/timing.ts';
import { createNetwatch } from '../src/service.ts';

export interface NetwatchOptions {
  /** `switches`, `probes` and the like, as in a space.yaml. */
  readonly settings: object;
  /** Another process before this one may have used its database. */
  readonly site: TestSite;
  /** As usual if left out. */
  readonly timing?: Timing;
  readonly isOwnAddress?: IsOwnAddress;
  /** A broker that outlives the service; an embedded one if left out. */
  readonly brokerUrl?: string;
}

export type TestNetwatch = Awaited<ReturnType<typeof startNetwatch>>;

/** The whole space.yaml; nobody answers for the logs that netwatch reads. */
export function spaceOf({ settings, site, brokerUrl }: NetwatchOptions): string {
  const nobody = (name: string) => ({ url: 'http://127.0.0.1:9', secret: `the-secret-of-${name}` });
  return JSON.stringify({
    site: { id: 'test', name: 'Test' },
    http: { port: 0, socket: `${site.path}/socket` },
    broker: brokerUrl === undefined ? { embedded: { port: 0, anonymousRead: true } } : { url: brokerUrl },
    database: { url: site.url },
    services: { 'ups-monitor': nobody('ups-monitor'), 'vm-lifecycle': nobody('vm-lifecycle') },
    ...settings,
  });
}

/** A switch of the settings, looked at often. */
export function switchAt(port: number, settings: object = {}) {
  return {
    id: 'sw1',
    host: '127.0.0.1',
    port,
    snmp: { version: '2c', community: 'public' },
    poll: '200ms',
    counters: '500ms',
    ...settings,
  };
}

/** Runs netwatch on PostgreSQL with a broker, as a process would. */
export async function startNetwatch(options: NetwatchOptions) {
  const { timing, isOwnAddress, brokerUrl } = options;
  const settings = parseSettings(spaceOf(options), {
    file: 'space.yaml',
    env: {},
    readFile: () => {
      throw new Error('these settings name no file');
    },
  });
  const logged = collectLines();
  let service: RunningService | undefined;
  const running = await runServices(
    settings,
    {
      netwatch: async (context) => {
        const overrides = { ...(timing && { timing }), ...(isOwnAddress && { isOwnAddress }) };
        service = await createNetwatch(context, overrides);
        return service;
      },
    },
    { version: '0.0.0-test', logger: createLogger({ level: 'debug', destination: logged.stream }) },
  );
  if (!service) throw new Error('runServices did not create the service');
  const { log } = service;
  const snapshot = coalesced(service.snapshot);
  const known: StoredEvent[] = [];
  const events = coalesced(async () => {
    // Positions are without gaps.
    known.push(...(await log.read({ after: known.length, limit: 1000 })).events);
    return [...known];
  });
  /** All events, or those of some subjects, as `<type> <subject>`. */
  const lines = async (...subjects: string[]) =>
    (await events())
      .filter(({ subject }) => subjects.length === 0 || subjects.includes(subject))
      .map(({ type, subject }) => `${type} ${subject}`);
  const entity = async <T>(subject: string): Promise<T | undefined> => {
    const { entities } = await snapshot();
    return entities.find((each) => each.subject === subject)?.state as T | undefined;
  };
  const last = async (type: string, subject: string) =>
    (await events()).findLast((each) => each.type === type && each.subject === subject);
  return {
    running,
    mqttUrl: brokerUrl ?? running.mqttUrl ?? '',
    /** What was logged at warning and above, but for the logs that nobody answers for. */
    warnings: () => logged.lines().filter(({ level, source }) => Number(level) >= 40 && source === undefined),
    logged: logged.text,
    events,
    /** The newest event of a type and subject. */
    last,
    /** When it was said, and what it says of when that began and ended, ms since 1970; NaN where it does not say. */
    async times(type: string, subject: string) {
      const { time, data } = (await last(type, subject)) ?? {};
      const { since, until: end } = (data ?? {}) as { since?: string; until?: string };
      const [told, from, to] = [time, since, end].map((each) => Date.parse(each ?? ''));
      return { told: told ?? Number.NaN, since: from ?? Number.NaN, until: to ?? Number.NaN };
    },
    lines,
    /** Waits until an event was said, so often. */
    hears: (line: string, times = 1) =>
      until(
        `${line} in the log`,
        async () => (await lines()).filter((each) => each === line).length >= times,
      ),
    entity,
    port: (id: string) => entity<PortResource>(`port/${id}`),
    switch: (id: string) => entity<SwitchResource>(`switch/${id}`),
    probe: (id: string) => entity<ProbeResource>(`probe/${id}`),
    incident: (id: string) => entity<IncidentResource>(`incident/${id}`),
    /** All ports of a switch. */
    async ports(id: string): Promise<PortResource[]> {
      const { entities } = await snapshot();
      return entities
        .filter(({ subject }) => subject.startsWith(`port/${id}/`))
        .map(({ state }) => state as PortResource);
    },
    get: <T>(path: string) => askLocally<T>(running.socket, path),
    parts: () => service?.parts() ?? [],
    close: () => running.close(),
  };
}

/** Waits as waitFor does; many cases at once look no more often than that. */
export const until: typeof waitFor = (description, predicate, options = {}) =>
  waitFor(description, predicate, { everyMs: 100, ...options });

/** What is asked for again while it is being read is read once more after that, for all who asked. */
function coalesced<T>(read: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  return () => {
    next ??= running.then(() => {
      const begun = read();
      running = begun.catch(() => undefined);
      next = undefined;
      return begun;
    });
    return next;
  };
}

/** GET below /api/v1, as an administrator on the same machine. */
export async function askLocally<T>(socketPath: string, path: string): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const asked = request({ socketPath, path: `/api/v1${path}` }, async (answer) => {
    const text = Buffer.concat(await answer.toArray()).toString();
    if (answer.statusCode === 200) resolve(JSON.parse(text));
    else reject(new Error(`GET ${path}: ${answer.statusCode} ${text}`));
  });
  asked.on('error', reject);
  asked.end();
  return await promise;
}
