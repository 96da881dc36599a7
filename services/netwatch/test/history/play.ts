import { Caretaker } from './caretaker.ts';
import { Check } from './check.ts';
import type { Recorded } from './compare.ts';
import type { History } from './space.ts';
import { truthOf } from './truth.ts';

export interface Played {
  readonly caretaker: Caretaker;
  readonly incidents: readonly Recorded[];
}

/** Plays a history to its end; throws at the first step after which something does not hold that always has to. */
export function play(history: History): Played {
  const truth = truthOf(history);
  const check = new Check(truth);
  const incidents = new Map<string, Recorded>();
  const caretaker: Caretaker = new Caretaker(truth, (taken) => {
    check.step(taken, caretaker);
    for (const { id, root, members, since, until, mergedInto } of taken.step.incidents.values()) {
      incidents.set(id, {
        id,
        root,
        members: Object.keys(members).toSorted((a, b) => a.localeCompare(b)),
        since: caretaker.trueTime(since),
        until: until && caretaker.trueTime(until),
        isMerged: mergedInto !== undefined,
      });
    }
  });
  return { caretaker: caretaker.run(), incidents: [...incidents.values()] };
}
