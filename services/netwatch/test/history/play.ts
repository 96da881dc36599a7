import { Caretaker } from './caretaker.ts';
import { Check } from './check.ts';
import type { History } from './space.ts';
import { truthOf } from './truth.ts';

/** Plays a history to its end; throws at the first step after which something does not hold that always has to. */
export function play(history: History): Caretaker {
  const truth = truthOf(history);
  const check = new Check(truth);
  const caretaker: Caretaker = new Caretaker(truth, (taken) => check.step(taken, caretaker));
  return caretaker.run();
}
