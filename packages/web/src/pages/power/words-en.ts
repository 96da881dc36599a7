/** Texts of the page about power. */
export interface Words {
  /** What is said in the place of what could not be fetched. */
  readonly lacks: Readonly<Record<'limits' | 'hypervisors', string>>;
  readonly lead: string;
  readonly noUps: string;
  readonly noUpsNext: string;
  readonly onMains: string;
  readonly onBattery: string;
  readonly notSeen: string;
  readonly charge: string;
  readonly runtime: string;
  readonly load: string;
  readonly power: string;
  readonly input: string;
  readonly contact: string;
  readonly since: string;
  readonly replace: string;
  readonly testing: string;
  readonly low: string;
  readonly forced: string;
  readonly stuck: string;
  readonly day: string;
  readonly chargeOf: (ups: string) => string;
  readonly loadOf: (ups: string) => string;
  readonly cut: string;
  readonly noHistory: string;
  readonly nodes: string;
  readonly node: string;
  readonly state: string;
  readonly wanted: string;
  readonly online: string;
  readonly offline: string;
  readonly noNodes: string;
  readonly drill: string;
  readonly drillLead: string;
  readonly fits: string;
  readonly fitsNot: (errors: number) => string;
  readonly why: string;
  readonly after: string;
  readonly what: string;
  readonly who: string;
  readonly offAt: string;
  readonly backAt: string;
  readonly empty: (time: string) => string;
  readonly guests: string;
  readonly nothingHappens: string;
  readonly dryRun: string;
  readonly stage: (stage: string) => string;
}

const words: Words = {
  lacks: {
    hypervisors: 'Which nodes are on is not known now.',
    limits: 'At which charge what goes off is not known now.',
  },
  lead: 'What feeds the space, how long the batteries last, and what a power cut would do.',
  noUps: 'No UPS is set up.',
  noUpsNext: '`huismeester init` asks upsd which there are, and prints the lines for space.yaml.',
  onMains: 'On mains',
  onBattery: 'On battery',
  notSeen: 'Not seen',
  charge: 'Charge',
  runtime: 'Lasts for',
  load: 'Load',
  power: 'Power',
  input: 'Input',
  contact: 'Contact',
  since: 'Since',
  replace: 'The battery is to be replaced',
  testing: 'It tests its battery',
  low: 'The battery is low',
  forced: 'A forced shutdown was set',
  stuck: 'A forced shutdown stands there without a power cut: nothing follows from it',
  day: 'The last 24 hours',
  chargeOf: (ups) => `Charge of UPS ${ups}, %`,
  loadOf: (ups) => `Load of UPS ${ups}, %`,
  cut: 'power cut',
  noHistory: 'Nothing was measured yet: there is a sample each minute.',
  nodes: 'Nodes',
  node: 'Node',
  state: 'State',
  wanted: 'Wanted',
  online: 'on',
  offline: 'off',
  noNodes:
    'No node was seen yet. They come here by themselves as soon as the hypervisor of space.yaml answers: `huismeester check-config` tries that.',
  drill: 'If the power fails now',
  drillLead: 'Only thought through, from the present readings: nothing is touched.',
  fits: 'The plan fits: everything is shut down in time.',
  fitsNot: (errors) =>
    errors === 1 ? 'The plan does not fit: 1 error' : `The plan does not fit: ${errors} errors`,
  why: 'Why',
  after: 'After',
  what: 'What',
  who: 'Which',
  offAt: 'Off after',
  backAt: 'Starts, with mains back',
  empty: (time) => `The battery is empty after ${time}.`,
  guests: 'VM by VM',
  nothingHappens: 'Nothing would happen.',
  dryRun: 'dry-run',
  stage: (stage) => `Stage ${stage}`,
};

export default words;
