import type { SentencesOf } from '../wording.ts';
import type { events } from './events.ts';
import { acts } from './sentences-acts-en.ts';
import { creation } from './sentences-creation-en.ts';
import { power } from './sentences-power-en.ts';
import { en as projects } from './sentences-projects-en.ts';

/** What each event says, in English. */
export const en: SentencesOf<typeof events>['en'] = {
  'vm.found': ({ vm, name, pool, node }) => `VM ${vm} (${name}) was found in pool ${pool} on ${node}`,
  'vm.unlisted': ({ vm }) => `VM ${vm} is in no listed pool any more: hands off`,
  'vm.resized': ({ vm, cores, memory_mib, disk_gib }) =>
    `VM ${vm} has ${cores ?? '?'} cores, ${memory_mib ?? '?'} MiB and ${disk_gib ?? '?'} GiB of disk now`,
  'vm.renamed': ({ vm, name }) => `VM ${vm} is called ${name} now`,
  'vm.reclassified': ({ vm, from, to }) => `VM ${vm} went from ${from} to ${to}`,
  'vm.inspected': ({ vm, onboot, agent, ha }) =>
    `VM ${vm} ${onboot ? 'starts' : 'does not start'} with its node${agent === false ? ', has no guest agent' : ''}${ha ? ', is managed by HA' : ''}`,
  'hypervisor.reachable': ({ hypervisor, quorate }) =>
    `${hypervisor} answers${quorate ? '' : ', without quorum'}`,
  'hypervisor.unreachable': ({ hypervisor, error }) => `${hypervisor} does not answer (${error})`,
  'hypervisor.quorum-changed': ({ hypervisor, quorate }) =>
    `${hypervisor} ${quorate ? 'has' : 'lost'} its quorum`,
  'vm.identified': ({ vm, incarnation }) => `VM ${vm} is the guest ${incarnation}`,
  'ownership.begun': ({ vm, owner }) => `VM ${vm} belongs to ${owner}`,
  'ownership.offered': ({ vm, to }) => `VM ${vm} is offered to ${to}`,
  'ownership.offer-ended': ({ vm, to, how }) => `the offer of VM ${vm} to ${to} was ${how}`,
  'ownership.accepted': ({ vm, owner }) => `VM ${vm} belongs to ${owner} now`,
  'ownership.ended': ({ vm, because }) => `the guest that was VM ${vm} is gone: ${because}`,
  'lease.started': ({ vm, ends }) => `VM ${vm} began a lease until ${ends}`,
  'lease.renewed': ({ vm, ends }) => `the lease of VM ${vm} was renewed until ${ends}`,
  'lease.renewal-undone': ({ vm, ends }) => `the lease of VM ${vm} ends ${ends} again, as before its renewal`,
  'lease.onboot-set': ({ vm, onboot, failed }) =>
    failed === undefined
      ? `VM ${vm} ${onboot ? 'starts with its node again' : 'does not start with its node any more'}`
      : `that VM ${vm} ${onboot ? 'starts' : 'does not start'} with its node could not be set (${failed})`,
  'lease.ended': ({ vm }) => `VM ${vm} has no lease any more`,
  ...power,
  ...acts,
  ...creation,
  ...projects,
};
