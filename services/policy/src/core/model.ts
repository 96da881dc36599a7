import type { Mode, NodeShutdown, Wake } from '@huismeester/contracts';
import type { Static } from 'typebox';
import type { Feed } from './feed.ts';
import type { Guest, Standing } from './guest.ts';
import type { Hold } from './hold.ts';
import type { NodeStanding } from './nodes.ts';
import type { Outage } from './stage.ts';
import type { Open } from './violations.ts';
import type { PowerPlan, VmClass } from './words.ts';

/** All that policy knows: facts from its sources, and what it decided itself. */
export interface Model {
  readonly feeds: ReadonlyMap<string, Feed>;
  readonly guests: ReadonlyMap<string, Guest>;
  /** Online or not, by `nodeKey`. */
  readonly nodes: ReadonlyMap<string, boolean>;
  /** Whether each hypervisor answers, by its id. */
  readonly hypervisors: ReadonlyMap<string, boolean>;
  readonly outages: ReadonlyMap<string, Outage>;
  readonly standings: ReadonlyMap<string, Standing>;
  /** By `nodeKey`. */
  readonly nodeStandings: ReadonlyMap<string, NodeStanding>;
  /** By VM. */
  readonly holds: ReadonlyMap<string, Hold>;
  /** By the violation's id. */
  readonly violations: ReadonlyMap<string, Open>;
}

/** A model of which nothing is known. */
export const emptyModel: Model = {
  feeds: new Map(),
  guests: new Map(),
  nodes: new Map(),
  hypervisors: new Map(),
  outages: new Map(),
  standings: new Map(),
  nodeStandings: new Map(),
  holds: new Map(),
  violations: new Map(),
};

/** What settings say of one node. */
export interface NodePlan {
  readonly hypervisor: string;
  readonly node: string;
  /** Ids of the UPSes that feed it; none: never shed. */
  readonly poweredBy: readonly string[];
  readonly nodeShutdown: Static<typeof NodeShutdown>;
  readonly wake?: Static<typeof Wake>;
  /** What its own shutdown takes, with all that is left on it. */
  readonly ownShutdownMs: number;
  /** How many guests of a class shut down at once on it. */
  readonly parallel: number;
}

/** What policy is told by people: settings, and which clauses are armed. */
export interface PolicySettings {
  readonly plan: PowerPlan;
  /** By `nodeKey`. */
  readonly nodes: ReadonlyMap<string, NodePlan>;
  /** `vm/<id>` and `node/<hypervisor>-<node>`: what Huismeester itself needs. */
  readonly self: ReadonlySet<string>;
  /** A clause that is not in it is in dry-run. */
  readonly modes: ReadonlyMap<string, Static<typeof Mode>>;
  readonly hash: string;
}

/** How a node is looked up: node names are unique within a hypervisor only. */
export function nodeKey(hypervisor: string, node: string): string {
  return `${hypervisor}/${node}`;
}

/**
 * The clause that stands behind what a power cut does to a class (docs/adr/0004-clauses-of-a-power-cut.md). Arming it
 * arms the shutting down and the starting again.
 */
export const clauseOf: { readonly [K in VmClass]: string } = {
  participant: 'SPACE-3',
  'space-wide': 'SPACE-3',
  core: 'CORE-1',
};

/** A node belongs to the hypervisor, which is core infra (CORE-3): what one must be able to count on. */
export const nodeClause = 'CORE-1';
