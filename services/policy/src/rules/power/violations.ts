import { because, nodeId, type Reason } from '@huismeester/contracts';
import { targetOfNode, targetOfVm } from '../../desired/target.ts';
import type { Facts } from '../../facts/index.ts';
import type { Mine, Outcome, RuleContext, Undecided, ViolationFound } from '../define.ts';
import { clauseOf, nodeClause } from './here.ts';
import type { Memory } from './state.ts';

/** The kinds of violations that belong to the power rule. */
export const violationKinds = [
  'stuck-forced-shutdown',
  'not-restored',
  'not-shut-down',
  'node-not-back',
  'node-id-taken',
] as const;

type Kind = (typeof violationKinds)[number];
type Violations = Outcome<unknown>['violations'];

/** How long a node that we shut down may take to be back before somebody is to look, ms. */
const bootMs = 10 * 60_000;

/** What is not as the policy wants it after a power cut, or in it. `memory` is that after the look. */
export function violationsOf(
  facts: Pick<Facts, 'ups' | 'vm' | 'node' | 'hypervisor'>,
  memory: Memory,
  context: RuleContext,
): Violations & { readonly lookAgainAt?: number } {
  const guests = guestViolations(facts, memory);
  const nodes = nodesNotBack(facts, memory, context);
  const forced = stuck(facts);
  return {
    found: [...forced.found, ...guests.found, ...nodes.found, ...idsTaken(facts)],
    undecided: [...forced.undecided, ...guests.undecided, ...nodes.undecided],
    ...(nodes.lookAgainAt !== undefined && { lookAgainAt: nodes.lookAgainAt }),
  };
}

/** A forced shutdown that nobody saw being set, or that stands beside mains: upsd keeps it until it restarts. */
function stuck({ ups }: Pick<Facts, 'ups'>): Violations {
  const kind = 'stuck-forced-shutdown';
  const unseen = [...ups.values()].filter(({ contact }) => !contact.ok);
  const found = [...ups.values()].flatMap((feed) => {
    if (feed.stuck === undefined || !feed.contact.ok) return [];
    const code = feed.stuck === 'at-contact' ? 'fsd-at-contact' : 'fsd-beside-mains';
    return [violation(kind, `ups/${feed.ups}`, 'warning', 'CORE-1', because(code, { ups: feed.ups }))];
  });
  return { found, undecided: unseen.map((feed) => ({ kind, subject: `ups/${feed.ups}` })) };
}

/**
 * A guest that ran before a power cut and could not be started after it, and one whose shutdown was given up while its
 * power is running out. While it is not seen, or its hypervisor does not answer, nobody knows whether a guest runs.
 */
function guestViolations({ vm, hypervisor }: Pick<Facts, 'vm' | 'hypervisor'>, memory: Memory): Violations {
  const found: ViolationFound[] = [];
  const undecided: Undecided[] = [];
  for (const guest of vm.values()) {
    const subject = targetOfVm(guest.vm);
    const row = memory.get(subject);
    const clause = clauseOf[guest.class];
    const of = hypervisor.get(guest.hypervisor);
    if (guest.unseen || of?.unseen || of?.reachable === false) {
      undecided.push({ kind: 'not-restored', subject }, { kind: 'not-shut-down', subject });
      continue;
    }
    if (row?.kind !== 'guest') continue;
    if (row.gaveUpAt !== undefined && !guest.running) {
      found.push(violation('not-restored', subject, 'serious', clause, because('gave-up'), row.evidence));
    }
    if (row.stopFailed && row.asking?.state === 'stopped' && guest.running) {
      found.push(
        violation('not-shut-down', subject, 'serious', clause, because('shutdown-failed'), row.evidence),
      );
    }
  }
  return { found, undecided };
}

/** A node that we shut down, is wanted back for longer than a boot takes, or whose wake was given up, and is not. */
function nodesNotBack(
  { node, hypervisor }: Pick<Facts, 'node' | 'hypervisor'>,
  memory: Memory,
  { mine, now }: RuleContext,
): Violations & { lookAgainAt?: number } {
  const due: number[] = [];
  const undecided: Undecided[] = [];
  const found = [...node.values()].flatMap(({ id, online, unseen, hypervisor: of }) => {
    const subject = targetOfNode(id);
    if (unseen) {
      undecided.push({ kind: 'node-not-back', subject });
      return [];
    }
    const wish = mine.get(subject);
    const row = memory.get(subject);
    const isBack = online && hypervisor.get(of)?.reachable !== false;
    if (row?.kind !== 'node' || row.asking?.state !== 'running' || isBack || !isWaking(wish)) return [];
    const at = wish.since + bootMs;
    if (wish.fate !== 'given-up' && now < at) {
      due.push(at);
      return [];
    }
    return [
      violation('node-not-back', subject, 'serious', nodeClause, because('node-not-back'), row.evidence),
    ];
  });
  return { found, undecided, ...(due.length > 0 && { lookAgainAt: Math.min(...due) }) };
}

/** Two nodes whose hypervisor and name give the same id, so that vm-lifecycle gave the second another one. */
function idsTaken({ node }: Pick<Facts, 'node'>): ViolationFound[] {
  const ids = new Set([...node.values()].map(({ id }) => id));
  return [...node.values()].flatMap(({ id, hypervisor, node: name }) => {
    const usual = nodeId(hypervisor, name);
    if (id === usual || !ids.has(usual)) return [];
    const reason = because('node-id-taken', { text: usual });
    return [violation('node-id-taken', targetOfNode(id), 'warning', nodeClause, reason)];
  });
}

/** Whether a node is really being woken: not while that is only rehearsed. */
function isWaking(wish: Mine | undefined): wish is Mine {
  return wish?.state === 'running' && wish.generation !== undefined;
}

function violation(
  kind: Kind,
  subject: string,
  severity: ViolationFound['severity'],
  clause: string,
  reason: Reason,
  evidence: readonly string[] = [],
): ViolationFound {
  return { kind, subject, severity, clause, reasons: [reason], evidence };
}
