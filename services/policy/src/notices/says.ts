import type { Notice, NoticeText } from '../rules/define.ts';
import { warningKinds } from '../rules/lease/warning.ts';

/** What a row of the outbox holds beside its columns; times in ms since 1970. */
export interface NoticeSays extends NoticeText {
  readonly severity: Notice['severity'];
  /** Since when, and how often, the mail server refuses this person for now (4xx). */
  readonly deferred?: { readonly since: number; readonly times: number };
  /** Since when it does not go out for a reason that is ours. */
  readonly unavailableSince?: number;
}

/** What rows are kept under that go to a place beside mail instead of a person. */
export const targets = ['ntfy', 'webhook'] as const;
export type Target = (typeof targets)[number];

export const isTarget = (to: string): to is Target => targets.some((each) => each === to);

/** What the row of the mail address of the whole board has as its person: settings say what it is. */
export const boardAddress = 'board';

/** The person of a row for the whole team, of which each of them gets a row of their own. */
export const wholeTeam = '';

/** How a notice about a violation is called: its kind behind this. */
export const violationPrefix = 'violation:';

/**
 * Whether a notice warns somebody of the end of a lease: it goes out whatever a person has chosen, and on holiday too, since without it a VM would be
 * switched off unexpectedly, or stay on for ever.
 */
export function isWarning(kind: string): boolean {
  return kind === warningKinds.first || kind === warningKinds.last;
}

/** Of what was asked of somebody and was not sent, since it is not asked of them any more. */
export const notAskedError = 'it is not asked of this person any more';

/** Of a warning that was not sent, since the VM was not to go off then any more. */
export const staleError = 'the VM does not go off then any more';
