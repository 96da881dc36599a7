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

const stages: WordFor<typeof Stage> = {
  mains: 'mains',
  recovering: 'recovering',
  hold: 'waiting',
  participant: 'participants',
  'space-wide': 'space-wide',
  core: 'core infra',
};

const classes: WordFor<typeof VmClass> = {
  core: 'core infra',
  'space-wide': 'space-wide',
  participant: 'participant',
};

const contacts: WordFor<typeof Contact> = {
  unknown: 'unknown',
  ok: 'good',
  waiting: 'the driver waits',
  stale: 'stale',
  'driver-gone': 'the driver is gone',
  unreachable: 'unreachable',
  refused: 'refused',
};

const causes: WordFor<typeof PowerCause> = {
  huismeester: 'by Huismeester',
  person: 'by somebody',
  node: 'together with its node',
  ha: 'by the cluster’s HA',
  guest: 'from the inside',
  unknown: 'nobody saw by what',
};

const wishes: WordFor<typeof PowerState> = {
  running: 'should run',
  stopped: 'should be off',
  'hands-off': 'stays as it is',
};

const modes: WordFor<typeof Mode> = { 'dry-run': 'dry-run', enforce: 'armed' };

const statuses: WordFor<(typeof Vm)['properties']['status']> = {
  running: 'running',
  stopped: 'off',
  unknown: 'unknown whether it runs',
};

const roles: WordFor<typeof Role> = {
  administrator: 'administrator',
  infrateam: 'infrateam',
  board: 'board',
  trial: 'on trial',
  participant: 'participant',
  service: 'service',
  display: 'display',
};

const thingStates: WordFor<typeof ThingState> = {
  up: 'works',
  down: 'does not work',
  unknown: 'unknown',
};

const lookReasons: WordFor<typeof LookReason> = {
  'no-answer': 'no answer',
  refused: 'refused',
  'wrong-answer': 'a wrong answer',
  'wrong-secret': 'a wrong password',
  certificate: 'the certificate is not right',
  'not-allowed-here': 'this machine may not ask',
};

/** What becomes of a guest in a power cut, as the drill has it. */
const fates: WordFor<(typeof DrillGuest)['properties']['fate']> = {
  'shut-down': 'shut down',
  'with-its-node': 'with its node',
  'left-alone': 'left alone',
  off: 'is off already',
  'loses-power': 'LOSES POWER',
};

/** Who shuts a node down in a power cut. */
const nodeGoes: Readonly<Record<'upsmon' | 'huismeester' | 'nobody', string>> = {
  upsmon: 'upsmon shuts it down',
  huismeester: 'we shut it down',
  nobody: 'not in the power cut',
};

/** How a node comes back. */
const wakes: WordFor<typeof Wake> = {
  wol: 'woken by a magic packet',
  'ups-cycle': 'by the UPS, which switches its outlets off and on',
  manual: 'by a person',
};

const problemSeverities: WordFor<(typeof DrillProblem)['properties']['severity']> = {
  error: 'error',
  warning: 'warning',
};

const severities: WordFor<(typeof Violation)['properties']['severity']> = {
  serious: 'serious',
  warning: 'warning',
};

/** How a clause of the infra policy stands. */
const clauseStatuses: WordFor<(typeof Clause)['properties']['status']> = {
  kept: 'kept',
  violated: 'not kept',
  accepted: 'accepted',
  'dry-run': 'not armed yet',
  unknown: 'unknown',
  'not-set-up': 'not set up',
};

/** Whose opinion about a target has the say. */
const tiers: WordFor<(typeof Decision)['properties']['tier']> = {
  hold: 'a hold',
  power: 'the power',
  lease: 'a lease',
  restore: 'the recovery after a power cut',
  'keep-running': 'what must always run',
  none: 'nobody: no rule wants anything any more',
};

/** What is wrong with a certificate. */
const certificateFaults: WordFor<typeof CertificateFault> = {
  expired: 'expired',
  'not-yet-valid': 'not valid yet',
  'wrong-name': 'for another name',
  'self-signed': 'signed by itself',
  'issuer-unknown': 'its issuer is unknown',
  'intermediate-missing': 'the intermediate certificate is missing',
};

/** Groups of the directory, by what they are for. */
const groups: WordFor<typeof GroupName> = {
  participants: 'participants',
  team: 'team',
  trial: 'trial',
  board: 'board',
};

/** Where somebody stands in the register of the team. */
const registers: WordFor<typeof RegisterState> = {
  trial: 'on trial',
  full: 'full member',
  suspended: 'suspended',
  former: 'former member',
};

const applicationStates: WordFor<typeof ApplicationState> = {
  proposed: 'waits for their consent',
  open: 'open',
  'awaiting-board': 'approved; the board may veto it',
  'carried-out': 'of the team',
  rejected: 'rejected',
  lapsed: 'not decided in time',
  vetoed: 'vetoed',
  withdrawn: 'withdrawn',
};

const votes: WordFor<typeof Vote> = { yes: 'yes', no: 'no', abstain: 'abstains' };

const voteOutcomes: WordFor<typeof VoteOutcome> = {
  approved: 'approved',
  rejected: 'rejected',
  lapsed: 'not decided',
};

/** By what an application was decided. */
const decidedBy: WordFor<typeof DecidedBy> = {
  votes: 'by votes',
  meeting: 'at a meeting',
  board: 'by a board member',
};

/** What is proposed about a member of the team. */
const memberActs: WordFor<typeof MemberAct> = {
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
