/** Texts of the page that says how the space is. */
export interface Words {
  readonly since: string;
  /** Before a countdown. */
  readonly left: string;
  readonly asked: string;
  readonly nothingAsked: string;
  readonly askedMore: (count: number) => string;
  readonly fewer: string;
  readonly look: (what: string) => string;
  readonly setUp: string;
  readonly arm: (count: number) => string;
  readonly armWhy: string;
  readonly notSetUp: (count: number) => string;
  readonly cut: string;
  readonly stageNow: string;
  readonly stageDone: string;
  readonly parts: string;
  readonly core: string;
  readonly coreFine: string;
  readonly coreDown: (count: number) => string;
  readonly node: (name: string) => string;
  readonly online: string;
  readonly offline: string;
  readonly ups: (name: string) => string;
  readonly onMains: string;
  readonly onBattery: string;
  readonly unseen: string;
  readonly charge: (percent: number) => string;
  readonly holds: (count: number) => string;
  readonly last: string;
  readonly lastNothing: string;
  readonly all: string;
  readonly behind: (services: string) => string;
  readonly away: (services: string) => string;
}

const words: Words = {
  left: 'in',
  since: 'As of',
  asked: 'What is asked of you',
  nothingAsked: 'Nothing is asked of you.',
  askedMore: (count) => `Show ${count} more`,
  fewer: 'Show fewer',
  look: (what) => `Look at: ${what}`,
  setUp: 'What to set up next',
  arm: (count) => (count === 1 ? '1 rule is in dry-run' : `${count} rules are in dry-run`),
  armWhy: 'They decide, and nothing is done yet. See what each would do, then arm it.',
  notSetUp: (count) =>
    count === 1 ? '1 clause of the policy is not set up' : `${count} clauses of the policy are not set up`,
  cut: 'The power cut',
  stageNow: 'now',
  stageDone: 'done',
  parts: 'Power and core',
  core: 'Core infra',
  coreFine: 'works',
  coreDown: (count) => (count === 1 ? '1 thing does not work' : `${count} things do not work`),
  node: (name) => `Node ${name}`,
  online: 'on',
  offline: 'off',
  ups: (name) => `UPS ${name}`,
  onMains: 'on mains',
  onBattery: 'on battery',
  unseen: 'not seen',
  charge: (percent) => `${percent} %`,
  holds: (count) => (count === 1 ? '1 thing is on hold' : `${count} things are on hold`),
  last: 'What happened last',
  lastNothing: 'Nothing yet: no power cut, and nothing was decided.',
  all: 'All decisions',
  behind: (services) => `Still being read: ${services}`,
  away: (services) => `No answer from: ${services}`,
};

export default words;
