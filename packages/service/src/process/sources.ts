import type { BrokerConnection } from '@huismeester/broker';
import type { ServiceName, SpaceSettings } from '@huismeester/contracts';
import {
  httpSource,
  type LogSource,
  localLookEveryMs,
  localSource,
  type WakeListener,
} from '@huismeester/events';
import type { RunningService } from '../service.ts';

/** A service wants to read the log of another, and the settings do not say where that is. */
export class ServiceNotConfigured extends Error {
  override readonly name = 'ServiceNotConfigured';
  readonly code = 'service-not-configured';
}

/** The log of a service in this process which may not have been created yet. */
export interface LateSource extends LogSource {
  /** The service exists from now on. */
  attach(running: RunningService): void;
}

/** Services may ask for each other's logs while they are being created, in any order and in circles. */
export function lateSource(service: ServiceName): LateSource {
  const listeners = new Set<WakeListener>();
  let source: LogSource | undefined;
  const attached = (): LogSource => {
    if (source) return source;
    throw new Error(`the log of ${service} was read before ${service} was created; read it after start()`);
  };
  return {
    service,
    attach: ({ log, snapshot }) => {
      source = localSource(log, snapshot);
      source.onWake((announced) => {
        for (const listener of listeners) listener(announced);
      });
    },
    read: async (query) => attached().read(query),
    snapshot: async () => attached().snapshot(),
    onWake: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lookEveryMs: localLookEveryMs,
  };
}

/** The log of a service in another process: read at its URL, woken by its status on the broker if there is one. */
export function remoteSource(
  service: ServiceName,
  options: { self: ServiceName; services: SpaceSettings['services']; broker: BrokerConnection | undefined },
): LogSource {
  const { self, services, broker } = options;
  const peer = services[service];
  if (!peer) {
    throw new ServiceNotConfigured(
      `services.${service}: found nothing, allowed: { url, secret }; ${self} reads the log of ${service}, which does not run in this process`,
    );
  }
  return httpSource({
    service,
    url: peer.url,
    ca: peer.ca,
    // Each service shows its own secret, so that the other knows who reads.
    secret: services[self]?.secret ?? peer.secret,
    // A service that is offline announces nothing: its will says where it was.
    onWake: (listener) =>
      broker?.onStatus(service, ({ online, epoch, head }) => {
        const isAnnounced = online === 1 && epoch !== undefined && head !== undefined;
        listener(isAnnounced ? { epoch, position: head } : undefined);
      }) ?? (() => {}),
  });
}
