import { setTimeout as sleep } from 'node:timers/promises';
import { commit, type Stage } from './faults.ts';
import { type Fault, faults, inWords, type Kind, type Pace } from './plan.ts';
import type { Story } from './story.ts';

/** Faults, one after the other and side by side, until they are ended. */
export interface Disturbance {
  /** Why a fault could not be done or undone: chaos itself is at fault then. */
  failed(): Error | undefined;
  done(): ReadonlyMap<Kind, number>;
  /** Ends what is going on, undone in time; after that everything is undisturbed. */
  end(): Promise<void>;
}

/** Carries out the plan of a seed. Its clock stands still while a fault is being done that has to end first. */
export function disturb(
  stage: Stage,
  { seed, pace }: { seed: number; pace: Pace },
  story: Story,
): Disturbance {
  const ending = new AbortController();
  const undoing = new Map<string, Promise<void>>();
  const done = new Map<Kind, number>();
  let failed: Error | undefined;

  const carryOut = async (fault: Fault): Promise<void> => {
    story.add(inWords(fault));
    const undo = await commit(fault, stage);
    done.set(fault.kind, (done.get(fault.kind) ?? 0) + 1);
    await sleep(fault.forMs, undefined, { signal: ending.signal }).catch(() => undefined);
    await undo();
  };
  const plan = faults(seed, pace, stage.space.layout);
  const run = async (): Promise<void> => {
    const began = performance.now();
    let stoodMs = 0;
    while (!ending.signal.aborted) {
      const fault = plan.next().value;
      const pause = began + stoodMs + fault.at - performance.now();
      await sleep(Math.max(0, pause), undefined, { signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted) return;
      const held = performance.now();
      // On a slow machine what was undone late is waited for.
      await (fault.kind === 'restore' ? Promise.all(undoing.values()) : undoing.get(fault.target));
      const carried = carryOut(fault).catch((error: unknown) => {
        failed ??= new Error(`${inWords(fault)} could not be done`, { cause: error });
      });
      undoing.set(fault.target, carried);
      if (fault.kind === 'restore') await carried;
      stoodMs += performance.now() - held;
    }
  };
  const running = run();
  return {
    done: () => done,
    failed: () => failed,
    async end() {
      ending.abort();
      await running;
      await Promise.all(undoing.values());
    },
  };
}
