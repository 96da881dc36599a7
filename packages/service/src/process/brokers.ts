import {
  type BrokerConnection,
  BrokerError,
  connectBroker,
  type EmbeddedBroker,
  type History,
  historySettings,
  keepHistory,
  startEmbeddedBroker,
} from '@huismeester/broker';
import type { Clock } from '@huismeester/clock';
import type { ServiceName, SpaceSettings } from '@huismeester/contracts';
import type { Logger } from 'pino';
import { followCertificate, type Renewal } from '../certificate/renewal.ts';
import type { Part } from '../service.ts';

export interface Brokers {
  /** Where MQTT clients connect; undefined when there is no broker. */
  readonly url: string | undefined;
  /** Why there is none, for people. */
  readonly problem: string | undefined;
  /** The service's own connection; undefined when there is no broker to connect to. */
  connect(service: ServiceName): BrokerConnection | undefined;
  /** What else there is of it, for the health of the process. */
  parts(): Part[];
  close(): Promise<void>;
}

interface Surroundings {
  readonly logger: Logger;
  readonly clock: Clock;
  readonly version: string;
}

/**
 * The broker that the settings name: started here, or another one to connect to. MQTT is only the news: an embedded
 * broker that cannot start is logged, and the rest goes on without.
 */
export async function openBrokers(settings: SpaceSettings['broker'], around: Surroundings): Promise<Brokers> {
  if (!('embedded' in settings)) {
    const { url, credentials, jetstream: _, ...common } = settings;
    const wanted = historySettings(settings);
    const history = wanted && keepHistory({ ...wanted, logger: around.logger });
    return {
      url: [url].flat()[0],
      problem: undefined,
      connect: (service) =>
        connectBroker({ url, ...common, ...credentials[service], ...forService(around, service) }),
      parts: () => (history ? [historyPart(history)] : []),
      close: async () => history?.close(),
    };
  }
  const { embedded, root } = settings;
  const { tls, ...rest } = embedded;
  try {
    const broker = await startEmbeddedBroker({ ...rest, ...(tls && { tls }), root, logger: around.logger });
    const { url, localUrl } = broker;
    const renewal = tls && renewalOf(broker, tls, around);
    renewal?.start();
    return {
      url,
      problem: undefined,
      connect: (service) =>
        connectBroker({
          url: localUrl,
          ...broker.credentials(service),
          root,
          ...forService(around, service),
        }),
      parts: () => (renewal ? [renewal.part()] : []),
      close: async () => {
        await renewal?.close();
        await broker.close();
      },
    };
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    const problem = error.message;
    around.logger.error({ reason: problem }, 'embedded broker cannot start; going on without MQTT');
    return { url: undefined, problem, connect: () => undefined, parts: () => [], close: async () => {} };
  }
}

function renewalOf(
  broker: EmbeddedBroker,
  pair: { cert: string; key: string },
  { clock, logger }: Surroundings,
): Renewal {
  const setting = 'broker.embedded.tls';
  const take = (next: { cert: string; key: string }) => broker.renew(next);
  return followCertificate({ pair, setting, part: 'certificate of the broker', take, clock, logger });
}

/** Not essential: it is for others, and what it misses is in our logs. */
function historyPart(history: History): Part {
  const trouble = history.trouble();
  const detail = trouble ?? history.warning();
  return {
    name: 'history',
    essential: false,
    ready: trouble === undefined,
    ...(detail !== undefined && { detail }),
  };
}

function forService({ logger, clock, version }: Surroundings, service: ServiceName) {
  return { service, version, clock, logger: logger.child({ service }) };
}
