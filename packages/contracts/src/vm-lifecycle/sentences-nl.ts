import type { SentencesOf } from '../wording.ts';
import { classes } from '../wording-nl.ts';
import type { events } from './events.ts';
import { acts } from './sentences-acts-nl.ts';
import { creation } from './sentences-creation-nl.ts';
import { power } from './sentences-power-nl.ts';
import { nl as projects } from './sentences-projects-nl.ts';

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
  'lease.renewal-undone': ({ vm, ends }) =>
    `de termijn van VM ${vm} loopt weer tot ${ends}, zoals voor het verlengen`,
  'lease.onboot-set': ({ vm, onboot, failed }) =>
    failed === undefined
      ? `VM ${vm} start ${onboot ? 'weer' : 'niet meer'} mee met zijn node`
      : `dat VM ${vm} ${onboot ? '' : 'niet '}meestart met zijn node kon niet worden ingesteld (${failed})`,
  'lease.ended': ({ vm }) => `VM ${vm} heeft geen termijn meer`,
  ...power,
  ...acts,
  ...creation,
  ...projects,
};
