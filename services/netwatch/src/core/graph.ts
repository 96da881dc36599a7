/** What a thing needs: of each group any one member is enough, and all groups are needed. */
export type Needs = readonly (readonly string[])[];

/** Things that carry what depends on them: when they fail, it is down. Through the others we only look: it is unknown. */
const carriers: ReadonlySet<string> = new Set(['vm', 'node', 'hypervisor', 'ups', 'mains', 'probe']);

/** Everything that can fail or explain a failure, and what depends on what. Immutable; made anew when an edge changes. */
export interface Graph {
  readonly needs: ReadonlyMap<string, Needs>;
  readonly dependents: ReadonlyMap<string, readonly string[]>;
  /** Probes that we only look through although they are probes: the gateway and the uplink. */
  readonly passages: ReadonlySet<string>;
}

export function graphOf(needs: ReadonlyMap<string, Needs>, passages: ReadonlySet<string> = new Set()): Graph {
  const dependents = new Map<string, string[]>();
  for (const [thing, groups] of needs) {
    for (const parent of new Set(groups.flat())) {
      const children = dependents.get(parent);
      if (children) children.push(thing);
      else dependents.set(parent, [thing]);
    }
  }
  return { needs, dependents, passages };
}

export function needsOf(graph: Graph, thing: string): Needs {
  return graph.needs.get(thing) ?? [];
}

/** Whether what depends on it is down, not only unknown, when it fails. */
export function carries(graph: Graph, thing: string): boolean {
  return carriers.has(kindOf(thing)) && !graph.passages.has(thing);
}

/** The aggregate of a thing: the part before the first slash. */
export function kindOf(thing: string): string {
  return thing.slice(0, thing.indexOf('/'));
}

/** The things themselves and all that depends on them, however far; each after what it needs. */
export function withDependents(graph: Graph, things: Iterable<string>): Set<string> {
  const found = new Set(things);
  // A Set is iterated over what is added to it meanwhile, too.
  for (const thing of found) {
    for (const child of graph.dependents.get(thing) ?? []) found.add(child);
  }
  const ordered = new Set<string>();
  const seen = new Set<string>();
  const add = (thing: string): void => {
    if (seen.has(thing) || !found.has(thing)) return;
    seen.add(thing);
    for (const group of needsOf(graph, thing)) for (const parent of group) add(parent);
    ordered.add(thing);
  };
  for (const thing of found) add(thing);
  return ordered;
}

/** All that a thing needs, however far, without itself. */
export function ancestorsOf(graph: Graph, thing: string): Set<string> {
  const found = new Set(needsOf(graph, thing).flat());
  for (const each of found) {
    for (const parent of needsOf(graph, each).flat()) found.add(parent);
  }
  return found;
}
