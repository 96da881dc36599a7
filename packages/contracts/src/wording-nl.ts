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
import { lengthOf, type WordFor } from './wording.ts';
import type { Contact, Mode, PowerCause, PowerState, Role, Stage, VmClass, Wake } from './words.ts';

export const stages: WordFor<typeof Stage> = {
  mains: 'netstroom',
  recovering: 'herstel',
  hold: 'afwachten',
  participant: 'deelnemers',
  'space-wide': 'space-breed',
  core: 'core-infra',
};

export const classes: WordFor<typeof VmClass> = {
  core: 'core-infra',
  'space-wide': 'space-breed',
  participant: 'deelnemer',
};

export const contacts: WordFor<typeof Contact> = {
  unknown: 'onbekend',
  ok: 'goed',
  waiting: 'de driver wacht',
  stale: 'verouderd',
  'driver-gone': 'de driver is weg',
  unreachable: 'onbereikbaar',
  refused: 'geweigerd',
};

export const causes: WordFor<typeof PowerCause> = {
  huismeester: 'door Huismeester',
  person: 'door iemand',
  node: 'samen met zijn node',
  ha: 'door de HA van het cluster',
  guest: 'van binnenuit',
  unknown: 'niemand zag waardoor',
};

export const wishes: WordFor<typeof PowerState> = {
  running: 'moet draaien',
  stopped: 'moet uit',
  'hands-off': 'blijft zoals die is',
};

export const modes: WordFor<typeof Mode> = { 'dry-run': 'dry-run', enforce: 'scherp' };

const statuses: WordFor<(typeof Vm)['properties']['status']> = {
  running: 'draait',
  stopped: 'staat uit',
  unknown: 'onbekend of die draait',
};

const roles: WordFor<typeof Role> = {
  administrator: 'beheerder',
  infrateam: 'infrateam',
  board: 'bestuur',
  trial: 'proeflid',
  participant: 'deelnemer',
  service: 'dienst',
  display: 'scherm',
};

/** A length of time in Dutch words, such as `2 uur 5 min`. */
export function duur(seconds: number): string {
  return lengthOf(seconds, 'uur');
}

export const thingStates: WordFor<typeof ThingState> = {
  up: 'doet het',
  down: 'doet het niet',
  unknown: 'onbekend',
};

export const lookReasons: WordFor<typeof LookReason> = {
  'no-answer': 'geen antwoord',
  refused: 'geweigerd',
  'wrong-answer': 'een verkeerd antwoord',
  'wrong-secret': 'een verkeerd wachtwoord',
  certificate: 'het certificaat klopt niet',
  'not-allowed-here': 'deze machine mag het niet vragen',
};

/** What becomes of a guest in a power cut, as the drill has it. */
const fates: WordFor<(typeof DrillGuest)['properties']['fate']> = {
  'shut-down': 'afsluiten',
  'with-its-node': 'met zijn node',
  'left-alone': 'met rust gelaten',
  off: 'staat al uit',
  'loses-power': 'VALT UIT',
};

/** Who shuts a node down in a power cut. */
const nodeGoes: Readonly<Record<'upsmon' | 'huismeester' | 'nobody', string>> = {
  upsmon: 'upsmon sluit af',
  huismeester: 'wij sluiten af',
  nobody: 'buiten de storing',
};

/** How a node comes back. */
const wakes: WordFor<typeof Wake> = {
  wol: 'gewekt met een magic packet',
  'ups-cycle': 'door de UPS, die zijn uitgangen uit en weer aan zet',
  manual: 'door iemand ter plaatse',
};

const problemSeverities: WordFor<(typeof DrillProblem)['properties']['severity']> = {
  error: 'fout',
  warning: 'let op',
};

const severities: WordFor<(typeof Violation)['properties']['severity']> = {
  serious: 'ernstig',
  warning: 'let op',
};

/** How a clause of the infra policy stands. */
const clauseStatuses: WordFor<(typeof Clause)['properties']['status']> = {
  kept: 'nagekomen',
  violated: 'niet nagekomen',
  accepted: 'gedoogd',
  'dry-run': 'nog niet scherp',
  unknown: 'onbekend',
  'not-set-up': 'niet ingesteld',
};

/** Whose opinion about a target has the say. */
const tiers: WordFor<(typeof Decision)['properties']['tier']> = {
  hold: 'een hold',
  power: 'de stroom',
  lease: 'een lease',
  restore: 'het herstel na een stroomuitval',
  'keep-running': 'wat altijd moet draaien',
  none: 'niemand: er is geen regel meer die iets wil',
};

/** What is wrong with a certificate. */
export const certificateFaults: WordFor<typeof CertificateFault> = {
  expired: 'verlopen',
  'not-yet-valid': 'nog niet geldig',
  'wrong-name': 'voor een andere naam',
  'self-signed': 'door zichzelf ondertekend',
  'issuer-unknown': 'de uitgever is onbekend',
  'intermediate-missing': 'het tussencertificaat ontbreekt',
};

/** Groups of the directory, by what they are for. */
const groups: WordFor<typeof GroupName> = {
  participants: 'deelnemers',
  team: 'team',
  trial: 'proefleden',
  board: 'bestuur',
};

/** Where somebody stands in the register of the team. */
const registers: WordFor<typeof RegisterState> = {
  trial: 'proeflid',
  full: 'volledig lid',
  suspended: 'geschorst',
  former: 'oud-lid',
};

const applicationStates: WordFor<typeof ApplicationState> = {
  proposed: 'moet er zelf nog mee instemmen',
  open: 'open',
  'awaiting-board': 'goedgekeurd; het bestuur kan een veto uitspreken',
  'carried-out': 'in het team',
  rejected: 'afgewezen',
  lapsed: 'niet op tijd beslist',
  vetoed: 'veto',
  withdrawn: 'ingetrokken',
};

const votes: WordFor<typeof Vote> = { yes: 'ja', no: 'nee', abstain: 'onthouding' };

const voteOutcomes: WordFor<typeof VoteOutcome> = {
  approved: 'goedgekeurd',
  rejected: 'afgewezen',
  lapsed: 'niet beslist',
};

/** By what an application was decided. */
const decidedBy: WordFor<typeof DecidedBy> = {
  votes: 'door te stemmen',
  meeting: 'in een vergadering',
  board: 'door een bestuurslid',
};

/** What is proposed about a member of the team. */
const memberActs: WordFor<typeof MemberAct> = {
  confirm: 'volledig lidmaatschap na de proefperiode',
  extend: 'een langere proefperiode',
  end: 'het einde van het lidmaatschap',
  suspend: 'een schorsing',
  lift: 'het einde van de schorsing',
};

/** All of them, for whatever shows a value by its word. One object, so that a bundle needs no helper for namespaces. */
export const dutch = {
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
