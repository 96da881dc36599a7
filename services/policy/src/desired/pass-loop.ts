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
  /** Another pass after this transaction has committed, and one more later when nobody knows whether it has. */
  wakeAfter(tx: Tx): void;
  wake(): void;
  /** Now and once more a little later: the answer to a commit was lost, so that it may take effect only then. */
  wakeTwice(): void;
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

/** How long after a commit whose answer was lost it is looked for once more: it may have been on its way still, ms. */
const lookOnceMoreMs = 5_000;

/** Makes the loop. After a pass that failed it waits, longer each time, and `failed` hears of it once a try. */
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
  let onceMoreAt = Number.POSITIVE_INFINITY;
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
      const isOnceMore = clock.monotonicMs() >= onceMoreAt;
      if (!(isWoken || left <= 0 || isOnceMore || isSetBack())) {
        idle();
        return Math.min(left, lookAtClockMs);
      }
      isWoken = false;
      if (isOnceMore) onceMoreAt = Number.POSITIVE_INFINITY;
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
  const wakeTwice = (): void => {
    onceMoreAt = clock.monotonicMs() + lookOnceMoreMs;
    wake();
  };
  return {
    start: () => {
      loop.start();
      for (const each of watching) each.start();
    },
    wake,
    wakeTwice,
    wakeAfter: (tx) =>
      afterCommit(
        tx,
        () => setImmediate(wake),
        () => setImmediate(wakeTwice),
      ),
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
