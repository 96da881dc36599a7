import { afterCommit, type Tx } from '@huismeester/database';
import { createLoop } from '@huismeester/events';
import type { Clock, Part } from '@huismeester/service';
import type { PowerPass } from './pass.ts';
import type { Passed } from './pass-runner.ts';
import type { RuleLoop } from './rule-loop.ts';
import { silenceParts } from './silence-parts.ts';

/** Runs power passes one at a time: when something changed, and when time alone may change something. */
export interface PassLoop {
  start(): void;
  /** Another pass after this transaction has committed; more later when nobody knows whether it has (`afterCommit`). */
  wakeAfter(tx: Tx): void;
  wake(): void;
  /** What the newest pass found; undefined before the first. */
  latest(): Passed | undefined;
  /** Whether the newest pass failed: then `latest` is what an earlier one found. */
  isFailing(): boolean;
  /** By `rule/clause`, how each is watched; undefined before the first pass. */
  clauses(): PowerPass['clauses'] | undefined;
  /** What health has to say of the rules. */
  parts(): Part[];
  close(): Promise<void>;
}

/** How often the civil clock is compared with the time that something is due: it may be set meanwhile, ms. */
const lookAtClockMs = 1000;

/**
 * Makes the loop. After a pass that failed it waits, longer each time, and `failed` hears of it once a try. Long, since its
 * functions share what the newest pass found.
 */
export function createPassLoop(options: {
  pass: () => Promise<Passed>;
  clock: Clock;
  passed: (found: Passed) => void;
  /** Every second in which there was nothing to decide. */
  idle: () => void;
  failed: (error: unknown) => void;
  /** The rules that only watch: they follow each pass. */
  watching?: readonly RuleLoop[];
}): PassLoop {
  const { pass, clock, passed, idle, failed, watching = [] } = options;
  let latest: Passed | undefined;
  let isWoken = true;
  let isFailing = false;
  const loop = createLoop({
    everyMs: lookAtClockMs,
    clock,
    onError: (error) => {
      isWoken = true;
      isFailing = true;
      failed(error);
    },
    pass: async () => {
      const dueAt = latest?.lookAgainAt ?? Number.POSITIVE_INFINITY;
      const left = dueAt - clock.now().getTime();
      if (!(isWoken || left <= 0 || isSetBack())) {
        idle();
        return Math.min(left, lookAtClockMs);
      }
      isWoken = false;
      latest = await pass();
      isFailing = false;
      passed(latest);
      for (const each of watching) each.wake();
      const next = (latest.lookAgainAt ?? Number.POSITIVE_INFINITY) - clock.now().getTime();
      return Math.min(next, lookAtClockMs);
    },
  });
  const isSetBack = (): boolean => latest !== undefined && clock.now().getTime() < latest.now;
  const wake = (): void => {
    isWoken = true;
    loop.wake();
  };
  return {
    start: () => {
      loop.start();
      for (const each of watching) each.start();
    },
    wake,
    wakeAfter: (tx) => {
      const soon = () => setImmediate(wake);
      afterCommit(tx, soon, soon);
    },
    latest: () => latest,
    isFailing: () => isFailing,
    clauses: () =>
      latest &&
      new Map([latest.pass.clauses, ...watching.map((each) => each.clauses())].flatMap((each) => [...each])),
    parts: () => [...silenceParts(latest, isFailing), ...watching.flatMap((each) => each.parts())],
    close: async () => {
      await loop.close();
      await Promise.all(watching.map((each) => each.close()));
    },
  };
}
