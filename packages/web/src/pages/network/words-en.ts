import { defects } from '@huismeester/contracts/sentences-en';
/** Texts of the page about the network. */
export interface Words {
  /** What is said in the place of what could not be fetched. */
  readonly lacks: Readonly<Record<'planned' | 'holds', string>>;
  /** What a degraded service does, by the code of its defect. */
  readonly defects: Readonly<Record<string, string>>;
  readonly lead: string;
  readonly incidents: string;
  readonly noIncident: string;
  readonly noIncidentNext: string;
  readonly earlier: (count: number) => string;
  readonly incident: (id: string) => string;
  readonly failedFirst: (root: string) => string;
  readonly followed: string;
  readonly others: string;
  readonly outage: string;
  readonly planned: string;
  readonly partlyPlanned: (things: string) => string;
  readonly goesOn: string;
  readonly over: (length: string) => string;
  readonly core: string;
  readonly probes: string;
  readonly noProbes: string;
  readonly noProbesNext: string;
  readonly day: string;
  readonly dayAgo: string;
  readonly now: string;
  readonly legend: Readonly<Record<'up' | 'partly' | 'down' | 'unknown', string>>;
  readonly strip: (up: string, down: number, unknown: number) => string;
  readonly available: string;
  readonly latency: string;
  readonly lookedAt: string;
  readonly asks: string;
  readonly because: (thing: string) => string;
  readonly flapping: string;
  readonly degraded: (defect: string) => string;
  readonly certificateEnds: string;
  readonly certificateFault: (fault: string) => string;
  readonly look: string;
  readonly hold: string;
  readonly held: string;
  /** What a port is for; one that is not here is said as settings have it. */
  readonly roles: Readonly<Record<string, string>>;
  readonly lookAt: (probe: string) => string;
  readonly looked: (probe: string, state: string) => string;
  readonly switches: string;
  readonly noSwitches: string;
  readonly noSwitchesNext: string;
  readonly link: (up: number, all: number) => string;
  readonly portsOf: (name: string) => string;
  readonly noPorts: string;
  readonly uptime: (length: string) => string;
  readonly port: string;
  readonly state: string;
  readonly speed: string;
  readonly into: string;
  readonly out: string;
  readonly role: string;
  readonly since: string;
  readonly up: string;
  readonly down: string;
  readonly off: string;
}

const words: Words = {
  defects,
  lacks: {
    planned: 'What of it was planned is not known now.',
    holds: 'What somebody works on is not known now.',
  },
  lead: 'Which services answer, how the switches are, and what failed because of what.',
  incidents: 'Incidents',
  noIncident: 'There is no incident now.',
  noIncidentNext: 'When something fails, it stands here with what failed first.',
  earlier: (count) => `The last ${count} that are over`,
  incident: (id) => `Incident ${id}`,
  failedFirst: (root) => `${root} failed first`,
  followed: 'With it',
  others: 'It may also be the cause',
  outage: 'A power cut explains it.',
  planned: 'It is planned: somebody works on it.',
  partlyPlanned: (things) => `Planned, since somebody works on it: ${things}.`,
  goesOn: 'goes on',
  over: (length) => `was over after ${length}`,
  core: 'core',
  probes: 'Services',
  noProbes: 'No service is watched.',
  noProbesNext: '`huismeester init` proposes what to watch, and prints the lines for space.yaml.',
  day: 'The last 24 hours',
  dayAgo: '24 h ago',
  now: 'now',
  legend: { up: 'works', partly: 'was away', down: 'does not work', unknown: 'unknown' },
  strip: (up, down, unknown) =>
    `The last 24 hours: ${up} available; away in ${down} of the 48 half hours, in ${unknown} it is unknown`,
  available: 'Available',
  latency: 'Answers in',
  lookedAt: 'Looked at',
  asks: 'Asked',
  because: (thing) => `because of ${thing}`,
  flapping: 'keeps going on and off',
  degraded: (defect) => `This service ${defect}`,
  certificateEnds: 'The certificate ends',
  certificateFault: (fault) => `The certificate: ${fault}`,
  look: 'Look now',
  hold: 'Put on hold',
  held: 'on hold until',
  roles: { 'access-point': 'wifi', hypervisor: 'node', uplink: 'internet', ignore: 'does not count' },
  lookAt: (probe) => `Look now: ${probe}`,
  looked: (probe, state) => `${probe}: ${state}`,
  switches: 'Switches',
  noSwitches: 'No switch is set up.',
  noSwitchesNext: 'Add switches to space.yaml under `switches`: they are read through SNMP.',
  link: (up, all) => `${up} of ${all} ports have a link`,
  portsOf: (name) => `Ports of ${name}`,
  noPorts: 'No port was seen yet: they come here by themselves as soon as the switch answers by SNMP.',
  uptime: (length) => `on for ${length}`,
  port: 'Port',
  state: 'State',
  speed: 'Speed',
  into: 'In',
  out: 'Out',
  role: 'Role',
  since: 'Since',
  up: 'link',
  down: 'no link',
  off: 'turned off',
};

export default words;
