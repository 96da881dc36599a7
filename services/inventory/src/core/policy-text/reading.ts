import type { EventData } from '@huismeester/contracts';
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

type NewEvent = {
  readonly type: 'policy-text.read';
  readonly subject: string;
  readonly data: PolicyTextData;
};

/** An event where it is another revision than before, or settings name another one. */
export function decideReading(known: PolicyTextData | undefined, read: PolicyTextData): readonly NewEvent[] {
  if (known !== undefined && isSame(known, read)) return [];
  return [{ type: 'policy-text.read', subject: 'policy-text/main', data: read }];
}

function isSame(one: PolicyTextData, other: PolicyTextData): boolean {
  return (
    one.revision === other.revision &&
    one.expected === other.expected &&
    one.newer === other.newer &&
    one.sections.join('\n') === other.sections.join('\n')
  );
}
