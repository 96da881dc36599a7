import { reasonIn } from '../reason.ts';
import { lengthOf } from '../time.ts';
import type { SentenceTable } from './sentence-table.ts';

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
const states = { running: 'running', stopped: 'stopped', 'hands-off': 'left as it is' } as const;

/** What each event says, in English. */
export const englishSentences: SentenceTable = {
  'ups.found': ({ ups, status }) => `there is contact with UPS ${ups} (${status || 'no status'})`,
  'ups.lost': ({ ups, contact, on_battery }) =>
    `contact with UPS ${ups} was lost (${contact}), last seen on ${on_battery ? 'battery' : 'mains'}`,
  'ups.stale': ({ ups, contact, on_battery }) =>
    `UPS ${ups} says nothing new (${contact}), last seen on ${on_battery ? 'battery' : 'mains'}`,
  'ups.on-battery': ({ ups, ...battery }) => `UPS ${ups} runs on its battery${holding(battery)}`,
  'ups.on-mains': ({ ups, lasted_s, ...battery }) =>
    `UPS ${ups} runs on mains${lasted_s === undefined ? '' : ` after ${lengthOf(lasted_s)}`}${holding(battery)}`,
  'ups.battery-reading': ({ ups, on_battery, low, ...battery }) =>
    `the battery of UPS ${ups}${on_battery ? ' is used' : ', on mains'}${low ? ', low' : ''}${holding(battery)}`,
  'ups.battery-low': ({ ups, ...battery }) => `the battery of UPS ${ups} is low${holding(battery)}`,
  'ups.forced-shutdown': ({ ups }) => `a forced shutdown was set at UPS ${ups}`,
  'ups.forced-shutdown-stuck': ({ ups }) =>
    `a forced shutdown stands at UPS ${ups}, and nothing follows from it`,
  'ups.forced-shutdown-cleared': ({ ups }) => `the forced shutdown at UPS ${ups} is gone`,
  'ups.battery-replaced': ({ ups }) => `UPS ${ups} asks for a new battery no more`,
  'ups.replace-battery': ({ ups }) => `UPS ${ups} asks for a new battery`,
  'ups.test-started': ({ ups }) => `UPS ${ups} tests itself`,
  'ups.test-ended': ({ ups }) => `the test of UPS ${ups} ended`,
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
  'desired-state.decided': ({ target, state, clause, mode, ...why }, at) =>
    `${named(target)} is to be ${states[state]} (${clause}, ${mode}): ${reasonIn('en', why, at)}`,
  'desired-state.rehearsed': ({ target, state, clause, ...why }, at) =>
    `if ${clause} was armed, ${named(target)} would have to be ${states[state]}: ${reasonIn('en', why, at)}`,
  'node-state.decided': ({ node, state, clause, mode, ...why }, at) =>
    `node ${node} is to be ${states[state]} (${clause}, ${mode}): ${reasonIn('en', why, at)}`,
  'hold.placed': ({ target, until, because }, at) =>
    `${named(target)} was put on hold until ${at(until)}: ${because}`,
  'hold.released': ({ target, how }) =>
    `a hold on ${named(target)} ${how === 'ended' ? 'ended' : 'was released'}`,
  'violation.opened': ({ about, clause, ...why }, at) =>
    `${about} is not as ${clause} wants it: ${reasonIn('en', why, at)}`,
  'violation.closed': ({ violation }) => `violation ${violation} is over`,
  'violation.accepted': ({ violation, until, because }, at) =>
    `violation ${violation} is accepted until ${at(until)}: ${because}`,
  'violation.acceptance-ended': ({ violation }) => `violation ${violation} is not accepted any more`,
  'outage.began': ({ ups }) => `a power cut began at UPS ${ups}`,
  'outage.stage-entered': ({ ups, stage, because: reason, ...why }, at) =>
    `the power cut at UPS ${ups} is at ${stage}: ${reasonIn('en', { reason, ...why }, at)}`,
  'outage.ended': ({ ups, lasted_s }) => `the power cut at UPS ${ups} ended after ${lengthOf(lasted_s)}`,
  'rule.mode-changed': ({ rule, clause, mode }) => `${rule}/${clause} is in ${mode}`,
};

function holding({ charge_pct, runtime_s }: { charge_pct?: number; runtime_s?: number }): string {
  const known = [
    ...(charge_pct === undefined ? [] : [`${Math.round(charge_pct)} %`]),
    ...(runtime_s === undefined ? [] : [`${lengthOf(runtime_s)} left`]),
  ];
  return known.length === 0 ? '' : `: ${known.join(', ')}`;
}

function started(cause: keyof typeof causes): string {
  return cause === 'unknown' ? causes.unknown : `started ${causes[cause]}`;
}

function stopped(cause: keyof typeof causes): string {
  return cause === 'unknown' ? causes.unknown : `stopped ${causes[cause]}`;
}

/** A power target as people call it. */
function named(target: string): string {
  return target.replace(/^vm\//, 'VM ').replace(/^node\//, 'node ');
}
