import { carries, type Graph, needsOf } from './graph.ts';
import { isBefore, type Moment } from './moment.ts';
import type { Outside, Thing } from './thing.ts';

/** What is known of all things at a moment. */
export interface Sights {
  readonly graph: Graph;
  readonly thing: (id: string) => Thing | undefined;
  readonly outside: (id: string) => Outside | undefined;
}

/** Why a thing fails, when something that it needs has failed. */
export interface Explanation {
  /** `down`: what carries it is down. `unknown`: what we look through has failed, so it may work. */
  readonly state: 'down' | 'unknown';
  /** The failed ancestor without failed parents; of several, the one that failed first. */
  readonly root: string;
  /** The other such ancestors. */
  readonly others: readonly string[];
  /** Since when it explains this state. */
  readonly since: Moment;
}

/** What follows from the sights of a moment. */
export interface Explainer {
  /** What explains that a thing fails, or would if it did. */
  explain(id: string): Explanation | undefined;
  /** Whether a thing has failed, for itself or because of another. */
  hasFailed(id: string): boolean;
}

/** Each failed thing is looked at once, however many depend on it. Made anew for each state of the sights. */
export function createExplainer(sights: Sights): Explainer {
  const known = new Map<string, Explanation | undefined>();
  const explain = (id: string): Explanation | undefined => {
    if (known.has(id)) return known.get(id);
    // Settings with a cycle are refused; a node that moved in a strange way must not loop for ever.
    known.set(id, undefined);
    const groups = needsOf(sights.graph, id).filter((group) => group.every(hasFailed));
    const [parent, ...parents] = groups.flat();
    const found = parent === undefined ? undefined : parents.length === 0 ? through(parent) : combine(groups);
    known.set(id, found);
    return found;
  };
  const hasFailed = (id: string): boolean => {
    const thing = sights.thing(id);
    const sight = thing?.look?.sight;
    if (sight === 'fails' || (!thing && sights.outside(id)?.failed)) return true;
    // What nobody sees to answer fails with what it needs: a VM is said to run also when its node has no power any more.
    return sight !== 'answers' && explain(id) !== undefined;
  };
  const isDown = (parent: string) =>
    carries(sights.graph, parent) && (explain(parent)?.state ?? 'down') === 'down';
  /** By the only parent that failed, as nearly always: there is nothing to weigh, and a graph may have thousands of things. */
  const through = (parent: string): Explanation => {
    const above = explain(parent) ?? { root: parent, others: [], since: failedSince(sights, parent) };
    return { ...above, state: isDown(parent) ? 'down' : 'unknown' };
  };
  const combine = (groups: readonly (readonly string[])[]): Explanation => {
    const roots = new Map<string, Moment>();
    for (const parent of groups.flat()) {
      const above = explain(parent);
      if (!above) roots.set(parent, failedSince(sights, parent));
      else for (const root of [above.root, ...above.others]) roots.set(root, failedSince(sights, root));
    }
    const [first, ...others] = [...roots].sort(([, a], [, b]) => order(a, b));
    if (!first) throw new Error('a group of failed parents has no root');
    const down = groups.filter((group) => group.every(isDown));
    const since = (parent: string) => explain(parent)?.since ?? failedSince(sights, parent);
    // Of a group the last explains it, of several groups the first.
    const begun = (down.length > 0 ? down : groups).map((group) => group.map(since).sort(order).at(-1));
    return {
      state: down.length > 0 ? 'down' : 'unknown',
      root: first[0],
      others: others.map(([id]) => id),
      since: begun.flatMap((each) => each ?? []).sort(order)[0] ?? first[1],
    };
  };
  return { explain, hasFailed };
}

function failedSince({ thing, outside }: Sights, id: string): Moment {
  return thing(id)?.look?.since ?? outside(id)?.since ?? { time: 0 };
}

function order(one: Moment, other: Moment): number {
  return isBefore(one, other) ? -1 : isBefore(other, one) ? 1 : 0;
}
