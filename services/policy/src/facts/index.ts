import type { AccessListFact } from './access-list.ts';
import type { AccessSourceFact } from './access-source.ts';
import type { AccountFact } from './account.ts';
import type { ApplicationFact } from './application.ts';
import type { ClockFact } from './clock.ts';
import type { DeliveryFact } from './delivery.ts';
import type { DesignDecisionFact } from './design-decision.ts';
import type { DirectoryFact } from './directory.ts';
import type { GrantFact } from './grant.ts';
import type { Hold } from './hold.ts';
import type { HypervisorFact } from './hypervisor.ts';
import type { IncidentFact } from './incident.ts';
import type { ItemFact } from './item.ts';
import type { KnownAccountFact } from './known-account.ts';
import type { LeaseFact } from './lease.ts';
import type { MemberFact } from './member.ts';
import type { NodeFact } from './node.ts';
import type { OwnershipFact } from './ownership.ts';
import type { PersonFact } from './person.ts';
import type { PolicyTextFact } from './policy-text.ts';
import type { ProjectFact } from './project.ts';
import type { ProjectVmFact } from './project-vm.ts';
import type { ReportFact } from './report.ts';
import type { StewardFact } from './steward.ts';
import type { Feed } from './ups.ts';
import type { Guest } from './vm.ts';
import type { WikiFact } from './wiki.ts';

/**
 * All that other services and people say, by the name that a rule's `reads` uses. Each is kept in a table of its own
 * (key, state jsonb), written by its reader alone; holds are policy's own aggregate.
 */
export interface Facts {
  /** By the UPS's id. */
  readonly ups: ReadonlyMap<string, Feed>;
  /** By the VM's id. */
  readonly vm: ReadonlyMap<string, Guest>;
  /** By `nodeKey`. */
  readonly node: ReadonlyMap<string, NodeFact>;
  /** By the hypervisor's id. */
  readonly hypervisor: ReadonlyMap<string, HypervisorFact>;
  /** By the incident's id. */
  readonly incident: ReadonlyMap<string, IncidentFact>;
  /** By the person's id, those whom the directory has; empty where no rule that reads people is asked. */
  readonly person: ReadonlyMap<string, PersonFact>;
  /** By the person's id, those whom the register of the team has; empty as `person` is. */
  readonly member: ReadonlyMap<string, MemberFact>;
  /** Under `theDirectory`; empty as `person` is. */
  readonly directory: ReadonlyMap<string, DirectoryFact>;
  /** By the application's id; empty where no rule that reads admissions is asked. */
  readonly application: ReadonlyMap<string, ApplicationFact>;
  /** By the grant's id: what members on trial may act on; empty where no rule that reads who has access is asked. */
  readonly grant: ReadonlyMap<string, GrantFact>;
  /** By the account's id; empty as `grant` is, as the next three are. */
  readonly account: ReadonlyMap<string, AccountFact>;
  /** By the source's id: whether who has admin rights there could be read whole. */
  readonly accessSource: ReadonlyMap<string, AccessSourceFact>;
  /** By the account's id: whose it is, by somebody of the team. */
  readonly knownAccount: ReadonlyMap<string, KnownAccountFact>;
  /** By the list's id. */
  readonly accessList: ReadonlyMap<string, AccessListFact>;
  /** By the ownership's id: whose each incarnation of a VM is; empty where no rule that reads leases is asked. */
  readonly ownership: ReadonlyMap<string, OwnershipFact>;
  /** By the ownership's id; empty as `ownership` is. */
  readonly lease: ReadonlyMap<string, LeaseFact>;
  /** By the project's id; empty where no rule that reads projects is asked. */
  readonly project: ReadonlyMap<string, ProjectFact>;
  /** By the ownership's id: which project each incarnation of a VM belongs to; empty as `project` is. */
  readonly projectVm: ReadonlyMap<string, ProjectVmFact>;
  /** By the item's id, retired ones included; empty where no rule that reads the register of things is asked. */
  readonly item: ReadonlyMap<string, ItemFact>;
  /** By the steward's id: who can run which item; empty as `item` is, as the next three are. */
  readonly steward: ReadonlyMap<string, StewardFact>;
  /** By the decision's id. */
  readonly designDecision: ReadonlyMap<string, DesignDecisionFact>;
  /** Under `theWiki`. */
  readonly wiki: ReadonlyMap<string, WikiFact>;
  /** Under `thePolicyText`. */
  readonly policyText: ReadonlyMap<string, PolicyTextFact>;
  /** By `deliveryKey`: what became of notices whose outcome a rule waits for; empty as `ownership` is. */
  readonly delivery: ReadonlyMap<string, DeliveryFact>;
  /** Under `theReport`; empty where no rule that reads it is asked. */
  readonly report: ReadonlyMap<string, ReportFact>;
  /** Under `theClock`. */
  readonly clock: ReadonlyMap<string, ClockFact>;
  /** By the hold's id. */
  readonly hold: ReadonlyMap<string, Hold>;
}

export type FactName = keyof Facts;

/** Facts of which nothing is known. */
export const noFacts: Facts = {
  ups: new Map(),
  vm: new Map(),
  node: new Map(),
  hypervisor: new Map(),
  incident: new Map(),
  person: new Map(),
  member: new Map(),
  directory: new Map(),
  application: new Map(),
  grant: new Map(),
  account: new Map(),
  accessSource: new Map(),
  knownAccount: new Map(),
  accessList: new Map(),
  ownership: new Map(),
  lease: new Map(),
  project: new Map(),
  projectVm: new Map(),
  item: new Map(),
  steward: new Map(),
  designDecision: new Map(),
  wiki: new Map(),
  policyText: new Map(),
  delivery: new Map(),
  report: new Map(),
  clock: new Map(),
  hold: new Map(),
};
