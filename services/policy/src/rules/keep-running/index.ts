import { because, type Reason } from '@huismeester/contracts';
import { type Static, Type } from 'typebox';
import { targetOfVm } from '../../desired/target.ts';
import type { Facts } from '../../facts/index.ts';
import type { Guest } from '../../facts/vm.ts';
import {
  type Act,
  defineRule,
  type Mine,
  type Outcome,
  type RuleContext,
  type ViolationFound,
} from '../define.ts';

/** What is remembered of a VM from its first start by this rule until it ran for an hour. Key: `vm/<id>`. */
const Row = Type.Object({
  epoch: Type.String(),
  /** When each start of the last hour was first decided, ms since 1970. */
  starts: Type.Array(Type.Object({ startedAt: Type.Number() })),
  /** Which attempt is asked for. */
  attempt: Type.Integer({ minimum: 0 }),
  /** When it was off again after the last of its starts, ms since 1970: a person has to look. */
  gaveUpAt: Type.Optional(Type.Number()),
});
type Row = Readonly<Static<typeof Row>>;

const clause = 'SPACE-3';
const kinds = ['found-off', 'keeps-stopping'] as const;
const mostStarts = 3;
const withinMs = 3_600_000;

/** Two looks of vm-lifecycle at its default of 10 s: what is off for less may be a restart. */
const twoLooksMs = 20_000;

/** How long after a start that was given up it is asked for again, ms. */
const againMs = 60_000;

interface Found {
  readonly row: Row | undefined;
  readonly act?: Act;
  readonly undecided?: true;
  readonly violation?: ViolationFound;
  readonly lookAgainAt?: number;
}

/**
 * Space-wide VMs keep running (SPACE-3): one that was seen off for two looks with nothing in flight is a violation and is
 * started, at most three times in an hour, counted anew after it ran for an hour; then the violation is a serious one. All
 * that speaks against it is of a higher tier: holds, power cuts, leases.
 */
export const rule = defineRule({
  name: 'keep-running',
  clauses: new Map([
    [clause, 'Space-wide VMs that are found off are started again, at most three times in an hour'],
  ]),
  reads: ['vm'],
  violationKinds: kinds,
  tiers: ['keep-running'],
  row: Row,
  maySpeakOf: ({ vm }) => spaceWide(vm).map((guest) => targetOfVm(guest.vm)),
  decide: (known: Pick<Facts, 'vm'>, memory: ReadonlyMap<string, Row>, context): Outcome<Row> => {
    const found = spaceWide(known.vm).map(
      (guest) => [targetOfVm(guest.vm), decideGuest(guest, memory, context)] as const,
    );
    const rows = found.flatMap(([key, { row }]) => (row ? [[key, row] as const] : []));
    const due = found.flatMap(([, { lookAgainAt }]) => lookAgainAt ?? []);
    return {
      opinions: found.flatMap(([, { act }]) => act ?? []),
      memory: new Map(rows),
      events: [],
      notices: [],
      violations: {
        found: found.flatMap(([, { violation }]) => violation ?? []),
        undecided: found.flatMap(([subject, { undecided }]) =>
          undecided ? kinds.map((kind) => ({ kind, subject })) : [],
        ),
      },
      clauses: new Map([[clause, 'watched']]),
      ...(due.length > 0 && { lookAgainAt: Math.min(...due) }),
    };
  },
});

function spaceWide(vm: Facts['vm']): Guest[] {
  return [...vm.values()].filter((guest) => guest.class === 'space-wide');
}

function decideGuest(guest: Guest, memory: ReadonlyMap<string, Row>, context: RuleContext): Found {
  const { now, epoch, mine } = context;
  const stored = memory.get(targetOfVm(guest.vm));
  const own = mine.get(targetOfVm(guest.vm));
  const row = counted(stored?.epoch === epoch ? stored : undefined, own, context);
  // It was not seen off: what was asked stays, and nothing new is asked.
  if (guest.unseen) return { row, undecided: true, ...(own && { act: start(guest, own.attempt ?? 0) }) };
  if (guest.running) return running(guest, row, now);
  const seenOffAt = (guest.stoppedAt ?? 0) + twoLooksMs;
  if (guest.inFlight !== undefined && own === undefined) return { row };
  if (now < seenOffAt) return { row, lookAgainAt: seenOffAt };
  const isOver = row !== undefined && isExhausted(row, own, now);
  if (row && (isOver || row.gaveUpAt !== undefined)) {
    const kept = row.gaveUpAt === undefined ? { ...row, gaveUpAt: now } : row;
    return { row: kept, violation: violation(guest, 'keeps-stopping', 'serious', because('keeps-stopping')) };
  }
  const againAt = own?.fate === 'given-up' ? (own.decidedAt ?? now) + againMs : undefined;
  const isAgain = againAt !== undefined && now >= againAt;
  const attempt = isAgain ? (own?.attempt ?? 0) + 1 : (row?.attempt ?? 0);
  const isOverruled = own === undefined || own.fate === 'overruled';
  return {
    row: row && row.attempt !== attempt ? { ...row, attempt } : row,
    act: start(guest, attempt),
    ...(againAt !== undefined && !isAgain && { lookAgainAt: againAt }),
    // In a power cut, or on hold, it is off for a reason.
    ...(!isOverruled && { violation: violation(guest, 'found-off', 'warning', because('keeps-running')) }),
  };
}

/** Whether the last of the starts of an hour came to nothing; one that a hold or another rule overrules has not failed. */
function isExhausted({ starts }: Row, own: Mine | undefined, now: number): boolean {
  const recent = starts.filter(({ startedAt }) => startedAt > now - withinMs);
  return recent.length >= mostStarts && (own === undefined || own.fate === 'given-up' || own.fate === 'met');
}

/** With the start that was made of its opinion since the last look: a wish that was overruled, or rehearsed, is none. */
function counted(row: Row | undefined, own: Mine | undefined, { epoch, now }: RuleContext): Row | undefined {
  if (own?.generation === undefined || row?.starts.some(({ startedAt }) => startedAt === own.since))
    return row;
  const recent = row?.starts.filter(({ startedAt }) => startedAt > now - withinMs) ?? [];
  const starts = [...recent, { startedAt: own.since }];
  return { ...row, epoch, starts, attempt: own.attempt ?? 0 };
}

/** Once it ran for an hour its starts are forgotten; until then the next one is another attempt. */
function running({ startedAt = 0 }: Guest, row: Row | undefined, now: number): Found {
  if (!row) return { row };
  const forgottenAt = startedAt + withinMs;
  return now >= forgottenAt ? { row: undefined } : { row, lookAgainAt: forgottenAt };
}

function start({ vm }: Guest, attempt: number): Act {
  return {
    kind: 'act',
    target: targetOfVm(vm),
    tier: 'keep-running',
    state: 'running',
    clause,
    attempt,
    reasons: [because('keeps-running')],
    evidence: [],
  };
}

function violation(
  { vm }: Guest,
  kind: 'found-off' | 'keeps-stopping',
  severity: ViolationFound['severity'],
  reason: Reason,
): ViolationFound {
  return { kind, subject: targetOfVm(vm), severity, clause, reasons: [reason], evidence: [] };
}
