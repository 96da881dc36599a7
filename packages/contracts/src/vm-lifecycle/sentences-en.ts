import type { SentencesOf } from '../wording.ts';
import type { events } from './events.ts';
import { en as projects } from './sentences-projects-en.ts';

const acts = { shutdown: 'shut it down', start: 'start it', stop: 'stop it by force' } as const;
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
  'vm.renamed': ({ vm, name }) => `VM ${vm} is called ${name} now`,
  'vm.reclassified': ({ vm, from, to }) => `VM ${vm} went from ${from} to ${to}`,
  'vm.inspected': ({ vm, onboot, agent, ha }) =>
    `VM ${vm} ${onboot ? 'starts' : 'does not start'} with its node${agent === false ? ', has no guest agent' : ''}${ha ? ', is managed by HA' : ''}`,
  'vm.started': ({ vm, node, cause }) => `VM ${vm} runs on ${node}, ${started(cause)}`,
  'vm.stopped': ({ vm, cause }) => `VM ${vm} is off, ${stopped(cause)}`,
  'vm.moved': ({ vm, from, node }) => `VM ${vm} moved from ${from} to ${node}`,
  'vm.power-requested': ({ vm, act, attempt, because }) =>
    `Proxmox is asked about VM ${vm} to ${acts[act]}${attempt > 1 ? `, attempt ${attempt}` : ''}${because === undefined ? '' : `, because ${because}`}`,
  'vm.power-accepted': ({ vm, act }) => `Proxmox took the request about VM ${vm} to ${acts[act]}`,
  'vm.power-failed': ({ vm, act, error, retry }) =>
    `the request about VM ${vm} to ${acts[act]} failed: ${error}; ${retry ? 'it will be tried again' : 'given up'}`,
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
  'ownership.begun': ({ vm, owner, how }) =>
    `VM ${vm} belongs to ${owner}${how === 'from-intent' ? ', by what its description says' : ''}`,
  'ownership.offered': ({ vm, to }) => `VM ${vm} is offered to ${to}`,
  'ownership.offer-ended': ({ vm, to, how }) => `the offer of VM ${vm} to ${to} was ${how}`,
  'ownership.accepted': ({ vm, owner }) => `VM ${vm} belongs to ${owner} now`,
  'ownership.ended': ({ vm, because }) => `the guest that was VM ${vm} is gone: ${because}`,
  'lease.started': ({ vm, ends }) => `VM ${vm} began a lease until ${ends}`,
  'lease.renewed': ({ vm, ends }) => `the lease of VM ${vm} was renewed until ${ends}`,
  'lease.ended': ({ vm }) => `VM ${vm} has no lease any more`,
  ...projects,
};

function started(cause: keyof typeof causes): string {
  return cause === 'unknown' ? causes.unknown : `started ${causes[cause]}`;
}

function stopped(cause: keyof typeof causes): string {
  return cause === 'unknown' ? causes.unknown : `stopped ${causes[cause]}`;
}
