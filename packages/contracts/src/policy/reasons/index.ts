import type { Static } from 'typebox';
import type { Language as Languages } from '../../words.ts';
import { access } from './access.ts';
import { admission } from './admission.ts';
import { core } from './core.ts';
import { decision } from './decision.ts';
import { drill } from './drill.ts';
import { keepRunning } from './keep-running.ts';
import { lease } from './lease.ts';
import { node } from './node.ts';
import { notices } from './notices.ts';
import { now } from './now.ts';
import type { Phrases } from './phrase.ts';
import { power } from './power.ts';
import { projects } from './projects.ts';
import type { Reason } from './reason.ts';
import { report } from './report.ts';
import { team } from './team.ts';
import { things } from './things.ts';
import { wiki } from './wiki.ts';

type Language = Static<typeof Languages>;

/** A file a rule; no code stands in two of them. */
export const phrases = {
  ...power,
  ...node,
  ...keepRunning,
  ...core,
  ...lease,
  ...team,
  ...admission,
  ...access,
  ...projects,
  ...things,
  ...wiki,
  ...decision,
  ...drill,
  ...notices,
  ...now,
  ...report,
};

export type ReasonCode = keyof typeof phrases;

/** The reasons as one sentence; a code of a newer program stands there as it is. */
export function phrase(reasons: readonly Reason[], language: Language): string {
  const known: Phrases = phrases;
  const ups = reasons.find((reason) => reason.ups !== undefined)?.ups;
  const said = reasons.map((reason) => known[reason.code]?.[language](reason) ?? reason.code);
  return `${ups === undefined ? '' : `UPS ${ups}: `}${said.join('; ')}`;
}

/** A reason of this program; the compiler knows its code. */
export function because(code: ReasonCode, values: Omit<Reason, 'code'> = {}): Reason {
  return { code, ...values };
}

/** Why something is so: a sentence in English, and since schema 2 the same as data. */
export interface Reasoned {
  readonly reason: string;
  readonly reasons?: readonly Reason[];
}

/**
 * The reason in that language; where it is not there as data it stays in English, as it was written. Moments in it are shown
 * by `at`.
 */
export function reasonIn(
  language: Language,
  { reason, reasons = [] }: Reasoned,
  at: (iso: string) => string,
): string {
  if (reasons.length === 0) return reason;
  const civil = reasons.map(({ until, ...each }) =>
    until === undefined ? each : { ...each, until: at(until) },
  );
  return phrase(civil, language);
}
