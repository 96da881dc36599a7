import type {
  ApplicationState,
  DecidedBy,
  GroupName,
  MemberAct,
  RegisterState,
  Vote,
  VoteOutcome,
} from './membership/words.ts';
import type { CertificateFault, LookReason, ThingState } from './netwatch/things.ts';
import type { DrillGuest, DrillProblem } from './policy/drill.ts';
import type { Clause, Decision, Violation } from './policy/resources.ts';
import type { Vm } from './vm-lifecycle/resources.ts';
import type { WordFor } from './wording.ts';
import type { Contact, Mode, PowerCause, PowerState, Role, Stage, VmClass, Wake } from './words.ts';

// The same names as in wording-nl.ts.

export const stages: WordFor<typeof Stage> = {
  mains: 'mains',
  recovering: 'recovering',
  hold: 'waiting',
  participant: 'participants',
  'space-wide': 'space-wide',
  core: 'core infra',
};

export const classes: WordFor<typeof VmClass> = {
  core: 'core infra',
  'space-wide': 'space-wide',
  participant: 'participant',
};

export const contacts: WordFor<typeof Contact> = {
  unknown: 'unknown',
  ok: 'good',
  waiting: 'the driver waits',
  stale: 'stale',
  'driver-gone': 'the driver is gone',
  unreachable: 'unreachable',
  refused: 'refused',
};

export const causes: WordFor<typeof PowerCause> = {
  huismeester: 'by Huismeester',
  person: 'by somebody',
  node: 'together with its node',
  ha: 'by the cluster’s HA',
  guest: 'from the inside',
  unknown: 'nobody saw by what',
};

export const wishes: WordFor<typeof PowerState> = {
  running: 'should run',
  stopped: 'should be off',
  'hands-off': 'stays as it is',
};

export const modes: WordFor<typeof Mode> = { 'dry-run': 'dry-run', enforce: 'armed' };

export const statuses: WordFor<(typeof Vm)['properties']['status']> = {
  running: 'running',
  stopped: 'off',
  unknown: 'unknown whether it runs',
};

export const roles: WordFor<typeof Role> = {
  administrator: 'administrator',
  infrateam: 'infrateam',
  board: 'board',
  trial: 'on trial',
  participant: 'participant',
  service: 'service',
  display: 'display',
};

export const thingStates: WordFor<typeof ThingState> = {
  up: 'works',
  down: 'does not work',
  unknown: 'unknown',
};

export const lookReasons: WordFor<typeof LookReason> = {
  'no-answer': 'no answer',
  refused: 'refused',
  'wrong-answer': 'a wrong answer',
  'wrong-secret': 'a wrong password',
  certificate: 'the certificate is not right',
  'not-allowed-here': 'this machine may not ask',
};

/** What becomes of a guest in a power cut, as the drill has it. */
export const fates: WordFor<(typeof DrillGuest)['properties']['fate']> = {
  'shut-down': 'shut down',
  'with-its-node': 'with its node',
  'left-alone': 'left alone',
  off: 'is off already',
  'loses-power': 'LOSES POWER',
};

/** Who shuts a node down in a power cut. */
export const nodeGoes: Readonly<Record<'upsmon' | 'huismeester' | 'nobody', string>> = {
  upsmon: 'upsmon shuts it down',
  huismeester: 'we shut it down',
  nobody: 'not in the power cut',
};

/** How a node comes back. */
export const wakes: WordFor<typeof Wake> = {
  wol: 'woken by a magic packet',
  'ups-cycle': 'by the UPS, which switches its outlets off and on',
  manual: 'by a person',
};

export const problemSeverities: WordFor<(typeof DrillProblem)['properties']['severity']> = {
  error: 'error',
  warning: 'warning',
};

export const severities: WordFor<(typeof Violation)['properties']['severity']> = {
  serious: 'serious',
  warning: 'warning',
};

/** How a clause of the infra policy stands. */
export const clauseStatuses: WordFor<(typeof Clause)['properties']['status']> = {
  kept: 'kept',
  violated: 'not kept',
  accepted: 'accepted',
  'dry-run': 'not armed yet',
  unknown: 'unknown',
  'not-set-up': 'not set up',
};

/** Whose opinion about a target has the say. */
export const tiers: WordFor<(typeof Decision)['properties']['tier']> = {
  hold: 'a hold',
  power: 'the power',
  lease: 'a lease',
  restore: 'the recovery after a power cut',
  'keep-running': 'what must always run',
  none: 'nobody: no rule wants anything any more',
};

/** What is wrong with a certificate. */
export const certificateFaults: WordFor<typeof CertificateFault> = {
  expired: 'expired',
  'not-yet-valid': 'not valid yet',
  'wrong-name': 'for another name',
  'self-signed': 'signed by itself',
  'issuer-unknown': 'its issuer is unknown',
  'intermediate-missing': 'the intermediate certificate is missing',
};

/** Groups of the directory, by what they are for. */
export const groups: WordFor<typeof GroupName> = {
  participants: 'participants',
  team: 'team',
  trial: 'trial',
  board: 'board',
};

/** Where somebody stands in the register of the team. */
export const registers: WordFor<typeof RegisterState> = {
  trial: 'on trial',
  full: 'full member',
  suspended: 'suspended',
  former: 'former member',
};

export const applicationStates: WordFor<typeof ApplicationState> = {
  proposed: 'waits for their consent',
  open: 'open',
  'awaiting-board': 'approved; the board may veto it',
  'carried-out': 'of the team',
  rejected: 'rejected',
  lapsed: 'not decided in time',
  vetoed: 'vetoed',
  withdrawn: 'withdrawn',
};

export const votes: WordFor<typeof Vote> = { yes: 'yes', no: 'no', abstain: 'abstains' };

export const voteOutcomes: WordFor<typeof VoteOutcome> = {
  approved: 'approved',
  rejected: 'rejected',
  lapsed: 'not decided',
};

/** By what an application was decided. */
export const decidedBy: WordFor<typeof DecidedBy> = {
  votes: 'by votes',
  meeting: 'at a meeting',
  board: 'by a board member',
};

/** What is proposed about a member of the team. */
export const memberActs: WordFor<typeof MemberAct> = {
  confirm: 'full membership after the trial',
  extend: 'a longer trial',
  end: 'the end of membership',
  suspend: 'a suspension',
  lift: 'the end of the suspension',
};

/** All of them, for whatever shows a value by its word. One object, so that a bundle needs no helper for namespaces. */
export const english = {
  stages,
  classes,
  contacts,
  causes,
  wishes,
  modes,
  statuses,
  roles,
  thingStates,
  lookReasons,
  fates,
  nodeGoes,
  wakes,
  problemSeverities,
  severities,
  clauseStatuses,
  tiers,
  certificateFaults,
  groups,
  registers,
  applicationStates,
  votes,
  voteOutcomes,
  decidedBy,
  memberActs,
} as const;
