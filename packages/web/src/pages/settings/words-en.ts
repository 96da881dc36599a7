/** Texts of the page of settings. */
export interface Words {
  readonly lead: string;
  readonly rules: string;
  readonly rulesLead: string;
  readonly noRules: string;
  /** What each rule does by each clause; one that is not here is said as the program has it. */
  readonly titles: Readonly<Record<string, string>>;
  readonly armed: string;
  readonly dryRun: string;
  readonly by: (who: string) => string;
  readonly arm: (rule: string) => string;
  readonly armTitle: (rule: string) => string;
  readonly armLead: string;
  readonly previewFirst: string;
  readonly disarm: (rule: string) => string;
  readonly disarmTitle: (rule: string) => string;
  readonly disarmLead: string;
  readonly nothingWould: string;
  readonly would: (count: number) => string;
  readonly holds: string;
  readonly holdsLead: string;
  readonly noHolds: string;
  readonly noHoldsNext: string;
  readonly until: string;
  readonly release: string;
  readonly releaseOf: (target: string) => string;
  readonly released: (target: string) => string;
  readonly place: string;
  readonly placeOf: (target: string) => string;
  readonly servicesFor: string;
  readonly target: string;
  readonly targetHint: string;
  readonly length: string;
  readonly hours: (count: number) => string;
  readonly because: string;
  readonly becauseHint: string;
  readonly placed: (target: string) => string;
  readonly services: string;
  readonly ready: string;
  readonly notReady: string;
  readonly version: string;
  readonly head: string;
  readonly lag: string;
  readonly letters: string;
  readonly lettersLead: string;
  readonly noLetters: string;
  readonly behind: string;
  readonly replay: string;
  readonly replayOf: (subject: string) => string;
  readonly replayed: (subject: string) => string;
  readonly forTeam: string;
  readonly asRead: string;
  readonly asReadLead: string;
  readonly settingsOf: (part: string) => string;
  readonly setting: string;
  readonly value: string;
  readonly secret: string;
  readonly nothing: string;
  readonly yes: string;
  readonly no: string;
}

const words: Words = {
  lead: 'What is armed, what is on hold, and how each service is.',
  rules: 'Rules',
  rulesLead: 'A rule in dry-run decides and shows what it would do, and nothing is done.',
  noRules: 'No rule acts.',
  titles: {},
  armed: 'armed',
  dryRun: 'dry-run',
  by: (who) => `by ${who}`,
  arm: (rule) => `Arm ${rule}`,
  armTitle: (rule) => `Arm ${rule}?`,
  previewFirst: 'What it would do is not known yet.',
  armLead: 'From then on what it decides is done. If it was armed now:',
  disarm: (rule) => `Put ${rule} back to dry-run`,
  disarmTitle: (rule) => `Put ${rule} back to dry-run?`,
  disarmLead: 'It goes on deciding and showing, and nothing is done any more, in a power cut either.',
  nothingWould: 'Nothing would be done now.',
  would: (count) => (count === 1 ? 'This would be done now:' : `These ${count} would be done now:`),
  holds: 'Holds',
  holdsLead:
    'What somebody works on: it is left alone, whatever the rules want, and what fails there is planned.',
  noHolds: 'Nothing is on hold.',
  noHoldsNext: 'Put something on hold before you work on it.',
  until: 'until',
  release: 'Release',
  releaseOf: (target) => `Release ${target}`,
  released: (target) => `${target} is released`,
  place: 'Put something on hold',
  placeOf: (target) => `Put ${target || 'something'} on hold`,
  servicesFor:
    'How each service is, what it could not apply and the settings as they were read: that is for the infrateam.',
  target: 'What',
  targetHint: 'A VM, node, probe or switch, such as vm/104, node/pve-pve1 or switch/sw1.',
  length: 'For how long',
  hours: (count) => (count === 1 ? '1 hour' : `${count} hours`),
  because: 'Why',
  becauseHint: 'Everybody can read it.',
  placed: (target) => `${target} is on hold`,
  services: 'Services',
  ready: 'ready',
  notReady: 'not ready',
  version: 'Version',
  head: 'Events',
  lag: 'To apply',
  letters: 'Events that could not be applied',
  lettersLead: 'They wait until somebody looks. To replay applies the facts; no old act is asked for again.',
  noLetters: 'All events were applied.',
  behind: 'waits behind an earlier one',
  replay: 'Replay',
  replayOf: (subject) => `Replay ${subject}`,
  replayed: (subject) => `${subject} was applied`,
  forTeam: 'infrateam',
  asRead: 'Settings as they were read',
  asReadLead: 'What space.yaml has, and what holds where it has nothing. They are changed in that file.',
  settingsOf: (part) => `Settings of ${part}`,
  setting: 'Setting',
  value: 'Value',
  secret: 'set, and secret',
  nothing: 'empty',
  yes: 'yes',
  no: 'no',
};

export default words;
