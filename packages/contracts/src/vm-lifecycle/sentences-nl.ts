import type { SentencesOf } from '../wording.ts';
import { causes, classes } from '../wording-nl.ts';
import type { events } from './events.ts';
import { acts } from './sentences-acts-nl.ts';
import { creation } from './sentences-creation-nl.ts';
import { nl as projects } from './sentences-projects-nl.ts';

const guestActs = { shutdown: 'af te sluiten', start: 'te starten', stop: 'hard uit te zetten' } as const;
const nodeActs = { shutdown: 'af te sluiten', wake: 'te wekken' } as const;

const endings = {
  destroyed: 'verwijderd in Proxmox',
  deleted: 'hier verwijderd',
  replaced: 'onder zijn nummer staat een andere',
} as const;

/** What each event says, in Dutch. */
export const nl: SentencesOf<typeof events>['nl'] = {
  'vm.found': ({ vm, name, pool, node }) => `VM ${vm} (${name}) is gevonden in pool ${pool} op ${node}`,
  'vm.unlisted': ({ vm }) =>
    `VM ${vm} staat in geen pool meer die de instellingen noemen: daar blijven we af`,
  'vm.resized': ({ vm, cores, memory_mib, disk_gib }) =>
    `VM ${vm} heeft nu ${cores ?? '?'} cores, ${memory_mib ?? '?'} MiB en ${disk_gib ?? '?'} GiB schijf`,
  'vm.renamed': ({ vm, name }) => `VM ${vm} heet nu ${name}`,
  'vm.reclassified': ({ vm, from, to }) => `VM ${vm} ging van ${classes[from]} naar ${classes[to]}`,
  'vm.inspected': ({ vm, onboot, agent, ha }) =>
    `VM ${vm} start ${onboot ? '' : 'niet '}mee met zijn node${agent === false ? ', heeft geen gastagent' : ''}${ha ? ', wordt door HA beheerd' : ''}`,
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
  'hypervisor.reachable': ({ hypervisor, quorate }) =>
    `${hypervisor} antwoordt${quorate ? '' : ', zonder quorum'}`,
  'hypervisor.unreachable': ({ hypervisor, error }) => `${hypervisor} antwoordt niet (${error})`,
  'hypervisor.quorum-changed': ({ hypervisor, quorate }) =>
    `${hypervisor} heeft ${quorate ? 'weer quorum' : 'geen quorum meer'}`,
  'vm.identified': ({ vm, incarnation }) => `VM ${vm} is de gast ${incarnation}`,
  'ownership.begun': ({ vm, owner }) => `VM ${vm} is van ${owner}`,
  'ownership.offered': ({ vm, to }) => `VM ${vm} is aangeboden aan ${to}`,
  'ownership.offer-ended': ({ vm, to, how }) =>
    `het aanbod van VM ${vm} aan ${to} is ${how === 'withdrawn' ? 'ingetrokken' : 'afgeslagen'}`,
  'ownership.accepted': ({ vm, owner }) => `VM ${vm} is nu van ${owner}`,
  'ownership.ended': ({ vm, because }) => `de gast die VM ${vm} was is weg: ${endings[because]}`,
  'lease.started': ({ vm, ends }) => `VM ${vm} begon een termijn tot ${ends}`,
  'lease.renewed': ({ vm, ends }) => `de termijn van VM ${vm} is verlengd tot ${ends}`,
  'lease.onboot-set': ({ vm, onboot, failed }) =>
    failed === undefined
      ? `VM ${vm} start ${onboot ? 'weer' : 'niet meer'} mee met zijn node`
      : `dat VM ${vm} ${onboot ? '' : 'niet '}meestart met zijn node kon niet worden ingesteld (${failed})`,
  'lease.ended': ({ vm }) => `VM ${vm} heeft geen termijn meer`,
  ...acts,
  ...creation,
  ...projects,
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
