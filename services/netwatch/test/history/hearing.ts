import { type LogWatch, sightOf, staleMs } from '../../src/core/log-watch.ts';
import type { Moment, Now } from '../../src/core/moment.ts';
import type { Signal } from '../../src/core/world.ts';
import type { Queue } from './queue.ts';
import { type Item, second } from './space.ts';
import { segmentAt, type Truth } from './truth.ts';

/** How often that service looks. */
const pollMs = 2 * second;

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
  /** As an earlier process left it. */
  readonly stateOf: (id: string) => string | undefined;
  readonly heard: (signals: readonly Signal[]) => void;
}

/** What one process of the caretaker takes from these logs. */
export class Hearing {
  readonly #options: HearingOptions;
  readonly #watches = new Map<string, { log: Log; from: Now; staleUntil: number; wasDown: boolean }>();
  #isOver: boolean = false as boolean;

  constructor(logs: readonly Log[], options: HearingOptions) {
    this.#options = options;
    const from = options.now();
    for (const log of logs) {
      const { id } = log.thing;
      const wasDown = options.stateOf(id) === 'down';
      this.#watches.set(id, { log, from, staleUntil: this.#hearLater(id), wasDown });
    }
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
      const { log, from, wasDown } = watch;
      if (queue.now < watch.staleUntil && !(wasDown && log.failed)) return [];
      const said: LogWatch['said'] = { failed: log.failed, since: log.since };
      return [sightOf({ thing: id, said, from }, now())].filter((signal) => signal !== undefined);
    });
  }

  fromZero(id: string): void {
    const watch = this.#watches.get(id);
    if (!watch) return;
    watch.from = this.#options.now();
    watch.staleUntil = this.#hearLater(id);
    watch.wasDown = false;
  }

  #hearLater(id: string): number {
    const { queue, heard } = this.#options;
    const at = queue.now + staleMs + pollMs;
    queue.at(at, () => heard(this.hear([id])));
    return at;
  }

  allFromZero(): void {
    for (const { log } of this.#watches.values()) if (!log.thing.here) this.fromZero(log.thing.id);
  }

  /** Undefined: it is in no such log. */
  isClear(id: string, ms: number): boolean | undefined {
    const watch = this.#watches.get(id);
    if (!watch) return undefined;
    const { now } = this.#options;
    return now().ms - ms >= 3 * pollMs;
  }
}
