import {
  because,
  type Drill,
  type DrillGuest,
  type DrillProblem,
  nodeId,
  phrase,
  type Reason,
} from '@huismeester/contracts';
import type { Facts } from '../../../facts/index.ts';
import { nodeKey } from '../../../facts/node.ts';
import { armedAs, type Mode } from '../../define.ts';
import type { NodePlan, PolicySettings } from '../../settings.ts';
import { type Index, isHeld, isSelf } from '../budget.ts';
import { power } from '../rule.ts';
import type { DrillOf } from './batteries.ts';
import type { Rehearsal } from './rehearsal.ts';

interface Played {
  readonly facts: Facts;
  readonly settings: PolicySettings;
  readonly modes: ReadonlyMap<string, Mode>;
  readonly index: Index;
  readonly asked: DrillOf;
  readonly rehearsal: Rehearsal;
  readonly guests: readonly DrillGuest[];
}

type Severity = DrillProblem['severity'];

/** What would go wrong in the power cut that was played through, errors first. */
export function problemsOf(played: Played): Drill['problems'] {
  const found = [
    ...nothingSeen(played),
    ...notAnswering(played),
    ...feeds(played),
    ...stages(played),
    ...tooLate(played),
    ...waysBack(played),
    ...ofGuests(played),
    ...ofSelf(played),
    ...dryRun(played),
  ];
  return found.sort((a, b) => a.severity.localeCompare(b.severity));
}

function problem(severity: Severity, about: string, ...reasons: Reason[]): DrillProblem {
  return { severity, about, reason: phrase(reasons, 'en'), reasons };
}

const nodeName = ({ hypervisor, node }: NodePlan) => `node/${nodeId(hypervisor, node)}`;

function feeds({ facts, index: { byNode }, settings, asked, rehearsal }: Played): DrillProblem[] {
  const nodes = [...settings.nodes];
  const unfed = [...byNode.keys()].flatMap((key) => {
    const [first] = byNode.get(key) ?? [];
    if (!first || (settings.nodes.get(key)?.poweredBy.length ?? 0) > 0) return [];
    return [problem('error', `node/${nodeId(first.hypervisor, first.node)}`, because('no-feed'))];
  });
  const idle = asked.ups
    .filter((ups) => !nodes.some(([, { poweredBy }]) => poweredBy.includes(ups)))
    .map((ups) => problem('error', `ups/${ups}`, because('feeds-nothing')));
  const unseen = asked.ups
    .filter((ups) => facts.ups.get(ups)?.contact.ok !== true)
    .map((ups) => problem('warning', `ups/${ups}`, because('ups-unseen')));
  const unknown = rehearsal.from
    .filter(({ runtime_s }) => runtime_s === undefined)
    .map(({ ups }) => problem('error', `ups/${ups}`, because('length-unknown')));
  return [...unfed, ...idle, ...unseen, ...unknown];
}

/** A plan fits any space of which nothing is seen: that must not pass for a plan that fits this one. */
function nothingSeen({ facts }: Played): DrillProblem[] {
  return facts.vm.size === 0 ? [problem('error', 'hypervisors', because('no-guests-known'))] : [];
}

/** Nobody would be asked to go off there, however well it fits. */
function notAnswering({ facts }: Played): DrillProblem[] {
  return [...facts.hypervisor.values()].flatMap(({ id, reachable }) =>
    reachable ? [] : [problem('error', `hypervisor/${id}`, because('hypervisor-away'))],
  );
}

/** A limit that even this battery is below: the stage begins with the power cut, not at the end of it. */
function stages({ settings, rehearsal }: Played): DrillProblem[] {
  const cut = [...settings.nodes].filter(([key]) => rehearsal.isCut(key)).map(([, node]) => node);
  return (['space-wide', 'core'] as const).flatMap((stage) => {
    const limit = settings.plan.below[stage];
    const begun = new Map(rehearsal.from.map((reading) => [reading.ups, atOnce(reading, limit)]));
    const begins = (ups: string): boolean => (begun.get(ups) ?? []).length > 0;
    // A node goes by the best of its feeds: a small battery beside a large one hurries nobody.
    const hurried = new Set(cut.flatMap(({ poweredBy }) => (poweredBy.every(begins) ? poweredBy : [])));
    return [...hurried].flatMap((ups) =>
      (begun.get(ups) ?? []).map((said) => problem('error', `policy.power.${stage}`, said)),
    );
  });
}

type Limit = PolicySettings['plan']['below']['core'];

/** Why a stage begins with the first second of a power cut: how long this battery lasts, or what it holds. */
function atOnce({ ups, runtime_s, charge_pct }: Drill['from'][number], limit: Limit): Reason[] {
  const limit_s = limit.runtimeMs / 1000;
  const limit_pct = limit.chargePct;
  return [
    ...(runtime_s !== undefined && runtime_s <= limit_s
      ? [because('stage-at-once', { ups, left_s: runtime_s, limit_s })]
      : []),
    ...(charge_pct !== undefined && charge_pct < limit_pct
      ? [because('stage-at-once-charge', { ups, charge_pct, limit_pct })]
      : []),
  ];
}

/** A guest that is off only when its node should already be going. */
function tooLate({ settings, rehearsal, guests }: Played): DrillProblem[] {
  return guests.flatMap(({ vm, fate, hypervisor, node, down_s }) => {
    if (fate === 'loses-power') return [problem('error', `vm/${vm}`, because('loses-power'))];
    const key = nodeKey(hypervisor, node);
    const emptyMs = rehearsal.emptyMsOf(key);
    if (emptyMs === undefined || down_s === undefined) return [];
    const goes_s = (emptyMs - (settings.nodes.get(key)?.ownShutdownMs ?? 0)) / 1000;
    if (down_s <= goes_s) return [];
    return [
      problem('error', `vm/${vm}`, because('too-long', { left_s: Math.max(0, goes_s), limit_s: down_s })),
    ];
  });
}

function waysBack({ settings, rehearsal }: Played): DrillProblem[] {
  return [...settings.nodes].flatMap(([key, node]) => {
    if (!rehearsal.isCut(key)) return [];
    if (node.wake === undefined) return [problem('error', nodeName(node), because('no-way-back'))];
    if (node.wake === 'ups-cycle') return byCycle(node, settings);
    return node.wake === 'manual' ? [problem('warning', nodeName(node), because('back-by-hand'))] : [];
  });
}

/** We never tell a UPS to cut its outlets, upsmon's primary does: on each feed a node must be left to upsmon. */
function byCycle(node: NodePlan, { nodes }: PolicySettings): DrillProblem[] {
  if (node.nodeShutdown === 'upsmon') return [];
  const { poweredBy } = node;
  const others = [...nodes.values()].filter((other) => other.nodeShutdown === 'upsmon');
  const uncut = poweredBy.filter((ups) => !others.some((other) => other.poweredBy.includes(ups)));
  return [
    ...uncut.map((ups) => problem('error', nodeName(node), because('nobody-cuts-outlets', { ups }))),
    ...(poweredBy.length > 1 ? [problem('warning', nodeName(node), because('cycle-needs-all-feeds'))] : []),
  ];
}

function ofGuests({ facts, index, guests }: Played): DrillProblem[] {
  return guests.flatMap(({ vm, fate }) => {
    const guest = facts.vm.get(vm);
    if (guest && isHeld(guest, index)) return [problem('warning', `vm/${vm}`, because('on-hold-now'))];
    const without = fate === 'shut-down' && guest?.agent === false;
    return without ? [problem('warning', `vm/${vm}`, because('no-agent'))] : [];
  });
}

function ofSelf({ facts, settings }: Played): DrillProblem[] {
  const sleepers = [...facts.vm.values()]
    .filter((guest) => isSelf(guest, settings) && guest.onboot === false)
    .map(({ vm }) => problem('error', `vm/${vm}`, because('self-not-onboot')));
  const unseen = [...settings.self]
    .filter((name) => /^(switch|host)\//.test(name))
    .map((name) => problem('warning', name, because('power-not-known')));
  return [...sleepers, ...unseen];
}

function dryRun({ modes }: Played): DrillProblem[] {
  return [...power.clauses.keys()]
    .map((clause) => armedAs(power.name, clause))
    .filter((name) => modes.get(name) !== 'enforce')
    .map((name) => problem('warning', `rule/${name}`, because('in-dry-run', { text: name })));
}
