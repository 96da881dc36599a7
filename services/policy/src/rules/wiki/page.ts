import { because, isInUse, type ReasonCode } from '@huismeester/contracts';
import type { DesignDecisionFact, PageRead } from '../../facts/design-decision.ts';
import type { Facts } from '../../facts/index.ts';
import type { ViolationFound } from '../define.ts';
import { isCoreInUse, isSpaceWide } from '../things/register.ts';
import type { Unreadable } from '../unreadable.ts';

export const designPage = 'design-page';

export type Clause = 'CORE-5' | 'SPACE-6';

const reasonOf = {
  blank: 'page-blank',
  missing: 'page-missing',
  'redirect-to-nowhere': 'page-to-nowhere',
  'not-a-page': 'page-of-nothing',
} as const satisfies { readonly [state in Exclude<PageRead['state'], 'found'>]: ReasonCode };

/**
 * What is wrong with the page of an accepted design decision: none is named, or two looks said that it is not there, or that nothing is in it. One
 * violation a decision, whatever of these it is. `undecided`: the wiki or the page cannot be read now, or the wiki
 * did not say it twice.
 */
export function lookAtPage(
  decision: DesignDecisionFact,
  known: Pick<Facts, 'item' | 'project' | 'vm'>,
  canRead: boolean,
): ViolationFound | 'undecided' | undefined {
  const { status, page, read, unseen } = decision;
  if (status !== 'accepted') return undefined;
  const clause = clauseOf(decision, known);
  if (unseen || clause === 'undecided') return 'undecided';
  if (clause === undefined) return undefined;
  const why = page === undefined ? 'page-not-named' : whyNot(read, canRead && decision.unknown === undefined);
  if (why === undefined || why === 'undecided') return why;
  return {
    kind: designPage,
    subject: `design-decision/${decision.decision}`,
    severity: 'warning',
    clause,
    reasons: [because(why, page === undefined ? {} : { text: page })],
    evidence: [],
  };
}

/** The page of an accepted design decision, where nothing can be read of it though the wiki answers. */
export function unreadablePage(
  decision: DesignDecisionFact,
  known: Pick<Facts, 'item' | 'project' | 'vm'>,
): Unreadable | undefined {
  const { status, page, unknown, unseen } = decision;
  if (status !== 'accepted' || page === undefined || unknown === undefined || unseen) return undefined;
  const clause = clauseOf(decision, known);
  if (clause === undefined || clause === 'undecided') return undefined;
  return {
    kind: 'page-unknown',
    subject: `design-decision/${decision.decision}`,
    clause,
    since: unknown.since,
    reason: 'page-unreadable',
    text: `${page}: ${unknown.why}`,
  };
}

function whyNot(read: PageRead | undefined, canRead: boolean): ReasonCode | 'undecided' | undefined {
  if (!canRead || read === undefined) return 'undecided';
  if (read.state === 'found') return undefined;
  return read.confirmed ? reasonOf[read.state] : 'undecided';
}

/**
 * The clause that a design decision is to be documented by: about core, or about no one thing, CORE-5; about what serves the whole space, SPACE-6; undefined
 * where the policy asks for no page: about a participant’s project, and what is neither core nor space-wide.
 */
function clauseOf(
  { item, project }: Pick<DesignDecisionFact, 'item' | 'project'>,
  known: Pick<Facts, 'item' | 'project' | 'vm'>,
): Clause | 'undecided' | undefined {
  if (project !== undefined) {
    const of = known.project.get(project);
    if (of === undefined || of.unseen) return 'undecided';
    if (of.state === 'retired' || of.class === 'participant') return undefined;
    return of.class === 'core' ? 'CORE-5' : 'SPACE-6';
  }
  if (item === undefined) return 'CORE-5';
  const of = known.item.get(item);
  if (of === undefined || of.unseen) return 'undecided';
  if (!isInUse(of)) return undefined;
  if (isCoreInUse(of, known)) return 'CORE-5';
  return isSpaceWide(of, known) ? 'SPACE-6' : undefined;
}
