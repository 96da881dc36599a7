import type { SentencesOf } from '../wording.ts';
import type { events } from './acts.ts';

const peopleActs = {
  start: 'te starten',
  shutdown: 'af te sluiten',
  reboot: 'te herstarten',
  stop: 'hard uit te zetten',
  resize: 'groter te maken',
  delete: 'te verwijderen',
} as const;

/** What the events of what people ask say, in Dutch. */
export const acts: SentencesOf<typeof events>['nl'] = {
  'act.requested': ({ vm, what }) => `iemand vroeg om VM ${vm} ${peopleActs[what]}`,
  'act.asked': ({ vm, what, attempt, because }) =>
    `Proxmox krijgt namens iemand het verzoek om VM ${vm} ${peopleActs[what]}${nth(attempt)}${because === undefined ? '' : `, want: ${because}`}`,
  'act.accepted': ({ vm, what }) => `Proxmox neemt iemands verzoek aan om VM ${vm} ${peopleActs[what]}`,
  'act.done': ({ vm, what }) => `wat iemand vroeg is gedaan: VM ${vm} ${peopleActs[what]}`,
  'act.failed': ({ vm, what, error }) =>
    `wat iemand vroeg, VM ${vm} ${peopleActs[what]}, is mislukt: ${error}`,
};

function nth(attempt: number): string {
  return attempt > 1 ? `, poging ${attempt}` : '';
}
