import { advance, type Step } from './advance.ts';
import type { Signal, Surroundings, World } from './world.ts';

/** A signal that no step can be made with, and what it leads to. */
export interface FaultySignal {
  readonly signal: Signal;
  readonly error: unknown;
}

export interface SoundStep {
  readonly step: Step;
  /** The signals that it takes in. */
  readonly taken: Signal[];
  readonly faulty: readonly FaultySignal[];
}

/** A step with all signals but those that it throws for, which are found by halving. Throws if it throws without any. */
export function advanceWithoutFaulty(
  world: World,
  signals: readonly Signal[],
  around: Surroundings,
): SoundStep {
  const faulty: FaultySignal[] = [];
  let taken: Signal[] = [];
  let step: Step | undefined;
  const tryWith = (more: readonly Signal[]): void => {
    try {
      const longer = [...taken, ...more];
      step = advance(world, longer, around);
      taken = longer;
    } catch (error) {
      const [signal, ...others] = more;
      if (!signal) throw error;
      if (others.length === 0) {
        faulty.push({ signal, error });
        return;
      }
      const half = Math.ceil(more.length / 2);
      tryWith(more.slice(0, half));
      tryWith(more.slice(half));
    }
  };
  tryWith(signals);
  return { step: step ?? advance(world, [], around), taken, faulty };
}
