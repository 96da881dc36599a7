import type { SentencesOf } from '../wording.ts';
import { causes } from '../wording-nl.ts';
import type { events } from './events.ts';

const guestActs = { shutdown: 'af te sluiten', start: 'te starten', stop: 'hard uit te zetten' } as const;
const nodeActs = { shutdown: 'af te sluiten', wake: 'te wekken' } as const;

/** What the events of a VM or node that goes on or off say, in Dutch. */
export const power: Pick<
  SentencesOf<typeof events>['nl'],
  | 'vm.started'
  | 'vm.stopped'
  | 'vm.moved'
  | `vm.power-${'requested' | 'accepted' | 'failed'}`
  | `node.${'online' | 'offline' | 'power-requested' | 'power-failed'}`
> = {
  'vm.started': ({ vm, node, cause }) => `VM ${vm} draait op ${node}, ${by('gestart', cause)}`,
  'vm.stopped': ({ vm, cause }) => `VM ${vm} staat uit, ${by('uitgezet', cause)}`,
  'vm.moved': ({ vm, from, node }) => `VM ${vm} is verhuisd van ${from} naar ${node}`,
  'vm.power-requested': ({ vm, act, attempt, because }) =>
    `Proxmox krijgt het verzoek om VM ${vm} ${guestActs[act]}${nth(attempt)}${because === undefined ? '' : `, want: ${because}`}`,
  'vm.power-accepted': ({ vm, act }) => `Proxmox neemt het verzoek aan om VM ${vm} ${guestActs[act]}`,
  'vm.power-failed': ({ vm, act, error, retry }) =>
    `het verzoek om VM ${vm} ${guestActs[act]} is mislukt: ${error}; ${again(retry)}`,
  'node.power-requested': ({ node, act, attempt }) =>
    `we gaan vragen om node ${node} ${nodeActs[act]}${nth(attempt)}`,
  'node.power-failed': ({ node, act, error, retry }) =>
    `het verzoek om node ${node} ${nodeActs[act]} is mislukt: ${error}; ${again(retry)}`,
  'node.online': ({ node, hypervisor }) => `node ${node} van ${hypervisor} is online`,
  'node.offline': ({ node, hypervisor }) => `node ${node} van ${hypervisor} is offline`,
};

function by(done: string, cause: keyof typeof causes): string {
  return cause === 'unknown' ? causes.unknown : `${done} ${causes[cause]}`;
}

function nth(attempt: number): string {
  return attempt > 1 ? `, poging ${attempt}` : '';
}

function again(retry: boolean): string {
  return retry ? 'het wordt nog eens geprobeerd' : 'we proberen het niet nog eens';
}
