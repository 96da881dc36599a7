import { type Clock, createLoop, type Logger, type Loop } from '@huismeester/clock';
import type { ServiceStatus } from '@huismeester/contracts';
import { firstTime } from './first-time.ts';
import type { Link } from './link.ts';
import { statusReader } from './status-reader.ts';

const everyMs = 5_000;
/** A busy log would otherwise have one sent for each event; those who wait for news do not mind so little. */
const mostOftenMs = 2;

export interface OwnStatusOptions {
  topic: string;
  session: number;
  version: string;
  clock: Clock;
  logger: Logger;
  /** How long the broker may take to show a status back, in ms. */
  shownWithinMs: number;
}

/**
 * A service's own retained status: every 5 s and on change, at most each 2 ms and never before the broker has the last
 * one, so that a slow broker gets fewer; its will is the same, offline. A broker acknowledges what it denies (MQTT 3.1.1), so
 * only reading it back proves that it was let through.
 */
export class OwnStatus {
  readonly #options: OwnStatusOptions;
  readonly #read = statusReader();
  readonly #beat: Loop;
  #link: Link | undefined;
  #log: { epoch: string; head: number } | undefined;
  #lastSent = Number.NEGATIVE_INFINITY;
  #cancelSoon: (() => void) | undefined;
  /** The head is not in any status that was sent. */
  #changed = false;
  #underWay = 0;
  #closed: boolean = false;
  /** The first status that the broker took and did not show back yet: its own time, and when it was sent. */
  #unseen: { ts: number; since: number } | undefined;
  #isNews = firstTime();

  constructor(options: OwnStatusOptions) {
    this.#options = options;
    const { clock, logger } = options;
    this.#beat = createLoop({
      everyMs,
      clock,
      pass: async () => this.#again(),
      onError: (error) => logger.error({ err: error }, 'status not sent; it is repeated'),
    });
    this.#beat.start();
  }

  /** The link needs the will before it is, so it is set afterwards. */
  use(link: Link): void {
    this.#link = link;
  }

  will(): { topic: string; payload: string } {
    return { topic: this.#options.topic, payload: this.#payload(0) };
  }

  setHead(epoch: string, head: number): void {
    if (this.#log?.epoch === epoch && this.#log.head === head) return;
    this.#log = { epoch, head };
    this.#changed = true;
    this.#sayChange();
  }

  /** A new connection: what was said over the one before may never come back. */
  connected(): void {
    this.#unseen = undefined;
    this.#isNews = firstTime();
    this.send();
  }

  /** The broker sent this on the status's topic. */
  shown(payload: string): void {
    const status = this.#read(payload);
    if (status?.session !== this.#options.session || status.online === 0) return;
    if (this.#unseen && status.ts >= this.#unseen.ts) this.#unseen = undefined;
  }

  /** The broker takes it and does not show it: it does not let this service publish it, or read it. */
  get denied(): boolean {
    return this.#unseen !== undefined && performance.now() - this.#unseen.since > this.#options.shownWithinMs;
  }

  /** Sends it now, if the broker is there. */
  send(): void {
    this.say(1).catch((error: unknown) => {
      this.#options.logger.debug({ err: error }, 'status not sent; it is repeated');
    });
  }

  /** Resolves when the broker has it, and so all that was sent before; at once when it is not there. */
  async say(online: 0 | 1): Promise<void> {
    this.#cancelSoon?.();
    this.#cancelSoon = undefined;
    if (!this.#link?.online) return;
    this.#changed = false;
    this.#lastSent = performance.now();
    this.#unseen ??= { ts: this.#options.clock.now().getTime(), since: this.#lastSent };
    this.#underWay += 1;
    try {
      await this.#link.publish(this.#options.topic, this.#payload(online), { qos: 1, retain: true });
    } finally {
      this.#underWay -= 1;
      this.#sayChange();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelSoon?.();
    await this.#beat.close();
  }

  #sayChange(): void {
    if (this.#closed || !this.#changed || this.#underWay > 0 || this.#cancelSoon) return;
    const wait = this.#lastSent + mostOftenMs - performance.now();
    if (wait <= 0) this.send();
    else this.#cancelSoon = this.#options.clock.after(wait, () => this.send());
  }

  #again(): undefined {
    const { topic, logger } = this.#options;
    if (this.denied && this.#isNews('denied')) {
      logger.warn({ topic }, 'the broker takes our status and does not show it: see who may what there');
    }
    this.send();
  }

  #payload(online: 0 | 1): string {
    const { session, version, clock } = this.#options;
    const status: ServiceStatus = { online, session, ...this.#log, ts: clock.now().getTime(), version };
    return JSON.stringify(status);
  }
}
