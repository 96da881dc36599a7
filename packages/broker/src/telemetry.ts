import { type Clock, createLoop, type Logger, type Loop } from '@huismeester/clock';
import {
  faults,
  formerServiceState,
  Pivot,
  type ServiceName,
  states,
  type Topics,
  unknownKeys,
} from '@huismeester/contracts';
import { BrokerError } from './errors.ts';
import { firstTime } from './first-time.ts';
import type { Link } from './link.ts';

/** The contract allows 10 s: a timer may be a second late. */
const repeatMs = 9_000;
/** The repetitions are spread over that time: hundreds of messages at once would hold up an event. */
const slots = 9;
const slotMs = repeatMs / slots;
/** With thousands of states the repetitions of one slot are sent in parts, and what is news comes between them. */
const mostAtOnce = 100;
const betweenMs = 20;

interface Published {
  /** Its payload without the time: a change of that is sent at once. */
  readonly content: string;
  readonly retain: boolean;
  /** When it is repeated: nine slots after it was sent. */
  readonly slot: number;
}

export interface TelemetryOptions {
  service: ServiceName;
  topics: Topics;
  link: Link;
  logger: Logger;
  clock: Clock;
}

/**
 * What a service shows of its devices: remembered here, sent when it changes, every 9 s, and after each connection, for
 * a broker may have lost it and a viewer sees only what arrives. A payload that breaks the contract is logged and not sent:
 * an odd reading must not stop the service that read it.
 */
export class Telemetry {
  readonly #options: TelemetryOptions;
  readonly #published = new Map<string, Published>();
  /** Topics whose retained state is yet to be cleared on the broker. */
  readonly #removed = new Set<string>();
  readonly #isNews = firstTime();
  readonly #repeat: Loop;
  readonly #beganMs: number;
  /** How many slots were sent since then. */
  #slotsSent = 0;
  #nextSlot = 0;
  /** Topics whose repetition is due. */
  readonly #due = new Set<string>();

  constructor(options: TelemetryOptions) {
    const { clock, logger, service } = options;
    this.#options = options;
    this.#removed.add(this.#stateTopic(formerServiceState, service));
    this.#beganMs = clock.monotonicMs();
    this.#repeat = createLoop({
      everyMs: slotMs,
      pass: async () => this.#sendDue(),
      onError: (error) => logger.error({ err: error }, 'telemetry was not repeated; trying again'),
      clock,
    });
    this.#repeat.start();
  }

  state(kind: string, id: string, payload: object): void {
    const { ts: _, ...content } = { ts: 0, ...payload };
    const { service } = this.#options;
    this.#publish(`state ${kind}/${id}`, () => {
      checkState(service, kind, content);
      return { topic: this.#stateTopic(kind, id), content: JSON.stringify(content), retain: true };
    });
  }

  removeState(kind: string, id: string): void {
    const topic = this.#stateTopic(kind, id);
    this.#published.delete(topic);
    this.#removed.add(topic);
    this.#clear(topic);
  }

  graf(metric: string, pivot: Record<string, number>): void {
    const { topics, service } = this.#options;
    this.#publish(`graf ${metric}`, () => {
      const found = [...faults(Pivot, pivot), ...unknownKeys(Pivot, pivot).map(unknownKey)];
      if (found.length > 0) throw new BrokerError('bad-state', found.join('; '));
      return { topic: topics.graf(service, metric), content: JSON.stringify(pivot), retain: false };
    });
  }

  sendAll(): void {
    for (const topic of this.#removed) this.#clear(topic);
    for (const topic of this.#published.keys()) this.#send(topic);
  }

  close(): Promise<void> {
    return this.#repeat.close();
  }

  /** Sends the slots whose time has come, those that a late timer missed included; returns when the next one is due, in ms. */
  #sendDue(): number {
    for (const topic of this.#removed) this.#clear(topic);
    const elapsedMs = this.#options.clock.monotonicMs() - this.#beganMs;
    const passed = Math.floor(elapsedMs / slotMs);
    const count = Math.min(slots, passed - this.#slotsSent);
    const due = new Set(Array.from({ length: count }, (_, index) => (passed - index) % slots));
    this.#slotsSent = passed;
    for (const [topic, { slot }] of this.#published) if (due.has(slot)) this.#due.add(topic);
    let left = mostAtOnce;
    for (const topic of this.#due) {
      if (left === 0) return betweenMs;
      left -= 1;
      this.#send(topic);
    }
    return (passed + 1) * slotMs - elapsedMs;
  }

  #freeSlot(): number {
    this.#nextSlot = (this.#nextSlot + 1) % slots;
    return this.#nextSlot;
  }

  #publish(what: string, prepare: () => Omit<Published, 'slot'> & { topic: string }): void {
    try {
      const { topic, ...message } = prepare();
      this.#removed.delete(topic);
      const before = this.#published.get(topic);
      if (before?.content === message.content) return;
      // What is sent now needs no repetition for as long as the next ones take.
      const slot = before ? this.#slotsSent % slots : this.#freeSlot();
      this.#published.set(topic, { ...message, slot });
      this.#send(topic);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (this.#isNews(`${what} ${reason}`)) {
        this.#options.logger.error({ what, reason }, 'telemetry breaks the contract; not sent');
      }
    }
  }

  #send(topic: string): void {
    const { link, logger } = this.#options;
    this.#due.delete(topic);
    const message = this.#published.get(topic);
    if (!message || !link.online) return;
    // QoS 0: what is lost with a connection is sent again over the next.
    link
      .publish(topic, this.#payloadOf(message), { qos: 0, retain: message.retain })
      .catch((error: unknown) => {
        logger.debug({ err: error, topic }, 'telemetry not sent; it is with the next connection');
      });
  }

  /** A state with the moment of sending as its last field. */
  #payloadOf({ content, retain }: Published): string {
    if (!retain) return content;
    const fields = content.slice(0, -1);
    return `${fields}${fields === '{' ? '' : ','}"ts":${this.#options.clock.now().getTime()}}`;
  }

  #clear(topic: string): void {
    const { link, logger } = this.#options;
    if (!link.online) return;
    link.publish(topic, '', { qos: 1, retain: true }).then(
      () => this.#removed.delete(topic),
      (error: unknown) => logger.debug({ err: error, topic }, 'state not cleared yet; tried again'),
    );
  }

  #stateTopic(kind: string, id: string): string {
    const [first = '', ...others] = id.split('/');
    return this.#options.topics.state(this.#options.service, kind, first, ...others);
  }
}

function checkState(service: ServiceName, kind: string, content: object): void {
  const kinds = Object.entries(states[service]);
  const schema = kinds.find(([name]) => name === kind)?.[1];
  if (!schema) {
    const names = kinds.map(([name]) => name).join(', ');
    throw new BrokerError('bad-state', `${service} has no state "${kind}", but: ${names}`);
  }
  const found = [...faults(schema, { ...content, ts: 0 }), ...unknownKeys(schema, content).map(unknownKey)];
  if (found.length > 0) throw new BrokerError('bad-state', found.join('; '));
}

function unknownKey(key: string): string {
  return `/${key}: must not be there`;
}
