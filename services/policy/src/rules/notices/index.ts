import { because } from '@huismeester/contracts';
import { Type } from 'typebox';
import type { DeliveryFact } from '../../facts/delivery.ts';
import type { Facts } from '../../facts/index.ts';
import { defineRule, type Outcome, type RuleContext, type ViolationFound } from '../define.ts';

const clause = 'PART-4';
const failed = 'notice-failed';
const fails = 'mail-fails';
/** For so long mail may fail before it is said, ms: a mail server may be started anew. */
const unsaidMs = 15 * 60_000;

/**
 * Whether notices reach people, on which the end of each lease depends (PART-4). Somebody whom the newest message did not reach for good is a
 * violation each; that no mail gets out at all is one, however many wait. The rule only watches.
 */
export const rule = defineRule({
  name: 'notices',
  clauses: new Map([[clause, 'nothing: what does not reach people is reported']]),
  reads: ['delivery'],
  row: Type.Object({}),
  violationKinds: [failed, fails],
  tiers: [],
  decide({ delivery }: Pick<Facts, 'delivery'>, _, { now }: RuleContext): Outcome<never> {
    const all = [...delivery.values()];
    const found = [...newestOf(all).values()].flatMap((each) =>
      each.state === 'failed-for-good' ? failedFor(each) : [],
    );
    const waiting = all.flatMap(({ unavailableSince, error = '' }) =>
      unavailableSince === undefined ? [] : [{ since: unavailableSince, error }],
    );
    const since = Math.min(...waiting.map((each) => each.since));
    const lookAgainAt = since + unsaidMs;
    const isLong = now >= lookAgainAt;
    return {
      opinions: [],
      memory: new Map<string, never>(),
      events: [],
      notices: [],
      violations: { found: isLong ? [...found, noMail(waiting[0]?.error ?? '')] : found, undecided: [] },
      clauses: new Map([[clause, 'watched']]),
      ...(waiting.length > 0 && !isLong && { lookAgainAt }),
    };
  },
});

/** The newest delivery of each person that is over. */
function newestOf(all: readonly DeliveryFact[]): Map<string, DeliveryFact> {
  const newest = new Map<string, DeliveryFact>();
  for (const each of all) {
    if (each.endedAt === undefined) continue;
    if (each.endedAt >= (newest.get(each.person)?.endedAt ?? 0)) newest.set(each.person, each);
  }
  return newest;
}

function failedFor({ person, error = '' }: DeliveryFact): ViolationFound {
  const code = /\b[45]\d\d\b/.exec(error)?.[0];
  const reason = code === undefined ? because('no-mail-address') : because('notice-refused', { text: code });
  return {
    kind: failed,
    subject: `person/${person}`,
    severity: 'warning',
    clause,
    reasons: [reason],
    evidence: [],
  };
}

function noMail(error: string): ViolationFound {
  const reasons = [because('mail-fails', { text: error })];
  return { kind: fails, subject: 'mail/main', severity: 'serious', clause, reasons, evidence: [] };
}
