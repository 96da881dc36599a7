import { because } from '@huismeester/contracts';
import { Type } from 'typebox';
import type { Facts } from '../../facts/index.ts';
import { theReport } from '../../facts/report.ts';
import { dueAt, monthOf } from '../../report/core/range.ts';
import { defineRule, type Outcome, type RuleContext, type ViolationFound } from '../define.ts';

const clause = 'BOARD-2';
const kind = 'report-not-delivered';
const reads = ['report'] as const;
/** So long it may take, ms. */
const inTimeMs = 7 * 24 * 60 * 60_000;

/**
 * The board is informed (BOARD-2): a violation is open while the report of the last month reached nobody for 7 days since it was made, or was not made
 * for 7 days since it was due.
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
  decide(known: Pick<Facts, (typeof reads)[number]>, _: unknown, context: RuleContext): Outcome<never> {
    const { found, lookAgainAt } = look(known, context);
    return {
      opinions: [],
      memory: new Map<string, never>(),
      events: [],
      notices: [],
      violations: { found, undecided: [] },
      clauses: new Map([[clause, 'watched']]),
      ...(lookAgainAt !== undefined && { lookAgainAt }),
    };
  },
});

interface Look {
  readonly found: readonly ViolationFound[];
  readonly lookAgainAt?: number;
}

function look(
  { report }: Pick<Facts, 'report'>,
  { now, settings }: Pick<RuleContext, 'now' | 'settings'>,
): Look {
  const { began, last } = report.get(theReport) ?? {};
  if (last && !last.delivered) {
    const late = last.madeAt + inTimeMs;
    const reason = because('report-unsent', { text: last.because ?? '' });
    return now >= late ? { found: [violation(last.id, reason)] } : { found: [], lookAgainAt: late };
  }
  const since = last?.to ?? began;
  if (since === undefined) return { found: [] };
  const { at } = settings.report;
  const late = dueAt(monthOf(since, at.zone), at) + inTimeMs;
  return now >= late
    ? { found: [violation('next', because('report-unmade'))] }
    : { found: [], lookAgainAt: late };
}

function violation(id: string, reason: ViolationFound['reasons'][number]): ViolationFound {
  return {
    kind,
    subject: `report/${id}`,
    severity: 'warning',
    clause,
    reasons: [reason],
    evidence: [],
  };
}
