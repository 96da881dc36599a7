import type { At } from '../../wording.ts';
import type { Reason } from '../reasons/reason.ts';

/** What a notice says, as data. */
export interface NoticeSaid {
  readonly kind: string;
  /** What it is about, such as `vm/104`. */
  readonly subject: string;
  /** What that is called, where it has a name of its own. */
  readonly name?: string;
  readonly clause: string;
  readonly reasons: readonly Reason[];
  /** When it happens, or until when something can be done, ISO 8601. */
  readonly until?: string;
  /** Where one can do something about it. */
  readonly link?: string;
  /** By which command, where there is no link. */
  readonly command?: string;
}

/** A notice in words: what is so, why, and what to do. */
export interface NoticeLine {
  readonly what: string;
  readonly why: string;
  readonly todo: string;
  /** The link or the command for it. */
  readonly action?: string;
}

/** The words of a language around the notices. */
export interface NoticeWords {
  readonly subject: (first: string, more: number) => string;
  readonly greeting: (name: string) => string;
  readonly why: string;
  readonly todo: string;
  readonly signature: (site: string) => string;
  readonly line: (said: NoticeSaid, why: string, at: At) => NoticeLine;
}

/** What each kind of notice about the infrateam says: the same kinds in each language. */
export type TeamLines = Readonly<
  Record<
    | 'application-opened'
    | 'vote-reminder'
    | 'board-asked'
    | 'application-without-board'
    | 'appointment-asked'
    | 'consent-asked'
    | 'minutes-asked'
    | 'proposal-asked'
    | 'application-approved'
    | 'application-joined'
    | 'application-rejected'
    | 'application-lapsed'
    | 'application-vetoed'
    | 'member-suspended'
    | 'member-ended'
    | 'member-reinstated'
    | 'member-confirmed'
    | 'trial-extended'
    | 'trial-ends'
    | 'trial-over',
    (said: NoticeSaid, at: At) => NoticeLine
  >
>;

/** The line of a notice about the infrateam; undefined for any other. */
export function teamLine(lines: TeamLines, said: NoticeSaid, at: At): NoticeLine | undefined {
  const known: Readonly<Record<string, TeamLines[keyof TeamLines] | undefined>> = lines;
  return known[said.kind]?.(said, at);
}
