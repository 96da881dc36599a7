import { type Clock, createLoop } from '@huismeester/clock';
import { v7 as uuidv7 } from 'uuid';
import type { Store } from './adapters/store.ts';
import type { Step } from './core/advance.ts';
import { applied } from './core/applied.ts';
import { advanceWithoutFaulty, type FaultySignal } from './core/faulty.ts';
import type { Now } from './core/moment.ts';
import type { Thing } from './core/thing.ts';
import type { Signal, Surroundings, World } from './core/world.ts';
import type { Memory } from './memory.ts';

/** What a step needs besides signals; asked for at each step. */
export type LedgerSurroundings = Omit<Surroundings, 'now' | 'newId'>;

export interface LedgerOptions {
  readonly world: World;
  readonly store: Pick<Store, 'save' | 'lastStep'>;
  readonly clock: Clock;
  readonly around: () => LedgerSurroundings;
  /** After a step was stored: what changed, what is to be looked at, and what from zero. */
  readonly stepped: (step: Step) => void;
  /** Nothing follows from a signal that no step can be made with: the others must not wait for it. */
  readonly dropped: (faulty: FaultySignal) => void;
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

/** A step that is being stored. */
interface Attempt {
  readonly id: string;
  readonly step: Step;
  readonly now: Now;
  /** How many signals it took in: the first of those that wait, if it has to be made again. */
  readonly signals: number;
}

/** Makes the ledger. Long, since its functions share the world, what waits for the next step, and the step in doubt. */
export function createLedger(options: LedgerOptions): Ledger {
  const { store, clock, around, stepped, dropped, failed } = options;
  let { world } = options;
  let signals: Signal[] = [];
  let memories = new Map<string, Memory>();
  let waiting = false;
  /** The last step, while it is not known whether it was stored: the answer to its commit was lost. */
  let doubtful: Attempt | undefined;
  const take = ({ step, now }: Attempt) => {
    world = applied(world, step, now);
    waiting = step.waits;
    stepped(step);
  };
  /** Made again, a step that was stored would say everything twice. */
  const resolveDoubt = async () => {
    if (!doubtful) return;
    const attempt = doubtful;
    const isStored = (await store.lastStep()) === attempt.id;
    doubtful = undefined;
    if (!isStored) return;
    signals = signals.slice(attempt.signals);
    take(attempt);
  };
  const loop = createLoop({
    everyMs: hourMs,
    clock,
    onError: failed,
    async pass() {
      await resolveDoubt();
      const now: Now = { time: clock.now().getTime(), ms: clock.monotonicMs() };
      const { step, taken, faulty } = advanceWithoutFaulty(world, signals, {
        ...around(),
        now,
        newId: uuidv7,
      });
      for (const each of faulty) dropped(each);
      const remembered = memories;
      const things = changedThings(world, step);
      signals = [];
      memories = new Map();
      const attempt: Attempt = { id: uuidv7(), step, now, signals: taken.length };
      try {
        if (isToBeStored(step, things, remembered)) {
          await store.save({ id: attempt.id, now, changes: step, things, memories: remembered });
        }
      } catch (error) {
        doubtful = attempt;
        signals = [...taken, ...signals];
        memories = new Map([...remembered, ...memories]);
        throw error;
      }
      take(attempt);
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
