import type { BrokerConnection } from '@huismeester/broker';
import type { ServiceName } from '@huismeester/contracts';
import { createPublisher, type Publisher } from '@huismeester/events';
import type { Logger } from 'pino';
import { gauge } from '../metrics.ts';
import type { CreateService, RunningService, ServiceContext } from '../service.ts';
import type { Brokers } from './brokers.ts';
import type { Closing } from './closing.ts';
import { lateSource, remoteSource } from './sources.ts';

export interface Running {
  readonly service: RunningService;
  readonly broker: BrokerConnection | undefined;
  readonly publisher: Publisher | undefined;
}

interface Options {
  /** What all services of the process share. */
  readonly process: Pick<ServiceContext, 'settings' | 'database' | 'clock' | 'metrics' | 'version'>;
  readonly logger: Logger;
  readonly brokers: Brokers;
  readonly closing: Closing;
}

/** Creates the services, each with its context, its connection to the broker and its publisher; starts none of them. */
export async function createServices(
  wanted: readonly { name: ServiceName; create: CreateService }[],
  { process, logger, brokers, closing }: Options,
): Promise<Running[]> {
  const local = new Map(wanted.map(({ name }) => [name, lateSource(name)]));
  const running: Running[] = [];
  for (const { name: self, create } of wanted) {
    const broker = brokers.connect(self);
    if (broker) closing.add(`${self}: connection to the broker`, () => broker.close());
    const sources = (service: ServiceName) =>
      local.get(service) ?? remoteSource(service, { self, services: process.settings.services, broker });
    const service = await create({ ...process, logger: logger.child({ service: self }), broker, sources });
    closing.add(self, () => service.close());
    running.push(announce(service, broker, { process, logger, closing }));
  }
  for (const { service } of running) local.get(service.name)?.attach(service);
  return running;
}

/** Has the log's events sent to the broker in order, and its head told in the service's status. */
function announce(
  service: RunningService,
  broker: BrokerConnection | undefined,
  { process, logger, closing }: Omit<Options, 'brokers'>,
): Running {
  const { name, log, tables } = service;
  const labels = { service: name };
  const { metrics, database } = process;
  gauge(metrics, { name: 'huismeester_log_head', help: 'Position of the newest event', labels }, () =>
    log.head(),
  );
  if (!broker) return { service, broker, publisher: undefined };

  broker.setHead(log.epoch, log.head());
  const stop = log.onAppended((head) => broker.setHead(log.epoch, head));
  closing.add(`${name}: status`, () => stop());
  const publisher = createPublisher({
    database,
    tables,
    log,
    publish: (event) => broker.publishEvent(event),
    logger: logger.child({ service: name }),
  });
  closing.add(`${name}: publisher`, () => publisher.close());
  const lag = { name: 'huismeester_publisher_lag', help: 'Events not yet looked at for MQTT', labels };
  gauge(metrics, lag, () => publisher.status().lag);
  const online = { name: 'huismeester_broker_online', help: '1: connected to the broker', labels };
  gauge(metrics, online, () => Number(broker.online));
  return { service, broker, publisher };
}
