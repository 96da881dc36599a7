import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { BrokerConnection } from '@huismeester/broker';
import type { Clock } from '@huismeester/clock';
import type { ServiceName, Snapshot, SpaceSettings } from '@huismeester/contracts';
import { type Database, migrateSchema, type Tx } from '@huismeester/database';
import {
  type Consumer,
  type ConsumerOptions,
  createConsumer,
  createTasks,
  type EventLog,
  type EventTables,
  type LogSource,
  openEventLog,
  type Tasks,
  type TasksOptions,
  withoutWakes,
} from '@huismeester/events';
import { getTableConfig } from 'drizzle-orm/pg-core';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Access } from './access/access.ts';
import { logPart } from './log-part.ts';
import { ServiceNotConfigured } from './process/sources.ts';
import type { Answers, AskService } from './questions/asking.ts';
import type { Part, RunningService, ServiceContext } from './service.ts';
import { type Entity, takeSnapshot } from './snapshot.ts';

/** What a service has at hand once its log is open. */
export interface Service<Key extends keyof SpaceSettings, Overrides = object> {
  readonly name: ServiceName;
  readonly settings: Pick<SpaceSettings, Key>;
  /** What tests put in another's place. */
  readonly overrides: Overrides;
  readonly database: Database;
  readonly log: EventLog;
  readonly tables: EventTables;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Registry;
  readonly version: string;
  /** Everything outside is simulated. */
  readonly demo: boolean;
  /** Who people are, and how they were let in: membership alone writes it. */
  readonly access: Access;
  /** Undefined when there is none. */
  readonly broker: BrokerConnection | undefined;
  /**
   * Asks another service, in this process or in another, once it has started: at most 5 s. Rejects with `Unanswered` while there is no answer.
   * Never inside a transaction.
   */
  readonly ask: AskService;
  /** Its durable tasks, once all is made; throws before, and where there are none. */
  readonly tasks: () => Tasks;
  /** Its readers of others' logs, once all is made. */
  readonly consumers: () => readonly Consumer[];
}

/** Something that goes on from the start until it is closed: a poller, a loop. */
export interface Going {
  start(): void;
  /** Waits for the round in progress. */
  close(): Promise<void>;
}

/** A reader of another service's log. */
export interface Reads extends Omit<ConsumerOptions, 'database' | 'tables' | 'source' | 'logger' | 'clock'> {
  readonly from: ServiceName;
  /** The service is not ready while there is something left to read. */
  readonly upToDate?: boolean;
  /**
   * The service works without it: where settings do not say where that log is, it is not read; that it is away is no reason not to be ready.
   */
  readonly optional?: boolean;
  /** News does not wake it: it is looked at each `lookEveryMs`, and when somebody waits for it (`caughtUp`), so that it costs a busy moment nothing. */
  readonly unwoken?: boolean;
}

type TaskDefinition = Omit<TasksOptions, 'database' | 'tables' | 'logger' | 'clock'>;

/** What a service is made of; each function is called once, in this order, but for `entities` and `parts`. */
export interface ServiceDefinition<Key extends keyof SpaceSettings, Overrides, Inside> {
  readonly name: ServiceName;
  /** The folder of its migrations; their schema is that of the tables. */
  readonly migrations: URL;
  readonly tables: EventTables;
  /** The parts of `space.yaml` that it uses. */
  readonly settings: readonly Key[];
  /** What tests may put something else in the place of: the one seam for them. */
  readonly overrides?: Overrides;
  /** Opens what it has in memory and outside. */
  readonly open: (service: Service<Key, Overrides>) => Promise<Inside> | Inside;
  readonly tasks?: (service: Service<Key, Overrides>, inside: Inside) => TaskDefinition;
  readonly consumes?: (service: Service<Key, Overrides>, inside: Inside) => readonly Reads[];
  /** They are started in this order, and closed together. */
  readonly loops?: (service: Service<Key, Overrides>, inside: Inside) => readonly Going[];
  readonly gauges?: (service: Service<Key, Overrides>, inside: Inside) => void;
  /** Registered under `/api/v1`. */
  readonly routes: (service: Service<Key, Overrides>, inside: Inside) => FastifyPluginAsyncTypebox;
  /** To the questions of its contract, all of them: `AnswersOf<'membership'>` is their type. */
  readonly answers?: (service: Service<Key, Overrides>, inside: Inside) => Answers;
  /** Of the settings that stand in its decisions. */
  readonly settingsHash?: (inside: Inside) => string;
  /** At the start, before loops, tasks and readers: its retained states on the broker are put right. */
  readonly state?: (service: Service<Key, Overrides>, inside: Inside) => Promise<void> | void;
  /** The entities of its snapshot as the transaction sees them; a version that is left out is taken from the log. */
  readonly entities: (tx: Tx, service: Service<Key, Overrides>, inside: Inside) => Promise<readonly Entity[]>;
  /** For its health, beside the logs that it reads. */
  readonly parts?: (service: Service<Key, Overrides>, inside: Inside) => Part[];
}

/** Creates the service in a process; `overrides` are for tests. */
export type Create<Overrides> = (
  context: ServiceContext,
  overrides?: Partial<Overrides>,
) => Promise<RunningService>;

/**
 * Makes a service of what it is made of: migrates its schema, opens its log, makes its tasks and readers, and starts and
 * closes all of it in order. Its snapshot, its readiness and what it reports of its log come from here.
 */
export function defineService<const Key extends keyof SpaceSettings, Overrides extends object, Inside>(
  definition: ServiceDefinition<Key, Overrides, Inside>,
): Create<Overrides> {
  return async (context, overrides = {}) => {
    const service = await openService(definition, context, overrides);
    const inside = await definition.open(service);
    return assemble(definition, context, service, inside);
  };
}

interface Opened<Key extends keyof SpaceSettings, Overrides> extends Service<Key, Overrides> {
  /** Set once they are made. */
  readonly made: { tasks?: Tasks; consumers: readonly Consumer[] };
}

async function openService<Key extends keyof SpaceSettings, Overrides, Inside>(
  { name, migrations, tables, overrides: usual }: ServiceDefinition<Key, Overrides, Inside>,
  { settings, database, clock, logger, metrics, version, demo, access, broker, ask }: ServiceContext,
  overrides: Partial<Overrides>,
): Promise<Opened<Key, Overrides>> {
  const { schema } = getTableConfig(tables.eventLog);
  if (schema === undefined) throw new Error(`${name}: its tables must be in a PostgreSQL schema of its own`);
  await migrateSchema(database, { schema, folder: migrations });
  const log = await openEventLog({
    database,
    tables,
    service: name,
    siteId: settings.site.id,
    logger,
    clock,
  });
  const made: Opened<Key, Overrides>['made'] = { consumers: [] };
  return {
    name,
    settings,
    // Each that a test does not give is as usual.
    overrides: { ...usual, ...overrides } as Overrides,
    database,
    log,
    tables,
    clock,
    logger,
    metrics,
    version,
    demo,
    access,
    broker,
    ask,
    made,
    tasks: () => {
      if (made.tasks) return made.tasks;
      throw new Error(`${name}: tasks were asked for before they were made; ask once it has started`);
    },
    consumers: () => made.consumers,
  };
}

function assemble<Key extends keyof SpaceSettings, Overrides, Inside>(
  definition: ServiceDefinition<Key, Overrides, Inside>,
  { sources }: ServiceContext,
  service: Opened<Key, Overrides>,
  inside: Inside,
): RunningService {
  const { name, database, log, tables, logger, clock, made } = service;
  const shared = { database, tables, logger, clock };
  const tasks = definition.tasks && createTasks({ ...shared, ...definition.tasks(service, inside) });
  if (tasks) made.tasks = tasks;
  const reads = (definition.consumes?.(service, inside) ?? []).flatMap((each) => {
    const source = sourceOf(each, sources);
    return source ? [{ ...each, source: each.unwoken ? withoutWakes(source) : source }] : [];
  });
  const consumers = reads.map(({ from: _, upToDate: __, optional: ___, unwoken: ____, ...options }) =>
    createConsumer({ ...shared, ...options }),
  );
  made.consumers = consumers;
  const loops = definition.loops?.(service, inside) ?? [];
  definition.gauges?.(service, inside);
  return {
    name,
    log,
    tables,
    consumers,
    ...(tasks && { tasks }),
    ...(definition.answers && { answers: definition.answers(service, inside) }),
    ...(definition.settingsHash && { settingsHash: definition.settingsHash(inside) }),
    routes: definition.routes(service, inside),
    snapshot: (): Promise<Snapshot> =>
      takeSnapshot(service, (tx) => definition.entities(tx, service, inside)),
    parts: () => [
      ...(definition.parts?.(service, inside) ?? []),
      ...consumers.map((consumer, index) => logPart(name, consumer.status(), reads[index])),
    ],
    async start() {
      await definition.state?.(service, inside);
      for (const loop of loops) loop.start();
      tasks?.start();
      for (const consumer of consumers) consumer.start();
    },
    async close() {
      await Promise.all(consumers.map((consumer) => consumer.close()));
      await tasks?.close();
      await Promise.all(loops.map((loop) => loop.close()));
    },
  };
}

/** The log that is to be read; undefined for one that the service works without, and of which settings say nothing. */
function sourceOf({ from, optional }: Reads, sources: ServiceContext['sources']): LogSource | undefined {
  try {
    return sources(from);
  } catch (error) {
    if (optional && error instanceof ServiceNotConfigured) return undefined;
    throw error;
  }
}
