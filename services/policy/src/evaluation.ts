import { afterCommit, type Database, type Tx } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import type { Clock } from '@huismeester/service';
import { withDoubts } from './core/confirm.ts';
import { unseen } from './core/feed.ts';
import type { Model } from './core/model.ts';
import { withoutFuture } from './core/set-back.ts';
import { type Settled, settle } from './core/settle.ts';
import type { DecisionSettings } from './settings.ts';
import { loadModel, loadModes } from './store.ts';
import { write } from './write.ts';

/** How ups-monitor's log is read: since when it cannot be, ms since 1970. */
export type BlindSince = () => number | undefined;

/**
 * One look at all facts, in one transaction: what follows from them is appended to the log and remembered together.
 * Only one may run at a time; `createEvaluator` sees to that.
 */
export async function evaluate(deps: {
  database: Database;
  log: EventLog;
  settings: DecisionSettings;
  clock: Clock;
  blindSince: BlindSince;
  /** When this process began, or the clock was last set, ms since 1970: what was told before is doubted. */
  startedAt: () => number;
}): Promise<Settled> {
  const { database, log, settings, clock, blindSince, startedAt } = deps;
  return await database.transaction(async (tx) => {
    const [model, modes] = await Promise.all([loadModel(tx), loadModes(tx, log.epoch)]);
    const began = startedAt();
    const now = clock.now().getTime();
    const known = withoutFuture(asSeen(ofSettings(model, settings), blindSince()), began, now);
    const settled = settle(withDoubts(known, began), { ...settings, modes }, now);
    await write(tx, log, settled);
    return settled;
  });
}

/** Without the UPSes that left the settings: nobody will ever say how they are. */
function ofSettings(model: Model, { ups }: DecisionSettings): Model {
  const known = new Set(ups);
  const isKnown = ([id]: [string, unknown]): boolean => known.has(id);
  return {
    ...model,
    feeds: new Map([...model.feeds].filter(isKnown)),
    outages: new Map([...model.outages].filter(isKnown)),
  };
}

/** While ups-monitor cannot be read, no UPS is seen, whatever its last event said: nothing is restored on its word. */
function asSeen(model: Model, blindSince: number | undefined): Model {
  if (blindSince === undefined) return model;
  const feeds = [...model.feeds].map(([ups, feed]) => [ups, unseen(feed, blindSince)] as const);
  return { ...model, feeds: new Map(feeds) };
}

/** Runs evaluations one at a time, when woken and when time alone may change something. */
export interface Evaluator {
  /** Evaluate after this transaction has committed. */
  wakeAfter(tx: Tx): void;
  wake(): void;
  /** What the newest evaluation found. */
  latest(): Settled | undefined;
  close(): Promise<void>;
}

/** How often to look although nothing says so: a wall clock that was set must not leave a stage unnoticed for long. */
const lookEveryMs = 1000;

/**
 * Makes an evaluator. `ready` tells whether all sources are read up to their heads: from half of a story nothing may
 * follow. `failed` hears of an evaluation that could not be written; it is tried again at the next look.
 */
export function createEvaluator(options: {
  evaluate: () => Promise<Settled>;
  ready: () => boolean;
  clock: Clock;
  evaluated: (found: Settled) => void;
  failed: (error: unknown) => void;
}): Evaluator {
  let latest: Settled | undefined;
  let running: Promise<void> | undefined;
  let dirty = false;
  let failing = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const run = async (): Promise<void> => {
    while (dirty && !closed) {
      if (!options.ready()) break;
      dirty = false;
      try {
        latest = await options.evaluate();
        failing = false;
        options.evaluated(latest);
      } catch (error) {
        failing = true;
        dirty = true;
        options.failed(error);
        break;
      }
    }
  };
  const wake = (): void => {
    dirty = true;
    if (closed) return;
    running ??= run().finally(() => {
      running = undefined;
      if (dirty && options.ready() && !failing) wake();
      else schedule();
    });
  };
  const schedule = (): void => {
    clearTimeout(timer);
    if (closed) return;
    const due =
      latest?.lookAgainAt === undefined ? lookEveryMs : latest.lookAgainAt - options.clock.now().getTime();
    timer = setTimeout(wake, Math.min(lookEveryMs, Math.max(1, due)));
  };
  return {
    wake,
    wakeAfter: (tx) => afterCommit(tx, () => setImmediate(wake)),
    latest: () => latest,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
