import type { MqttClient } from 'mqtt';
import { BrokerError } from './errors.ts';
import { firstTime } from './first-time.ts';
import { endClient, pauseAfter, startClient } from './link-client.ts';
import type { LinkOptions } from './link-options.ts';

type Done = (error?: Error | null) => void;

/** One MQTT connection that is made anew, after a pause, whenever it is lost, and that keeps nothing while it is away. */
export class Link {
  readonly #options: LinkOptions;
  readonly #waiting = new Set<(error: BrokerError) => void>();
  #client: MqttClient;
  #retry: NodeJS.Timeout | undefined;
  #closed: boolean = false;
  #failures = 0;
  /** Which of the URLs is in use; wraps around. */
  #server = 0;
  #connects = 0;
  #isNews = firstTime();
  #lastReason: string | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#client = this.#connect();
  }

  get online(): boolean {
    return !this.#closed && this.#client.connected;
  }

  /** Why there is no connection, as it was last reported, without credentials; undefined while there is one, or none was tried. */
  get lostBecause(): string | undefined {
    return this.online ? undefined : this.#lastReason;
  }

  /** How often it was made anew after the first time. */
  get reconnects(): number {
    return Math.max(0, this.#connects - 1);
  }

  /**
   * QoS 1 resolves with the broker's PUBACK, QoS 0 once it is written. Rejects with a {@link BrokerError}: at once when
   * offline, and when the PUBACK does not come, which also renews the connection.
   */
  publish(topic: string, payload: string, options: { qos: 0 | 1; retain: boolean }): Promise<void> {
    return this.#exchange(`take ${topic}`, (done) => this.#client.publish(topic, payload, options, done));
  }

  /** Rejects with a {@link BrokerError} when the broker refuses, or does not answer. */
  subscribe(filter: string): Promise<void> {
    return this.#exchange(`subscribe to ${filter}`, (done) =>
      this.#client.subscribe(filter, { qos: 0 }, done),
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#fail(new BrokerError('connection-closed', 'the connection to the broker was closed'));
    await endClient(this.#client);
  }

  #connect(): MqttClient {
    const { name, urls, logger, onUp, onMessage } = this.#options;
    const client = startClient(urls[this.#server % urls.length] ?? '', this.#options, this.#failures);
    client.on('connect', () => {
      this.#failures = 0;
      this.#connects += 1;
      this.#isNews = firstTime();
      logger.info({ link: name }, 'broker connected');
      onUp?.();
    });
    client.on('message', (topic, payload) => onMessage?.(topic, payload));
    client.on('error', (error) => this.#lost(client, error.message));
    client.on('close', () => this.#lost(client, 'closed by the broker'));
    return client;
  }

  #lost(client: MqttClient, reason: string): void {
    if (this.#closed || client !== this.#client || this.#retry) return;
    client.end(true);
    this.#fail(
      new BrokerError('connection-lost', 'the connection to the broker was lost before it answered'),
    );
    this.#failures += 1;
    this.#server += 1;
    this.#lastReason = reason;
    if (this.#isNews(reason)) {
      const details = { link: this.#options.name, reason };
      this.#options.logger.warn(details, 'broker connection lost or refused; trying again');
    }
    this.#retry = setTimeout(
      () => {
        this.#retry = undefined;
        this.#client = this.#connect();
      },
      pauseAfter(Math.ceil(this.#failures / this.#options.urls.length)),
    );
  }

  #fail(error: BrokerError): void {
    for (const reject of [...this.#waiting]) reject(error);
  }

  /** Runs one exchange with the broker under the time limit; the connection is renewed when that passes. */
  #exchange(what: string, run: (done: Done) => void): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      if (!this.online) {
        reject(new BrokerError('broker-offline', `no connection to the broker to ${what}`));
        return;
      }
      const client = this.#client;
      const { timeoutMs } = this.#options;
      const finish = (error?: BrokerError) => {
        clearTimeout(timer);
        this.#waiting.delete(finish);
        if (error) reject(error);
        else resolve();
      };
      const timer = setTimeout(() => {
        finish(
          new BrokerError('publish-timeout', `no answer of the broker within ${timeoutMs} ms to ${what}`),
        );
        this.#lost(client, `no answer within ${timeoutMs} ms`);
      }, timeoutMs);
      this.#waiting.add(finish);
      run((cause) =>
        finish(
          cause ? new BrokerError('connection-lost', `the broker did not ${what}`, { cause }) : undefined,
        ),
      );
    });
  }
}
