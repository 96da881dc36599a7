import type { SentencesOf } from '../wording.ts';
import type { events } from './events.ts';
import { acts } from './sentences-acts-en.ts';
import { creation } from './sentences-creation-en.ts';
import { en as projects } from './sentences-projects-en.ts';

const guestActs = { shutdown: 'shut it down', start: 'start it', stop: 'stop it by force' } as const;
const nodeActs = { shutdown: 'shut down', wake: 'wake' } as const;
const causes = {
  huismeester: 'by Huismeester',
  person: 'by a person',
  node: 'with its node',
  ha: 'by the cluster’s HA',
  guest: 'from inside the guest',
  unknown: 'nobody saw why',
} as const;

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
  'vm.started': ({ vm, node, cause }) => `VM ${vm} runs on ${node}, ${started(cause)}`,
  'vm.stopped': ({ vm, cause }) => `VM ${vm} is off, ${stopped(cause)}`,
  'vm.moved': ({ vm, from, node }) => `VM ${vm} moved from ${from} to ${node}`,
  'vm.power-requested': ({ vm, act, attempt, because }) =>
    `Proxmox is asked about VM ${vm} to ${guestActs[act]}${attempt > 1 ? `, attempt ${attempt}` : ''}${because === undefined ? '' : `, because ${because}`}`,
  'vm.power-accepted': ({ vm, act }) => `Proxmox took the request about VM ${vm} to ${guestActs[act]}`,
  'vm.power-failed': ({ vm, act, error, retry }) =>
    `the request about VM ${vm} to ${guestActs[act]} failed: ${error}; ${retry ? 'it will be tried again' : 'given up'}`,
  'node.power-requested': ({ node, act, attempt }) =>
    `about to ${nodeActs[act]} node ${node}${attempt > 1 ? `, attempt ${attempt}` : ''}`,
  'node.power-failed': ({ node, act, error, retry }) =>
    `the request to ${nodeActs[act]} node ${node} failed: ${error}; ${retry ? 'it will be tried again' : 'given up'}`,
  'node.online': ({ node, hypervisor }) => `node ${node} of ${hypervisor} is online`,
  'node.offline': ({ node, hypervisor }) => `node ${node} of ${hypervisor} is offline`,
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
  'lease.onboot-set': ({ vm, onboot, failed }) =>
    failed === undefined
      ? `VM ${vm} ${onboot ? 'starts with its node again' : 'does not start with its node any more'}`
      : `that VM ${vm} ${onboot ? 'starts' : 'does not start'} with its node could not be set (${failed})`,
  'lease.ended': ({ vm }) => `VM ${vm} has no lease any more`,
  ...acts,
  ...creation,
  ...projects,
};

function started(cause: keyof typeof causes): string {
  return cause === 'unknown' ? causes.unknown : `started ${causes[cause]}`;
}

function stopped(cause: keyof typeof causes): string {
  return cause === 'unknown' ? causes.unknown : `stopped ${causes[cause]}`;
}
