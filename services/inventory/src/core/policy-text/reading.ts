import type { EventData, PageGone, PageUnknown, PolicyTextEntity } from '@huismeester/contracts';
import { confirmAfterMs, stretch, unknownAgainMs } from '../design/look.ts';
import { changedSections, sectionsOf } from './sections.ts';

/** A revision of the infra policy's page, as it was read. */
export interface Revision {
  readonly revision: string;
  readonly text: string;
  /** When it was saved, ISO 8601; a file does not say. */
  readonly revisedAt?: string | undefined;
}

/** What settings say is carried out. */
export interface Expected {
  readonly source: 'wiki' | 'file';
  /** The revision that settings name. */
  readonly revision: string | undefined;
  /** Its text, where that was ever read. */
  readonly text: string | undefined;
}

export type PolicyTextData = EventData<'policy-text.read'>;

/** What is said of a revision that was read. */
export function readingOf({ revision, text, revisedAt }: Revision, expected: Expected): PolicyTextData {
  const newer = isNewer(revision, expected);
  return {
    revision,
    ...(expected.revision !== undefined && { expected: expected.revision }),
    ...(revisedAt !== undefined && { revised_at: revisedAt }),
    newer,
    sections:
      newer && expected.text !== undefined ? headingsThatDiffer(expected.text, text, expected.source) : [],
  };
}

/** MediaWiki counts revisions up; of a file any other is newer than the one that was looked at when settings were written. */
function isNewer(revision: string, { source, revision: expected }: Expected): boolean {
  if (expected === undefined) return false;
  return source === 'wiki' ? Number(revision) > Number(expected) : revision !== expected;
}

function headingsThatDiffer(before: string, after: string, source: Expected['source']): string[] {
  const found = changedSections(sectionsOf(before, source), sectionsOf(after, source));
  return [...new Set(found.filter(({ changed }) => changed).map(({ heading }) => heading))];
}

/** What a look at the page or file brought. */
export type PolicyAnswer =
  | { readonly state: 'read'; readonly read: PolicyTextData }
  | { readonly state: PageGone['state'] }
  /** `of`: whether nothing can be read of it, or of the whole wiki, which has events of its own. */
  | { readonly state: 'unknown'; readonly of: 'page' | 'wiki'; readonly why: string };

/** What is known of the page or file. */
export interface KnownText {
  readonly read: NonNullable<PolicyTextEntity['read']> | null;
  /** It is not there, or nothing is in it. */
  readonly gone: PageGone | null;
  readonly unknown: PageUnknown | null;
}

type Types = 'policy-text.read' | 'policy-text.gone' | 'policy-text.unknown';

/** An event of the page or file, before it is in the log. */
export type NewPolicyEvent = {
  [T in Types]: { readonly type: T; readonly subject: string; readonly data: EventData<T> };
}[Types];

const subject = 'policy-text/main';

/**
 * An event where it is another revision than before, or settings name another one; where it is not there, at first and when that is confirmed by a look
 * 6 h or more later; and once where nothing can be read.
 */
export function decideReading(
  known: KnownText | undefined,
  answer: PolicyAnswer,
  now: Date,
): readonly NewPolicyEvent[] {
  const { read = null, gone = null, unknown = null } = known ?? {};
  if (answer.state === 'read') {
    const isAsKnown = read !== null && isSame(read, answer.read) && gone === null && unknown === null;
    return isAsKnown ? [] : [{ type: 'policy-text.read', subject, data: answer.read }];
  }
  if (answer.state === 'unknown') {
    if (answer.of === 'wiki' || unknown !== null) return [];
    return [{ type: 'policy-text.unknown', subject, data: { since: now.toISOString(), why: answer.why } }];
  }
  const next = { state: answer.state, ...stretch(gone, answer.state, now) };
  const isAsKnown = gone?.state === next.state && gone.confirmed === next.confirmed && unknown === null;
  return isAsKnown ? [] : [{ type: 'policy-text.gone', subject, data: next }];
}

/** What is known after the event. */
export function evolveReading(
  known: KnownText | undefined,
  event: NewPolicyEvent & { readonly time: Date },
): KnownText {
  const { read = null, gone = null } = known ?? {};
  switch (event.type) {
    case 'policy-text.read':
      return { read: { ...event.data, since: event.time.toISOString() }, gone: null, unknown: null };
    case 'policy-text.gone':
      return { read, gone: event.data, unknown: null };
    case 'policy-text.unknown':
      return { read, gone, unknown: event.data };
  }
}

/** In how many ms it is to be looked at again, if sooner than usual. */
export function readAgainMs(state: PolicyAnswer['state']): number | undefined {
  if (state === 'read') return undefined;
  return state === 'unknown' ? unknownAgainMs : confirmAfterMs;
}

function isSame(one: PolicyTextData, other: PolicyTextData): boolean {
  return (
    one.revision === other.revision &&
    one.expected === other.expected &&
    one.newer === other.newer &&
    one.sections.join('\n') === other.sections.join('\n')
  );
}
