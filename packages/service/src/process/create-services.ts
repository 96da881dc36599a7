import { type BrokerConnection, BrokerError } from '@huismeester/broker';
import { milliseconds, type ServiceName } from '@huismeester/contracts';
import { createPruner, createPublisher, type Pruner, type Publisher } from '@huismeester/events';
import type { Logger } from 'pino';
import type { Access } from '../access/access.ts';
import { gauge } from '../metrics.ts';
import { meterService } from '../operation/metrics.ts';
import { createSight, type Flow } from '../operation/sight.ts';
import { flowState } from '../operation/words.ts';
import { createAsk } from '../questions/ask.ts';
import type { CreateService, ProcessContext, RunningService } from '../service.ts';
import type { Brokers } from './brokers.ts';
import type { Closing } from './closing.ts';
import { lateSource, remoteSource } from './sources.ts';

export interface Running {
  readonly service: RunningService;
  readonly broker: BrokerConnection | undefined;
  readonly publisher: Publisher | undefined;
  readonly pruner: Pruner;
  readonly flow: () => Flow;
}

interface Options {
  /** What all services of the process share. */
  readonly process: ProcessContext;
  readonly access: Access;
  readonly logger: Logger;
  readonly brokers: Brokers;
  readonly closing: Closing;
}

/** Creates the services, each with its context, its connection to the broker and its publisher; starts none of them. */
export async function createServices(
  wanted: readonly { name: ServiceName; create: CreateService }[],
  { process, access, logger, brokers, closing }: Options,
): Promise<Running[]> {
  const local = new Map(wanted.map(({ name }) => [name, lateSource(name)]));
  const running: Running[] = [];
  for (const { name: self, create } of wanted) {
    const broker = brokers.connect(self);
    if (broker) closing.add(`${self}: connection to the broker`, () => broker.close());
    const sources = (service: ServiceName) =>
      local.get(service) ?? remoteSource(service, { self, services: process.settings.services, broker });
    const ask = createAsk({
      self,
      services: process.settings.services,
      local: (asked) => running.find(({ service }) => service.name === asked)?.service,
    });
    const service = await create({
      ...process,
      access,
      logger: logger.child({ service: self }),
      broker,
      sources,
      ask,
    });
    closing.add(self, () => service.close());
    running.push(announce(service, broker, { process, logger, closing }));
  }
  for (const { service } of running) local.get(service.name)?.attach(service);
  return running;
}

/** Has the log's events sent to the broker in order, and reports how they flow: in the status, the metrics and a state. */
function announce(
  service: RunningService,
  broker: BrokerConnection | undefined,
  { process, logger, closing }: Omit<Options, 'brokers' | 'access'>,
): Running {
  const { name, log } = service;
  const publisher = broker && publish(service, broker, { process, logger, closing });
  const looked = (flow: Flow) => broker?.state('service', name, flowState(flow));
  const failed = (error: unknown) =>
    logger.error({ err: error, service: name }, 'how its events flow cannot be reported; trying again');
  const sight = createSight(service, { broker, publisher, clock: process.clock, looked, failed });
  closing.add(`${name}: sight`, () => sight.close());
  const has = { hasBroker: broker !== undefined, hasTasks: service.tasks !== undefined };
  meterService(process.metrics, log, { flow: sight.flow, ...has });
  const pruner = prune(service, { process, logger, closing });
  return { service, broker, publisher, pruner, flow: sight.flow };
}

function publish(
  { name, log, tables }: RunningService,
  broker: BrokerConnection,
  { process, logger, closing }: Omit<Options, 'brokers' | 'access'>,
): Publisher {
  broker.setHead(log.epoch, log.head());
  const stop = log.onAppended((head) => broker.setHead(log.epoch, head));
  closing.add(`${name}: status`, () => stop());
  const publisher = createPublisher({
    database: process.database,
    tables,
    log,
    publish: (event) => broker.publishEvent(event).catch((error) => passOver(error, logger)),
    logger: logger.child({ service: name }),
  });
  closing.add(`${name}: publisher`, () => publisher.close());
  return publisher;
}

/** What no broker would ever take stays in the log, where it is the truth; the news after it must not wait for ever. */
function passOver(error: unknown, logger: Logger): void {
  if (!(error instanceof BrokerError) || error.code !== 'event-unpublishable') throw error;
  logger.error({ err: error }, 'an event cannot be announced over MQTT; it is passed over');
}

/** Has what is too old removed from the log. */
function prune(
  { name, log, tables }: RunningService,
  { process, logger, closing }: Omit<Options, 'brokers' | 'access'>,
): Pruner {
  const { database, clock, settings, metrics } = process;
  const pruner = createPruner({
    database,
    tables,
    log,
    clock,
    retentionMs: milliseconds(settings.log.retention),
    logger: logger.child({ service: name }),
  });
  closing.add(`${name}: pruner`, () => pruner.close());
  const help = 'Up to this position events were removed for their age';
  gauge(metrics, { name: 'huismeester_log_horizon', help, labels: { service: log.service } }, pruner.horizon);
  return pruner;
}
