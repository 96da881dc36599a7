import type { DependsOn, NodeShutdown, Wake } from '@huismeester/contracts';
import type { Static } from 'typebox';
import type { TimeOfDay } from './civil-time.ts';
import type { LeasePlan } from './lease/plan.ts';
import type { PowerPlan } from './power/plan.ts';

/** What settings say of one node. */
export interface NodePlan {
  readonly hypervisor: string;
  readonly node: string;
  /** Ids of the UPSes that feed it; none: never shed. */
  readonly poweredBy: readonly string[];
  readonly nodeShutdown: Static<typeof NodeShutdown>;
  readonly wake?: Static<typeof Wake>;
  /** What its own shutdown takes, with all that is left on it, ms. */
  readonly ownShutdownMs: number;
  /** How many guests of a class shut down at once on it. */
  readonly parallel: number;
}

/** What settings say of how the team decides about its members. */
export interface TeamPlan {
  /** So long before the end of a vote who has not voted is reminded, ms. */
  readonly remindBeforeMs: number;
}

/** What settings say of who has admin access (CORE-4, CORE-2). */
export interface AccessPlan {
  /** How often somebody looks at a list that is kept by hand, ms. */
  readonly confirmEveryMs: number;
  /** Where is looked: ids of the hypervisors with a `review` token, and `wiki` if there is one; and ids of those without a token. */
  readonly reviewed: readonly string[];
  readonly unreviewed: readonly string[];
  /** The source of the review that says who has admin access to a thing, by `probe/<id>`; whether it is looked at, the review says. */
  readonly sources: ReadonlyMap<string, string>;
  /** In which zone a civil day is over. */
  readonly zone: string;
}

/** What settings say of the page of the infra policy (TEAM-3). */
export interface PolicyTextPlan {
  /** Whether they name the revision that is carried out here. */
  readonly hasRevision: boolean;
  /** Whether it is a page of the wiki; else a file. */
  readonly isOnWiki: boolean;
}

/** What settings say of the report to the board (BOARD-2). */
export interface ReportSettings {
  /** When it is made, on the first of the month. */
  readonly at: TimeOfDay;
  /** Whether there is an address that the whole board reads. */
  readonly board: boolean;
}

/** What the rules need of `space.yaml`. */
export interface PolicySettings {
  readonly plan: PowerPlan;
  readonly lease: LeasePlan;
  /** How long a VM of participants may have no owner, ms; undefined: for ever. */
  readonly adoptionMs?: number;
  /** Whether settings name a mail server: without it nobody can be warned. */
  readonly mail: boolean;
  /** The ids of all UPSes: of one that left the settings nobody will ever say how it is. */
  readonly ups: readonly string[];
  /** By `nodeKey`. */
  readonly nodes: ReadonlyMap<string, NodePlan>;
  /** `vm/<id>` and `node/<id>`: what Huismeester itself needs. */
  readonly self: ReadonlySet<string>;
  /** Which of those that CORE-3 names something watches. */
  readonly watched: ReadonlySet<string>;
  /** Probes and switches, as `probe/<id>` and `switch/<id>`: a hold may name them, and ports of the switches. */
  readonly things: ReadonlySet<string>;
  /** By thing, what settings say that it depends on. */
  readonly dependsOn: ReadonlyMap<string, DependsOn>;
  /** Whether settings name a directory of people. */
  readonly directory: boolean;
  readonly team: TeamPlan;
  readonly access: AccessPlan;
  /** Whether a hypervisor has a token to make VMs (PART-2). */
  readonly creates: boolean;
  /** Whether settings name a wiki. */
  readonly wiki: boolean;
  /** What settings say of the page of the infra policy, if they name one. */
  readonly policyText?: PolicyTextPlan;
  readonly report: ReportSettings;
  /** Stands in each decision, so that it can be said under which settings it was made. */
  readonly hash: string;
}
