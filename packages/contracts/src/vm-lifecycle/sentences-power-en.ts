import type { SentencesOf } from '../wording.ts';
import type { events } from './events.ts';

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

/** What the events of a VM or node that goes on or off say, in English. */
export const power: Pick<
  SentencesOf<typeof events>['en'],
  | 'vm.started'
  | 'vm.stopped'
  | 'vm.moved'
  | `vm.power-${'requested' | 'accepted' | 'failed'}`
  | `node.${'online' | 'offline' | 'power-requested' | 'power-failed'}`
> = {
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
};

function started(cause: keyof typeof causes): string {
  return cause === 'unknown' ? causes.unknown : `started ${causes[cause]}`;
}

function stopped(cause: keyof typeof causes): string {
  return cause === 'unknown' ? causes.unknown : `stopped ${causes[cause]}`;
}
