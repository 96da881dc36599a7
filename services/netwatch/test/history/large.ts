import { advance, type Step } from '../../src/core/advance.ts';
import { applied } from '../../src/core/applied.ts';
import { graphOf, type Needs } from '../../src/core/graph.ts';
import { emptyWorld, type Signal, type World } from '../../src/core/world.ts';

/** A large space, of which all or some things turn at once. */
export function large(needs: ReadonlyMap<string, Needs>, ids: readonly string[]) {
  const graph = graphOf(needs);
  let world: World = emptyWorld;
  let tookMs = 0;
  let events = 0;
  const turn = (thing: string, sight: 'answers' | 'fails', s: number): Signal => {
    const since = { time: s * 1000, ms: s * 1000 };
    return { kind: 'sight', thing, sight, since, ...(sight === 'fails' && { reason: 'no-answer' }) };
  };
  const step = (signals: readonly Signal[], s: number): Step => {
    const now = { time: s * 1000 + 1, ms: s * 1000 + 1 };
    const begun = performance.now();
    const found = advance(world, signals, {
      graph,
      now,
      about: () => ({ core: false, incidents: true, silent: false, here: false }),
      isClear: (id) => id === 'vantage/main',
      outages: new Set(),
      newId: () => {
        events += 1;
        return String(events);
      },
    });
    tookMs = performance.now() - begun;
    world = applied(world, found, now);
    return found;
  };
  return {
    /** How long the last step took, ms. */
    tookMs: () => tookMs,
    all: (sight: 'answers' | 'fails', s: number) =>
      step(
        ids.map((id) => turn(id, sight, s)),
        s,
      ),
  };
}
