import { type LogWatch, sightOf, staleMs } from '../../src/core/log-watch.ts';
import type { Moment, Now } from '../../src/core/moment.ts';
import type { Signal } from '../../src/core/world.ts';
import type { Queue } from './queue.ts';
import { type Item, second } from './space.ts';
import { segmentAt, type Truth } from './truth.ts';

/** What the log of the service says that looks at a thing for us: it goes on while the caretaker is off. */
export interface Log {
  readonly thing: Item;
  failed: boolean;
  since: Moment;
}

/** That service is in the same network as the caretaker, and says that something fails after several looks. */
export function keepLogs(
  truth: Truth,
  queue: Queue,
  { civil, heard }: { civil: () => number; heard: (log: Log) => void },
): Log[] {
  const logs = truth.history.items
    .filter(({ seenBy }) => seenBy === 'watched-log')
    .map((thing): Log => ({ thing, failed: false, since: { time: civil() } }));
  const isFailing = ({ id, here }: Item) => {
    const { failed, cut } = segmentAt(truth, queue.now);
    return failed.has(id) || (cut && !here);
  };
  for (const [index, { from }] of truth.segments.entries()) {
    const failedMs = 8 * second + ((index * 977) % (6 * second));
    // The nodes are said to be online no later than their hypervisor.
    for (const delay of [3 * second, failedMs]) {
      queue.at(from + delay, () => {
        for (const log of logs) {
          const failed = isFailing(log.thing);
          // That it answers is seen at the next look.
          if (failed === log.failed || (failed && delay !== failedMs)) continue;
          Object.assign(log, { failed, since: { time: civil() } });
          heard(log);
        }
      });
    }
  }
  return logs;
}

export interface HearingOptions {
  readonly queue: Queue;
  readonly now: () => Now;
  readonly isVantageLost: () => boolean;
  readonly heard: (signals: readonly Signal[]) => void;
}

/** What one process of the caretaker takes from these logs. */
export class Hearing {
  readonly #options: HearingOptions;
  readonly #watches = new Map<string, { log: Log; from: Now; staleUntil: number }>();
  #isOver: boolean = false as boolean;

  constructor(logs: readonly Log[], options: HearingOptions) {
    this.#options = options;
    const from = options.now();
    for (const log of logs) this.#watches.set(log.thing.id, { log, from, staleUntil: 0 });
  }

  end(): void {
    this.#isOver = true;
  }

  /** What the logs say of all things, or of one. */
  hear(ids: Iterable<string> = this.#watches.keys()): Signal[] {
    return [...ids].flatMap((id): Signal[] => {
      const watch = this.#watches.get(id);
      const { queue, isVantageLost, now } = this.#options;
      if (!watch || this.#isOver || (isVantageLost() && !watch.log.thing.here)) return [];
      if (queue.now < watch.staleUntil) return [];
      const { log, from } = watch;
      const said: LogWatch['said'] = { failed: log.failed, since: log.since };
      return [sightOf({ thing: id, said, from }, now())].filter((signal) => signal !== undefined);
    });
  }

  fromZero(id: string): void {
    const watch = this.#watches.get(id);
    if (!watch) return;
    const { queue, now, heard } = this.#options;
    watch.from = now();
    watch.staleUntil = queue.now + staleMs;
    queue.at(watch.staleUntil, () => heard(this.hear([id])));
  }

  allFromZero(): void {
    for (const { log } of this.#watches.values()) if (!log.thing.here) this.fromZero(log.thing.id);
  }

  /** Undefined: it is in no such log. */
  isClear(id: string, ms: number): boolean | undefined {
    const watch = this.#watches.get(id);
    if (!watch) return undefined;
    const { queue, now } = this.#options;
    return queue.now >= watch.staleUntil && now().ms - ms >= 5 * second;
  }
}
