import { because, type Reason } from '@huismeester/contracts';
import { Type } from 'typebox';
import { isClockBelieved } from '../../facts/clock.ts';
import type { Facts } from '../../facts/index.ts';
import { type ReportFact, theReport } from '../../facts/report.ts';
import { dueAt, monthOf } from '../../report/core/range.ts';
import type { TimeOfDay } from '../civil-time.ts';
import { defineRule, type Outcome, type RuleContext } from '../define.ts';

const clause = 'BOARD-2';
const kind = 'report-not-delivered';
const reads = ['report', 'clock'] as const;
type Known = Pick<Facts, (typeof reads)[number]>;
/** So long it may take, ms. */
const inTimeMs = 7 * 24 * 60 * 60_000;
/** After a start what was due while the program was off is made and sent first, ms. */
const afterStartMs = 60 * 60_000;

/**
 * The board is informed (BOARD-2): a violation is open while the first month after the last that reached anybody of the board reached nobody for 7 days
 * since its report was made, or the report of a month was not made for 7 days since it was due. A newer report closes it once that is delivered. By a
 * clock that is not believed, and within an hour of a start, none opens and none closes for being late.
 */
export const rule = defineRule({
  name: 'report',
  clauses: new Map([[clause, 'nothing: that the report did not reach the board is reported']]),
  reads,
  row: Type.Object({}),
  violationKinds: [kind],
  tiers: [],
  notSetUp: ({ mail, directory, report: { board } }) => {
    if (!mail) return 'space.yaml names no mail server: name it under `mail`';
    if (directory || board) return undefined;
    return 'space.yaml names neither a directory of people nor `board.address`: nobody would get the report';
  },
  decide(known: Known, _: unknown, context: RuleContext): Outcome<never> {
    const { found, undecided, lookAgainAt } = look(known, context);
    return {
      opinions: [],
      memory: new Map<string, never>(),
      events: [],
      notices: [],
      violations: { found, undecided },
      clauses: new Map([[clause, 'watched']]),
      ...(lookAgainAt !== undefined && { lookAgainAt }),
    };
  },
});

/** What is late from a moment on, ms since 1970. */
interface Due {
  readonly subject: string;
  readonly lateAt: number;
  readonly reason: Reason;
}

type Look = Outcome<never>['violations'] & Pick<Outcome<never>, 'lookAgainAt'>;

function look(
  { report, clock }: Known,
  { now, startedAt, settings }: Pick<RuleContext, 'now' | 'startedAt' | 'settings'>,
): Look {
  const all = dueIn(report.get(theReport) ?? {}, settings.report.at);
  const isBelieved = isClockBelieved({ clock });
  if (!isBelieved) return { found: [], undecided: all.map(({ subject }) => ({ kind, subject })) };
  const late = all.filter(({ lateAt }) => now >= lateAt);
  const saidAt = startedAt + afterStartMs;
  const isSaid = now >= saidAt;
  const next = all.flatMap(({ lateAt }) => (now < lateAt ? [lateAt] : isSaid ? [] : [saidAt]));
  return {
    found: isSaid ? late.map(violation) : [],
    undecided: isSaid ? [] : late.map(({ subject }) => ({ kind, subject })),
    ...(next.length > 0 && { lookAgainAt: Math.min(...next) }),
  };
}

/** The report that is to reach somebody, and the one that is to be made. */
function dueIn({ began, madeTo, unsent }: ReportFact, at: TimeOfDay): Due[] {
  const due: Due[] = [];
  if (unsent)
    due.push({
      subject: `report/${unsent.id}`,
      lateAt: unsent.madeAt + inTimeMs,
      reason: whyUnsent(unsent.delivery),
    });
  const since = madeTo ?? began;
  if (since !== undefined)
    due.push({
      subject: 'report/next',
      lateAt: dueAt(monthOf(since, at.zone), at) + inTimeMs,
      reason: because('report-unmade'),
    });
  return due;
}

function whyUnsent(delivery: NonNullable<ReportFact['unsent']>['delivery']): Reason {
  if (!delivery) return because('report-to-nobody');
  const { because: why, code } = delivery;
  return because(
    why === undefined ? 'report-queued' : `report-${why}`,
    code === undefined ? {} : { text: `${code}` },
  );
}

function violation({ subject, reason }: Due): Look['found'][number] {
  return { kind, subject, severity: 'warning', clause, reasons: [reason], evidence: [] };
}
