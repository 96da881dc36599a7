import { defects, duur, dutch as words } from '@huismeester/contracts/sentences';
import { listed } from './status.ts';
import type { Words } from './words-en.ts';

const { lookReasons, thingStates } = words;

export const dutch: Words = {
  state: thingStates,
  status: (what, { state, since, because, reason, detail }) => {
    const from = since === undefined ? '' : ` sinds ${since}`;
    const why = listed(reason && lookReasons[reason], detail);
    const cause = because === undefined ? why && ` (${why})` : `, door ${because}`;
    return `${what}: ${thingStates[state]}${from}${cause}.`;
  },
  degraded: (defect) => `Deze dienst ${defects.nl[defect] ?? `werkt niet goed: ${defect}`}.`,
  neverFailed: 'Dit was nog nooit deel van een incident.',
  events: 'Wat er het laatst gebeurde:',
  noEvents: 'Er is nog niets mee gebeurd.',
  began: (id, root, at) => `Incident ${id}: ${root} viel als eerste uit, om ${at}.`,
  followed: 'Daarna:',
  member: (thing, state) => `${thing}, nu: ${thingStates[state]}`,
  because: (root, subject) => `${root} verklaart waarom ${subject} uitviel.`,
  also: (others) => `Ook uitgevallen: ${others}; ook dat kan de oorzaak zijn.`,
  planned: 'Het is gepland: er wordt aan gewerkt (`huismeester holds`).',
  partlyPlanned: (things) =>
    `Hiervan is gepland, want er wordt aan gewerkt (\`huismeester holds\`): ${things}.`,
  powerCut: 'Een stroomstoring verklaart het.',
  happened: 'Wat er gebeurde:',
  more: (count, correlation) =>
    `… nog ${count}: \`huismeester events --correlation ${correlation}\` laat alles zien`,
  over: (id, at, seconds) => `Incident ${id} eindigde om ${at}, na ${duur(seconds)}.`,
  goesOn: (id, seconds, left) => `Incident ${id} duurt nog, nu ${duur(seconds)}; niet terug: ${left}.`,
};
