import { because, type Reason } from '@huismeester/contracts';
import { nodeIdOf } from '../../desired/presence.ts';
import { type PowerTarget, targetOfVm } from '../../desired/target.ts';
import { theClock } from '../../facts/clock.ts';
import { type Hold, holdOfGuest, holdsByTarget } from '../../facts/hold.ts';
import type { Facts } from '../../facts/index.ts';
import { type Act, defineRule, type Ending, type Notice, type Outcome, type RuleContext } from '../define.ts';
import { type Evaluated, evaluate, lookAhead } from './evaluate.ts';
import type { Common, Looked } from './look.ts';
import { type Slots, slots } from './slots.ts';
import { LeaseRow, type Memory, stopKey } from './state.ts';
import { violationKinds, violationsOf } from './violations.ts';

const clause = 'PART-4';

const reads = ['vm', 'node', 'lease', 'ownership', 'project', 'delivery', 'clock', 'hold'] as const;
type Known = Pick<Facts, (typeof reads)[number]>;

/**
 * Participants' VMs go off when their lease ended (PART-4), and nobody is surprised by it: one is stopped only if a warning that named this
 * planned stop was handed to the mail server, or failed for good for this person, at least 24 hours before. Where that is not so, for whatever
 * reason, the warning goes now and the stop is put off. Once a VM was seen off the rule has no say until it runs again.
 */
export const lease = defineRule({
  name: 'lease',
  clauses: new Map([
    [clause, "Participants' VMs are shut down when their lease ended, after two warnings to their owner"],
  ]),
  reads,
  violationKinds,
  tiers: ['lease'],
  row: LeaseRow,
  notArmable: ({ mail }) =>
    mail
      ? undefined
      : {
          code: 'mail-not-set-up',
          title:
            'nobody can be warned before a VM is stopped: name a mail server under `mail` in space.yaml first',
        },
  // While it is silent its own wishes stay as they are (desired/silence.ts), and nothing else waits for it: not the restore after a power cut.
  maySpeakOf: () => [],
  ahead: (known, memory, context) => lookAhead(known, memory, commonOf(known, context), context.now),
  decide,
});

function decide(known: Known, memory: Memory, context: RuleContext): Outcome<LeaseRow> {
  const found = findLeases(known, memory, context);
  const { busy, slots, isSane, isArmed } = found;
  const opinions = busy.flatMap((each) => (isAsked(each, found) ? act(each) : []));
  const notices = busy.flatMap(({ notice }) => notice ?? []);
  const [waits] = slots.waiting;
  const due = [found.lookAgainAt, slots.lookAgainAt ?? Number.POSITIVE_INFINITY];
  const lookAgainAt = Math.min(...due);
  return {
    opinions,
    ended: endedOf(found, context),
    memory: memoryAfter(found),
    events: [],
    notices: waits === undefined ? notices : [...notices, waiting(found, waits)],
    violations: violationsOf(busy, slots, isSane),
    clauses: new Map([[clause, isSane || !isArmed ? 'watched' : { unknown: 'the clock is not believed' }]]),
    ...(lookAgainAt < Number.POSITIVE_INFINITY && { lookAgainAt }),
  };
}

/** Everything that the rule finds out, for its outcome and for `GET /leases`. */
export interface Found extends Evaluated {
  readonly slots: Slots;
  /** The holds that bar the stop of a VM whose time has come, by the lease's id. */
  readonly held: ReadonlyMap<string, Hold>;
  readonly isArmed: boolean;
  readonly isSane: boolean;
}

/** How all leases stand. */
export function findLeases(known: Known, memory: Memory, context: RuleContext): Found {
  const { now } = context;
  const common = commonOf(known, context);
  const { isArmed, isSane } = common;
  const evaluated = evaluate(known, memory, common, now);
  const held = heldOf(evaluated.busy, known, now);
  const due = evaluated.busy.filter((each) => isDue(each, memory) && !held.has(each.lease.lease));
  return { ...evaluated, held, isArmed, isSane, slots: slots(isArmed ? due : [], known, memory, context) };
}

function commonOf(known: Known, { settings, modes }: Pick<RuleContext, 'settings' | 'modes'>): Common {
  const { insane, acceptedAt } = known.clock.get(theClock) ?? {};
  return {
    delivery: known.delivery,
    plan: settings.lease,
    isArmed: modes.get(clause) === 'enforce',
    isSane: insane === undefined,
    ...(acceptedAt !== undefined && { acceptedAt }),
  };
}

/** Whether its time has come. What was asked of one that is not seen now stays asked. */
function isDue({ state, lease }: Looked, memory: Memory): boolean {
  if (state !== 'unseen') return state === 'due';
  const row = memory.get(stopKey(lease.lease));
  return row?.kind === 'stop' && row.askedAt !== undefined;
}

/** Whether a VM is to be off now; in dry-run it is rehearsed, however many there are. */
function isAsked({ state, lease }: Looked, { isArmed, held, slots }: Found): boolean {
  if (isArmed) return slots.asked.has(lease.lease);
  return state === 'due' && !held.has(lease.lease);
}

function heldOf(looked: readonly Looked[], { hold, node }: Known, now: number): Found['held'] {
  const byTarget = holdsByTarget(hold, now);
  if (byTarget.size === 0) return new Map();
  return new Map(
    looked.flatMap(({ lease, guest }) => {
      const own = holdOfGuest(byTarget, guest, nodeIdOf(guest, node));
      return own ? [[lease.lease, own] as const] : [];
    }),
  );
}

function act({ lease, warned }: Looked): Act {
  const reasons: Reason[] = [because('lease-ended', { until: new Date(lease.ends).toISOString() })];
  if (warned.at !== undefined) {
    reasons.push(because('lease-warned', { until: new Date(warned.at).toISOString() }));
  }
  return {
    kind: 'act',
    target: targetOfVm(lease.vm),
    tier: 'lease',
    clause,
    state: 'stopped',
    reasons,
    evidence: [],
  };
}

/** Why what was wanted is wanted no more, where the rule knows better than that it asks for nothing. */
function endedOf({ looked, slots, isSane }: Found, { mine }: RuleContext): ReadonlyMap<PowerTarget, Ending> {
  const ended = new Map<PowerTarget, Ending>();
  if (mine.size === 0) return ended;
  for (const { lease } of looked) {
    const target = targetOfVm(lease.vm);
    if (!mine.has(target)) continue;
    const isWaiting = slots.waiting.has(lease.lease);
    if (!isSane) ended.set(target, { reasons: [because('lease-clock')], evidence: [] });
    else if (isWaiting) {
      ended.set(target, { reasons: [because('lease-waits', { text: `${slots.most}` })], evidence: [] });
    }
  }
  return ended;
}

function memoryAfter({ busy, slots }: Found): Memory {
  const moved = busy.flatMap((each) => (each.moved ? [[each.lease.lease, each.moved] as const] : []));
  return new Map<string, LeaseRow>([...moved, ...slots.rows]);
}

/** More VMs are to be stopped than may be in an hour: the team hears of it once for each time of the day at which that is so. */
function waiting({ busy, slots }: Found, first: string): Notice {
  const planned = busy.find(({ lease }) => lease.lease === first)?.planned ?? 0;
  return {
    kind: 'lease-waits',
    subject: 'space/main',
    moment: new Date(planned).toISOString(),
    to: 'team',
    urgency: 'digest',
    severity: 'warning',
    clause,
    reasons: [because('lease-waits', { text: `${slots.most}` })],
  };
}
