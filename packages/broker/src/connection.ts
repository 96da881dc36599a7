import { type Clock, type Logger, systemClock } from '@huismeester/clock';
import {
  eventDefinition,
  type ServiceName,
  type ServiceStatus,
  type StateKind,
  type StatePayload,
  type States,
  type StoredEvent,
  type Topics,
  toCloudEvent,
  topics as topicsOf,
} from '@huismeester/contracts';
import { BrokerError } from './errors.ts';
import { maxPayloadBytes } from './limits.ts';
import { Link } from './link.ts';
import { OwnStatus } from './own-status.ts';
import { StatusListeners } from './status-listeners.ts';
import { Telemetry } from './telemetry.ts';

type AnyStateKind = { [S in keyof States]: StateKind<S> }[keyof States];
type PayloadOf<K extends AnyStateKind> = {
  [S in keyof States]: K extends StateKind<S> ? StatePayload<S, K> : never;
}[keyof States];

/** A state as a service says it: an unknown value is left out or undefined; `ts` is the moment of sending, filled in here. */
export type SaidState<K extends AnyStateKind> = {
  [P in keyof Omit<PayloadOf<K>, 'ts'>]: object extends Pick<PayloadOf<K>, P & keyof PayloadOf<K>>
    ? Omit<PayloadOf<K>, 'ts'>[P] | undefined
    : Omit<PayloadOf<K>, 'ts'>[P];
} & { ts?: number };

export interface BrokerOptions {
  /** Several for a cluster: when one is lost, the next is tried. */
  url: string | readonly string[];
  username?: string | undefined;
  password?: string | undefined;
  /** A PEM certificate to trust instead of the system's. */
  ca?: string | undefined;
  root: string;
  service: ServiceName;
  version: string;
  logger: Logger;
  clock?: Clock;
  /** How long the broker may take to acknowledge, in ms; then the connection is renewed. */
  timeoutMs?: number;
  /** How long the broker may take to show a service its own status, in ms (10 s): see `trouble`. */
  shownWithinMs?: number;
}

/** A service's line to the broker. It may be lost at any time and comes back by itself; nothing here waits for that. */
export interface BrokerConnection {
  readonly topics: Topics;
  readonly online: boolean;
  /** How often the connection was made anew since the start. */
  readonly reconnects: number;
  /**
   * What keeps the service's news from arriving, for people: no connection, or a broker that does not show the service its
   * own status, since it denies without a word. Undefined when all is well.
   */
  trouble(): string | undefined;
  /**
   * Announces a public event (QoS 1) and resolves with the broker's acknowledgement. Rejects with a BrokerError, at once
   * when offline: the caller tries again, unless the code is `event-unpublishable`.
   */
  publishEvent(event: StoredEvent): Promise<void>;
  /** What the retained status says of the event log. */
  setHead(epoch: string, head: number): void;
  /** Shows a device's state; an `id` of several parts is `sw1/gi1-0-3`. */
  state<K extends AnyStateKind>(kind: K, id: string, payload: SaidState<K>): void;
  /** Takes a state back, from the broker too. */
  removeState(kind: AnyStateKind, id: string): void;
  /** Shows one number of each device, for one panel with many lines. */
  graf(metric: string, pivot: Record<string, number>): void;
  /** Calls the listener with each status of a service; returns how to stop it. */
  onStatus(service: ServiceName, listener: (status: ServiceStatus) => void): () => void;
  /** Resolves when the broker has all that was said; at once when it is not there, since all is said again when it is. */
  flushed(): Promise<void>;
  /** Says that the service is offline, and disconnects. */
  close(): Promise<void>;
}

/** Connects a service; returns at once, the broker may come later. */
export function connectBroker(options: BrokerOptions): BrokerConnection {
  const { service, root, version, logger, clock = systemClock, ...rest } = options;
  const { url, username, password, ca, timeoutMs = 5_000, shownWithinMs = 10_000 } = rest;
  const topics = topicsOf(root);
  const common = { urls: [url].flat(), username, password, ca, timeoutMs, logger };
  const session = clock.now().getTime();
  const own = topics.status(service);
  const status = new OwnStatus({ topic: own, session, version, clock, logger, shownWithinMs });
  const link = new Link({
    ...common,
    name: service,
    will: () => status.will(),
    onUp: () => {
      link.subscribe(own).catch((error: unknown) => logger.debug({ err: error }, 'own status not readable'));
      status.connected();
      telemetry.sendAll();
    },
    onMessage: (topic, payload) => {
      if (topic === own) status.shown(payload.toString());
    },
  });
  status.use(link);
  const telemetry = new Telemetry({ service, topics, link, logger, clock });
  const listeners = new StatusListeners({ topics, link: { ...common, name: `${service}-listens` }, logger });
  return {
    topics,
    get online() {
      return link.online;
    },
    get reconnects() {
      return link.reconnects;
    },
    trouble() {
      if (!link.online) return notConnected(link.lostBecause, service);
      return status.denied
        ? `the broker takes ${own} and does not show it: it does not let this login publish it, or read it`
        : undefined;
    },
    publishEvent: async (event) => {
      const { topic, payload } = prepare(topics, service, event);
      await link.publish(topic, payload, { qos: 1, retain: false });
    },
    setHead: (epoch, head) => status.setHead(epoch, head),
    state: (kind, id, payload) => telemetry.state(kind, id, payload),
    removeState: (kind, id) => telemetry.removeState(kind, id),
    graf: (metric, pivot) => telemetry.graf(metric, pivot),
    onStatus: (of, listener) => listeners.add(of, listener),
    flushed: () => status.say(1),
    async close() {
      await status.close();
      await telemetry.close();
      try {
        await status.say(0);
      } catch (error) {
        logger.debug({ err: error }, 'the offline status did not reach the broker; it has our will');
      }
      await Promise.all([link.close(), listeners.close()]);
    },
  };
}

/** Of MQTT's refusals those that waiting does not help against: the login, or what it may do. */
const refusal = /bad username or password|not authorized/i;

function notConnected(reason: string | undefined, service: ServiceName): string {
  if (reason === undefined) return 'not connected';
  const remedy = refusal.test(reason) ? `; correct broker.url or broker.credentials.${service}` : '';
  return `not connected: ${reason}${remedy}`;
}

/** Throws an `event-unpublishable` when the event must not, or cannot, go to the broker. */
function prepare(
  topics: Topics,
  service: ServiceName,
  event: StoredEvent,
): { topic: string; payload: string } {
  const refuse = (why: string, cause?: unknown) =>
    new BrokerError('event-unpublishable', `event ${event.id} (${event.type}) ${why}`, { cause });
  if (eventDefinition(event.type)?.audience !== 'public') throw refuse('is not public: it stays in the log');
  const payload = JSON.stringify(toCloudEvent(event));
  const bytes = Buffer.byteLength(payload);
  if (bytes > maxPayloadBytes) throw refuse(`has ${bytes} bytes; a broker takes ${maxPayloadBytes}`);
  try {
    return { topic: topics.event(service, event), payload };
  } catch (cause) {
    throw refuse(`has a subject that is no topic: ${event.subject}`, cause);
  }
}
