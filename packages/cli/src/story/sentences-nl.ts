import { causes, classes, contacts, duur, modes, stages, wishes } from '../dutch.ts';
import { reasonIn } from '../reason.ts';
import type { SentenceTable } from './sentence-table.ts';

const acts = { shutdown: 'af te sluiten', start: 'te starten', stop: 'hard uit te zetten' } as const;
const nodeActs = { shutdown: 'af te sluiten', wake: 'te wekken' } as const;

/** What each event says, in Dutch. */
export const dutchSentences: SentenceTable = {
  'ups.found': ({ ups, status }) => `er is contact met UPS ${ups} (${status || 'geen status'})`,
  'ups.lost': ({ ups, contact, on_battery }) =>
    `het contact met UPS ${ups} is weg (${contacts[contact]}), het laatst gezien op ${source(on_battery)}`,
  'ups.stale': ({ ups, contact, on_battery }) =>
    `UPS ${ups} meldt niets nieuws (${contacts[contact]}), het laatst gezien op ${source(on_battery)}`,
  'ups.on-battery': ({ ups, ...battery }) => `UPS ${ups} draait op zijn accu${holding(battery)}`,
  'ups.on-mains': ({ ups, lasted_s, ...battery }) =>
    `UPS ${ups} draait ${lasted_s === undefined ? 'op netstroom' : `weer op netstroom, na ${duur(lasted_s)}`}${holding(battery)}`,
  'ups.battery-reading': ({ ups, on_battery, low, ...battery }) =>
    `de accu van UPS ${ups}${on_battery ? ' wordt gebruikt' : ', op netstroom'}${low ? ', bijna leeg' : ''}${holding(battery)}`,
  'ups.battery-low': ({ ups, ...battery }) => `de accu van UPS ${ups} is bijna leeg${holding(battery)}`,
  'ups.forced-shutdown': ({ ups }) => `bij UPS ${ups} is een gedwongen afsluiting (FSD) gezet`,
  'ups.forced-shutdown-stuck': ({ ups }) =>
    `bij UPS ${ups} staat een gedwongen afsluiting (FSD), en daar volgt niets uit`,
  'ups.forced-shutdown-cleared': ({ ups }) => `de gedwongen afsluiting (FSD) bij UPS ${ups} is weg`,
  'ups.battery-replaced': ({ ups }) => `UPS ${ups} vraagt niet meer om een nieuwe accu`,
  'ups.replace-battery': ({ ups }) => `UPS ${ups} vraagt om een nieuwe accu`,
  'ups.test-started': ({ ups }) => `UPS ${ups} test zichzelf`,
  'ups.test-ended': ({ ups }) => `de test van UPS ${ups} is klaar`,
  'vm.found': ({ vm, name, pool, node }) => `VM ${vm} (${name}) is gevonden in pool ${pool} op ${node}`,
  'vm.unlisted': ({ vm }) =>
    `VM ${vm} staat in geen pool meer die de instellingen noemen: daar blijven we af`,
  'vm.renamed': ({ vm, name }) => `VM ${vm} heet nu ${name}`,
  'vm.reclassified': ({ vm, from, to }) => `VM ${vm} ging van ${classes[from]} naar ${classes[to]}`,
  'vm.inspected': ({ vm, onboot, agent, ha }) =>
    `VM ${vm} start ${onboot ? '' : 'niet '}mee met zijn node${agent === false ? ', heeft geen gastagent' : ''}${ha ? ', wordt door HA beheerd' : ''}`,
  'vm.started': ({ vm, node, cause }) => `VM ${vm} draait op ${node}, ${by('gestart', cause)}`,
  'vm.stopped': ({ vm, cause }) => `VM ${vm} staat uit, ${by('uitgezet', cause)}`,
  'vm.moved': ({ vm, from, node }) => `VM ${vm} is verhuisd van ${from} naar ${node}`,
  'vm.power-requested': ({ vm, act, attempt, because }) =>
    `Proxmox krijgt het verzoek om VM ${vm} ${acts[act]}${nth(attempt)}${because === undefined ? '' : `, want: ${because}`}`,
  'vm.power-accepted': ({ vm, act }) => `Proxmox neemt het verzoek aan om VM ${vm} ${acts[act]}`,
  'vm.power-failed': ({ vm, act, error, retry }) =>
    `het verzoek om VM ${vm} ${acts[act]} is mislukt: ${error}; ${again(retry)}`,
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
  'desired-state.decided': ({ target, state, clause, mode, ...why }, at) =>
    `${named(target)} ${wishes[state]} (${clause}, ${modes[mode]}): ${reasonIn('nl', why, at)}`,
  'desired-state.rehearsed': ({ target, state, clause, ...why }, at) =>
    `als ${clause} op scherp stond: ${named(target)} ${wishes[state]}: ${reasonIn('nl', why, at)}`,
  'node-state.decided': ({ node, state, clause, mode, ...why }, at) =>
    `node ${node} ${wishes[state]} (${clause}, ${modes[mode]}): ${reasonIn('nl', why, at)}`,
  'hold.placed': ({ target, until, because }, at) =>
    `${named(target)} wordt met rust gelaten tot ${at(until)}: ${because}`,
  'hold.released': ({ target, how }) =>
    how === 'ended'
      ? `de tijd dat ${named(target)} met rust gelaten werd is om`
      : `${named(target)} is weer vrijgegeven`,
  'violation.opened': ({ about, clause, ...why }, at) =>
    `${about} is niet zoals ${clause} het wil: ${reasonIn('nl', why, at)}`,
  'violation.closed': ({ violation }) => `overtreding ${violation} is voorbij`,
  'violation.accepted': ({ violation, until, because }, at) =>
    `overtreding ${violation} wordt gedoogd tot ${at(until)}: ${because}`,
  'violation.acceptance-ended': ({ violation }) => `overtreding ${violation} wordt niet meer gedoogd`,
  'outage.began': ({ ups }) => `bij UPS ${ups} is een stroomstoring begonnen`,
  'outage.stage-entered': ({ ups, stage, because: reason, ...why }, at) =>
    `de stroomstoring bij UPS ${ups} is in fase ${stages[stage]}: ${reasonIn('nl', { reason, ...why }, at)}`,
  'outage.ended': ({ ups, lasted_s }) => `de stroomstoring bij UPS ${ups} is voorbij, na ${duur(lasted_s)}`,
  'rule.mode-changed': ({ rule, clause, mode }) =>
    `regel ${rule}/${clause} staat ${mode === 'enforce' ? 'op scherp' : 'in dry-run'}`,
};

function source(onBattery: boolean): string {
  return onBattery ? 'de accu' : 'netstroom';
}

function holding({ charge_pct, runtime_s }: { charge_pct?: number; runtime_s?: number }): string {
  const known = [
    ...(charge_pct === undefined ? [] : [`${Math.round(charge_pct)} %`]),
    ...(runtime_s === undefined ? [] : [`nog ${duur(runtime_s)}`]),
  ];
  return known.length === 0 ? '' : `: ${known.join(', ')}`;
}

function by(done: string, cause: keyof typeof causes): string {
  return cause === 'unknown' ? causes.unknown : `${done} ${causes[cause]}`;
}

function nth(attempt: number): string {
  return attempt > 1 ? `, poging ${attempt}` : '';
}

function again(retry: boolean): string {
  return retry ? 'het wordt nog eens geprobeerd' : 'we proberen het niet nog eens';
}

/** A power target as people call it. */
function named(target: string): string {
  return target.replace(/^vm\//, 'VM ').replace(/^node\//, 'node ');
}
