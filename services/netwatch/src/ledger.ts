import { type Clock, createLoop } from '@huismeester/clock';
import { v7 as uuidv7 } from 'uuid';
import type { Store } from './adapters/store.ts';
import { advance, type Step } from './core/advance.ts';
import { applied } from './core/applied.ts';
import type { Now } from './core/moment.ts';
import { newThing, type Thing } from './core/thing.ts';
import type { Signal, Surroundings, World } from './core/world.ts';
import type { Memory } from './memory.ts';

/** What a step needs besides signals; asked for at each step. */
export type LedgerSurroundings = Omit<Surroundings, 'now' | 'newId'>;

export interface LedgerOptions {
  readonly world: World;
  readonly store: Pick<Store, 'save' | 'reload'>;
  readonly clock: Clock;
  readonly around: () => LedgerSurroundings;
  /** After a step was stored: what changed, what is to be looked at, and what from zero. */
  readonly stepped: (step: Step) => void;
  readonly failed: (error: unknown) => void;
}

/** The one writer of verdicts and incidents: signals of all pollers and logs go through it, in order. */
export interface Ledger {
  start(): void;
  close(): Promise<void>;
  /** Has a step follow soon, with all that was posted until then. */
  post(signals: readonly Signal[], memories?: ReadonlyMap<string, Memory>): void;
  /** Something was looked at: a verdict that waits for that may come now. */
  looked(): void;
  world(): World;
}

const hourMs = 3_600_000;

export function createLedger({ store, clock, around, stepped, failed, ...begun }: LedgerOptions): Ledger {
  let { world } = begun;
  let signals: Signal[] = [];
  let memories = new Map<string, Memory>();
  let waiting = false;
  /** Whether the world may not be what is stored, since the answer to a commit was lost. */
  let isDoubtful = false;
  const reload = async () => {
    const ids = signals.flatMap((signal) => (signal.kind === 'said' ? [signal.id] : []));
    const stored = await store.reload(clock.now(), ids);
    signals = signals.filter((signal) => signal.kind !== 'said' || !stored.said.has(signal.id));
    world = reseen(stored.world, world);
    isDoubtful = false;
  };
  const loop = createLoop({
    everyMs: hourMs,
    clock,
    onError: failed,
    async pass() {
      if (isDoubtful) await reload();
      const taken = { signals, memories };
      const now: Now = { time: clock.now().getTime(), ms: clock.monotonicMs() };
      const step = advance(world, taken.signals, { ...around(), now, newId: uuidv7 });
      const things = changedThings(world, step);
      signals = [];
      memories = new Map();
      try {
        if (isToBeStored(step, things, taken.memories)) {
          await store.save({ changes: step, things, memories: taken.memories });
        }
      } catch (error) {
        isDoubtful = true;
        signals = [...taken.signals, ...signals];
        memories = new Map([...taken.memories, ...memories]);
        throw error;
      }
      world = applied(world, step, now);
      waiting = step.dueMs !== undefined;
      stepped(step);
      return step.dueMs;
    },
  });
  return {
    start: loop.start,
    close: loop.close,
    post(more, remembered) {
      if (more.length === 0 && !remembered) return;
      signals.push(...more);
      for (const [id, each] of remembered ?? []) memories.set(id, each);
      loop.wake();
    },
    looked() {
      if (waiting) loop.wake();
    },
    world: () => world,
  };
}

/** What is stored, with the looks of this process, which are not. */
function reseen(stored: Omit<World, 'outside'>, { things, outside }: World): World {
  const seen = [...things].map(([id, { look }]): [string, Thing] => {
    const verdict = stored.things.get(id) ?? newThing(id);
    return [id, look ? { ...verdict, look } : verdict];
  });
  return { ...stored, outside, things: new Map([...stored.things, ...seen]) };
}

/** What is stored of a thing is its verdict: a look that changed nothing of that writes nothing. */
function changedThings(world: World, { things }: Step): Thing[] {
  return [...things.values()].filter((thing) => !isSame(thing, world.things.get(thing.id)));
}

function isSame(one: Thing, other: Thing | undefined): boolean {
  if (!other) return false;
  const { look: _, ...verdict } = one;
  const { look: __, ...before } = other;
  return JSON.stringify(verdict) === JSON.stringify(before);
}

function isToBeStored(step: Step, things: readonly Thing[], memories: ReadonlyMap<string, Memory>): boolean {
  const { events, spans, incidents } = step;
  return things.length + memories.size + events.length + spans.length + incidents.size > 0;
}
