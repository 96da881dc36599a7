import { dutch } from '@huismeester/contracts/sentences';
import type { StoryWords } from './story-en.ts';

const { classes, stages, statuses } = dutch;

export const dutchStory: StoryWords = {
  known: ({ id, name, class: each, node, status }) =>
    `VM ${id} (${name}, ${classes[each]}, op ${node}): ${statuses[status]}.`,
  unlisted: (id) => `VM ${id} staat in geen pool die de instellingen noemen.`,
  knownNode: ({ hypervisor, node, online }) =>
    `Node ${node} van ${hypervisor}: ${online ? 'online' : 'offline'}.`,
  unknownNode: (id) => `Er is geen node ${id}: \`huismeester nodes\` toont ze.`,
  held: ({ until, by, because }) => `Dit wordt met rust gelaten tot ${until}, door ${by}: ${because}`,
  nothingDecided: 'Er is nog nooit iets over besloten.',
  earlier: 'Er zijn eerdere besluiten: met --limit zie je er zoveel als je wilt.',
  logHidden: 'Het infrateam kan in het log ook zien waar dit op berust, en wat ervan gekomen is.',
  verdict: {
    running: (what) => `Er is besloten dat de ${what} moet draaien`,
    stopped: (what) => `Er is besloten dat de ${what} wordt afgesloten`,
    'hands-off': (what) => `Er is besloten de ${what} te laten zoals die is`,
  },
  stage: (stage) => `fase ${stages[stage]}`,
  enforced: 'De regel staat op scherp.',
  dryRun: 'De regel staat in dry-run, dus er wordt niets gedaan.',
  validUntil: (until) => `Dit geldt tot ${until}.`,
  because: 'Want:',
  after: 'Daarna:',
  notFound: (id) => `gebeurtenis ${id}, die niet gevonden is`,
  nothingYet: 'Er is nog niets gebeurd.',
  nothingNeeded: 'Er hoefde niets te gebeuren.',
};
