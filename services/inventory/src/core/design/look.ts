import { mediaWikiTitle, type WikiPage, type WikiPageState } from '@huismeester/contracts';
import { type DesignDecision, type NewDesignEvent, subjectOf } from './decision.ts';

/** What the wiki answered about a page; `unknown`: nothing that can be read, so what was known stays so. */
export interface PageAnswer {
  readonly state: WikiPageState | 'unknown';
  /** Of what nothing can be read; the wiki as a whole has events of its own. */
  readonly of?: 'page' | 'wiki';
  /** Why not. */
  readonly why?: string;
  readonly page?: number;
  readonly revision?: number;
  /** ISO 8601. */
  readonly revised_at?: string;
  readonly title?: string;
}

/** Two looks that far apart say that a page is not as it should be, before it counts. */
export const confirmAfterMs = 6 * 3_600_000;
/** What brought nothing is looked at again after this. */
export const unknownAgainMs = 15 * 60_000;

/**
 * What follows from an answer about the page of a design decision: an event where the wiki says something else than before, or says for the second time,
 * 6 h or more later, that it is not as it should be. `unknown` changes nothing of what was read; that nothing can be read of this page is said once.
 */
export function decideLook(
  id: string,
  { fields, read, unknown }: Pick<DesignDecision, 'fields' | 'read' | 'unknown'>,
  answer: PageAnswer,
  now: Date,
): readonly NewDesignEvent[] {
  if (fields.page === undefined) return [];
  const subject = subjectOf(id);
  if (answer.state === 'unknown') {
    if (answer.of !== 'page' || unknown !== null) return [];
    const data = { decision: id, since: now.toISOString(), why: answer.why ?? 'it is not said why' };
    return [{ type: 'design-decision.page-unknown', subject, data }];
  }
  const next = {
    state: answer.state,
    ...stretch(read, answer.state, now),
    ...pageOf(answer, fields.page, read),
  };
  if (unknown === null && read !== null && isAsKnown(read, next)) return [];
  return [{ type: 'design-decision.page-read', subject, data: { decision: id, ...next } }];
}

/** Since when it is so, and whether that is confirmed; `read`: what was known before. */
export function stretch(
  read: Pick<WikiPage, 'state' | 'since' | 'confirmed'> | null,
  state: WikiPageState,
  now: Date,
): Pick<WikiPage, 'since' | 'confirmed'> {
  if (read?.state !== state) return { since: now.toISOString(), confirmed: state === 'found' };
  const { since, confirmed } = read;
  return { since, confirmed: confirmed || now.getTime() - Date.parse(since) >= confirmAfterMs };
}

/** Which page it is. Of one that is gone its id stays, by which it is found again where it was moved. */
function pageOf(
  { state, page, revision, revised_at, title }: PageAnswer,
  asked: string,
  read: WikiPage | null,
): Pick<WikiPage, 'page' | 'revision' | 'revised_at' | 'title'> {
  if (state !== 'found' && state !== 'blank') return read?.page === undefined ? {} : { page: read.page };
  return {
    ...(page !== undefined && { page }),
    ...(revision !== undefined && { revision }),
    ...(revised_at !== undefined && { revised_at }),
    ...(title !== undefined && mediaWikiTitle(title) !== mediaWikiTitle(asked) && { title }),
  };
}

/** A new revision alone is no news: the page is there as before. */
function isAsKnown(read: WikiPage, next: WikiPage): boolean {
  return (
    read.state === next.state &&
    read.confirmed === next.confirmed &&
    read.page === next.page &&
    read.title === next.title
  );
}

/** What is known of the looks at the page of a design decision. */
export interface Looked {
  readonly lookedAt: Date;
  /** Since when such a look brings nothing. */
  readonly unknownSince: Date | null;
}

/** When a page is to be looked at next, ms since 1970; 0: now. A clock that was set back makes no look wait for longer than usual. */
export function lookDueAt(
  read: WikiPage | null,
  looked: Looked | undefined,
  { everyMs, now }: { readonly everyMs: number; readonly now: Date },
): number {
  if (looked === undefined || looked.lookedAt > now) return 0;
  const lookedAt = looked.lookedAt.getTime();
  const usual = lookedAt + everyMs;
  if (looked.unknownSince !== null) return Math.min(usual, lookedAt + unknownAgainMs);
  if (read === null || read.confirmed) return usual;
  return Math.min(usual, Date.parse(read.since) + confirmAfterMs);
}
