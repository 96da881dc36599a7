import type { Logger } from '@huismeester/clock';
import type { ServiceName, ServiceStatus, Topics } from '@huismeester/contracts';
import { Link } from './link.ts';
import type { LinkOptions } from './link-options.ts';
import { statusReader } from './status-reader.ts';

export type StatusListener = (status: ServiceStatus) => void;

interface Watched {
  readonly read: (payload: string) => ServiceStatus | undefined;
  readonly listeners: Set<StatusListener>;
  last: ServiceStatus | undefined;
}

export interface StatusListenersOptions {
  topics: Topics;
  link: Omit<LinkOptions, 'onUp' | 'onMessage' | 'will'>;
  logger: Logger;
}

/**
 * Listens to other services' statuses, on a connection of its own: waiting for a PUBACK while a message is being handled
 * stalls MQTT.js. It connects when somebody first listens.
 */
export class StatusListeners {
  readonly #options: StatusListenersOptions;
  readonly #watched = new Map<string, Watched>();
  #link: Link | undefined;

  constructor(options: StatusListenersOptions) {
    this.#options = options;
  }

  /** Calls the listener with each status, beginning with the last known; returns how to stop it. */
  add(service: ServiceName, listener: StatusListener): () => void {
    const topic = this.#options.topics.status(service);
    const watched = this.#watched.get(topic) ?? {
      read: statusReader(),
      listeners: new Set(),
      last: undefined,
    };
    const isNew = !this.#watched.has(topic);
    this.#watched.set(topic, watched);
    watched.listeners.add(listener);
    if (watched.last) this.#call(listener, watched.last);
    if (isNew) this.#subscribe(topic);
    return () => watched.listeners.delete(listener);
  }

  async close(): Promise<void> {
    await this.#link?.close();
  }

  #subscribe(topic: string): void {
    if (!this.#link) {
      this.#link = new Link({
        ...this.#options.link,
        onUp: () => {
          for (const each of this.#watched.keys()) this.#subscribe(each);
        },
        onMessage: (from, payload) => this.#received(from, payload),
      });
    }
    if (!this.#link.online) return;
    this.#link.subscribe(topic).catch((error: unknown) => {
      this.#options.logger.warn(
        { err: error, topic },
        'cannot listen to a status; its log is looked at every second',
      );
    });
  }

  #received(topic: string, payload: Buffer): void {
    const watched = this.#watched.get(topic);
    const status = watched?.read(payload.toString());
    if (!watched || !status) return;
    watched.last = status;
    for (const listener of watched.listeners) this.#call(listener, status);
  }

  #call(listener: StatusListener, status: ServiceStatus): void {
    try {
      listener(status);
    } catch (error) {
      this.#options.logger.error({ err: error }, 'a listener to a status failed');
    }
  }
}
