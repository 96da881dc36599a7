import type { ApplicationFact } from '../../facts/application.ts';
import type { Notice } from '../define.ts';

/** What the applicant reads while the board may still veto it. */
const approved = 'application-approved';

/** What the applicant reads, by how it ended; who withdrew it knows. */
const kinds = {
  'carried-out': 'application-joined',
  rejected: 'application-rejected',
  lapsed: 'application-lapsed',
  vetoed: 'application-vetoed',
} as const;

/** What ended longer ago than that is said to nobody any more, ms: it would be by a policy that begins anew. */
const newsMs = 7 * 24 * 3_600_000;

/** What the applicant reads of the outcome: that alone, neither a vote nor a reason (JOIN-2). */
export function outcomeNotices(
  { application, person, state, approvedAt, boardUntil, endedAt }: ApplicationFact,
  now: number,
): Notice[] {
  const to = (kind: string, at: number, clause: string, until?: number): Notice[] =>
    now - at > newsMs
      ? []
      : [
          {
            kind,
            subject: `application/${application}`,
            moment: new Date(at).toISOString(),
            to: { person },
            urgency: 'digest',
            severity: 'info',
            clause,
            reasons: [],
            ...(until !== undefined && { until }),
          },
        ];
  if (state === 'awaiting-board' && approvedAt !== undefined)
    return to(approved, approvedAt, 'JOIN-1', boardUntil);
  if (endedAt === undefined || !(state in kinds)) return [];
  const kind = kinds[state as keyof typeof kinds];
  return to(kind, endedAt, state === 'vetoed' ? 'JOIN-2' : 'JOIN-1');
}

/** Whether a notice says to the applicant what is so only until the outcome is known. */
export function isPreliminary(kind: string): boolean {
  return kind === approved;
}

/** Whether that is still so. */
export function isStillApproved(application: ApplicationFact | undefined): boolean {
  return application?.state === 'awaiting-board';
}
