import { randomBytes } from 'node:crypto';
import { type EventEmitter, once } from 'node:events';
import { type Clock, type Logger, systemClock } from '@huismeester/clock';
import { type ServiceName, serviceNames } from '@huismeester/contracts';
import { Aedes, type Client } from 'aedes';
import { checkReaders } from './access.ts';
import { accessHooks } from './access-hooks.ts';
import { Credentials } from './credentials.ts';
import { startListeners } from './listeners.ts';
import { disconnectSlowClients } from './slow-clients.ts';

export interface EmbeddedBrokerOptions {
  /** Loopback if left out. Beyond it, without `tls`, passwords and payloads are readable on the wire. */
  host?: string;
  /** A certificate with its chain, and its key, PEM: then clients must come with TLS. */
  tls?: { cert: string; key: string };
  /** 0 takes any free one; 1883 if left out. */
  port?: number;
  root: string;
  readers?: readonly { username: string; password: string }[];
  /** Whether anybody may read without a password; false if left out. */
  anonymousRead?: boolean;
  logger: Logger;
  /** A service's password, for services of other processes; if left out, random at each start. */
  passwordOf?: (service: ServiceName) => string;
  clock?: Clock;
}

export interface EmbeddedBroker {
  readonly url: string;
  readonly port: number;
  /** Where the services of this process connect: on loopback without TLS, whose certificate names another host. */
  readonly localUrl: string;
  /** What a service logs in with; in memory only. */
  credentials(service: ServiceName): { username: string; password: string };
  /** Shows another certificate to clients that connect from now on. Throws what OpenSSL says of a pair that does not fit; without `tls` it does nothing. */
  renew(tls: { cert: string; key: string }): void;
  /** Waits up to 1 s for our services to disconnect, then closes everybody's connection. */
  close(): Promise<void>;
}

const graceMs = 1_000;

/** Starts the broker inside this process. Throws a {@link BrokerError} when it cannot listen, or on a reader's bad name. */
export async function startEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<EmbeddedBroker> {
  const { host = '127.0.0.1', port = 1883, root, readers = [], anonymousRead = false, logger } = options;
  const { clock = systemClock } = options;
  checkReaders(readers.map(({ username }) => username));
  const passwordOf = options.passwordOf ?? (() => randomBytes(24).toString('base64url'));
  const passwords = new Map(serviceNames.map((service) => [service, passwordOf(service)]));
  const credentials = new Credentials();
  for (const [service, password] of passwords)
    credentials.add(service, password, { kind: 'service', service });
  for (const { username, password } of readers) credentials.add(username, password, { kind: 'reader' });

  const { hooks, who } = accessHooks({ root, credentials, anonymousRead, logger });
  const aedes = await Aedes.createBroker({ ...hooks, connectTimeout: 5_000, maxTopicLevels: 16 });
  numberOnDelivery(aedes);
  disconnectSlowClients(aedes, logger);
  report(aedes, logger);
  const services = new Set<Client>();
  aedes.on('clientReady', (client) => {
    if (who(client)?.kind === 'service') services.add(client);
  });
  aedes.on('clientDisconnect', (client) => services.delete(client));
  const listeners = await startListeners(aedes, { ...options, host, port });
  const [external] = listeners;
  return {
    url: external.url,
    port: external.port,
    localUrl: listeners.at(-1)?.url ?? external.url,
    credentials: (service) => ({ username: service, password: passwords.get(service) ?? '' }),
    renew: (tls) => external.renew(tls),
    async close() {
      const closed = listeners.map(({ server }) => once(server, 'close'));
      for (const { server } of listeners) server.close();
      await gone(aedes, services, clock);
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      for (const socket of listeners.flatMap(({ sockets }) => [...sockets])) socket.destroy();
      await Promise.all(closed);
    },
  };
}

async function gone(aedes: Aedes, services: ReadonlySet<Client>, clock: Clock): Promise<void> {
  const overdue = new AbortController();
  const cancel = clock.after(graceMs, () => overdue.abort());
  try {
    while (services.size > 0) await once(aedes, 'clientDisconnect', { signal: overdue.signal });
  } catch (error) {
    if (!overdue.signal.aborted) throw error;
  } finally {
    cancel();
  }
}

/**
 * aedes 1.2 numbers a message before it stores it and delivers it after. One that was overtaken meanwhile, as a retained
 * one is by any other, then looks like a duplicate to each subscriber and is dropped. So they are numbered as they go out.
 */
function numberOnDelivery(aedes: Aedes): void {
  const emitter: { emit(packet: { brokerCounter: number }, done: () => void): unknown } = Reflect.get(
    aedes,
    'mq',
  );
  const emit = emitter.emit.bind(emitter);
  let counter = 0;
  emitter.emit = (packet, done) => {
    counter += 1;
    packet.brokerCounter = counter;
    return emit(packet, done);
  };
}

function report(aedes: Aedes, logger: Logger): void {
  aedes.on('clientError', (client, error) =>
    logger.debug({ err: error, client: client.id }, 'broker: client error'),
  );
  aedes.on('connectionError', (_client, error) => logger.debug({ err: error }, 'broker: connection error'));
  const emitter: EventEmitter = aedes;
  emitter.on('error', (error) => logger.error({ err: error }, 'broker: internal error'));
}
