import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { BrokerConnection } from '@huismeester/broker';
import type { Clock } from '@huismeester/clock';
import type { Part as PartOfProcess, ServiceName, Snapshot, SpaceSettings } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import type { Consumer, EventLog, EventTables, LogSource, Tasks } from '@huismeester/events';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Access } from './access/access.ts';
import type { Answers, AskService } from './questions/asking.ts';

/** What all services of a process share. */
export interface ProcessContext {
  readonly settings: SpaceSettings;
  readonly database: Database;
  readonly clock: Clock;
  /** See `gauge` for values of which each service has its own. */
  readonly metrics: Registry;
  readonly version: string;
  /** Everything outside is simulated: what people see says so. */
  readonly demo: boolean;
}

/** All that a service gets from the process it runs in. */
export interface ServiceContext extends ProcessContext {
  readonly logger: Logger;
  /** Who people are, and how they were let in. */
  readonly access: Access;
  /** Undefined when the embedded broker could not start; an external one that is away is `online: false`. */
  readonly broker: BrokerConnection | undefined;
  /**
   * The log of another service: in this process, or at its URL in `settings.services`. It may be asked for while
   * services are being created, and read once they are started. Throws `ServiceNotConfigured` when nothing is known of it.
   */
  readonly sources: (service: ServiceName) => LogSource;
  /** Asks another service, in this process or in another. Once they are started. */
  readonly ask: AskService;
}

/**
 * A part of a service, for `/health/ready`, which anyone may read: no secrets in `detail`. Its name says the service too,
 * since all parts of a process stand in one list.
 */
export type Part = Readonly<PartOfProcess>;

/** A service that exists; it does nothing by itself until `start()`. */
export interface RunningService {
  readonly name: ServiceName;
  readonly log: EventLog;
  /** The tables that the log was opened with: publisher and pruner use them too. */
  readonly tables: Pick<EventTables, 'eventLog' | 'logHead' | 'publishCursor' | 'idempotencyKey'>;
  readonly snapshot: () => Promise<Snapshot>;
  /** Registered under `/api/v1`; every route says its roles in `config.roles`. */
  readonly routes: FastifyPluginAsyncTypebox;
  /** The logs that it reads: reported in its status, and where dead letters can be replayed. */
  readonly consumers?: readonly Consumer[];
  readonly tasks?: Tasks;
  /** To the questions of its contract. */
  readonly answers?: Answers;
  /** Of the settings that stand in its decisions. */
  readonly settingsHash?: string;
  parts(): Part[];
  /** Begins polling and consuming; called when all services of the process exist. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export type CreateService = (context: ServiceContext) => Promise<RunningService>;
