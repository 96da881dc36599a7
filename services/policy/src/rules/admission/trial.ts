import { because } from '@huismeester/contracts';
import type { MemberFact } from '../../facts/member.ts';
import type { Notice, ViolationFound } from '../define.ts';

export const trialUndecided = 'trial-undecided';
export const trialKinds = { ends: 'trial-ends', over: 'trial-over' } as const;

/** So long before its end who is on trial is reminded of it, ms. */
const beforeMs = 7 * 24 * 3_600_000;

/** A trial whose end is past, and about which the team decided nothing (JOIN-3): it goes on as it was. */
export function undecidedTrial({ person, until = 0 }: MemberFact): ViolationFound {
  return {
    kind: trialUndecided,
    subject: `person/${person}`,
    cause: new Date(until).toISOString(),
    severity: 'warning',
    clause: 'JOIN-3',
    reasons: [because('trial-over', { until: new Date(until).toISOString() })],
    evidence: [],
  };
}

/** What somebody on trial reads: that its end is near, or that it is past and nothing changes until the team decides. */
export function trialNotices({ person, until }: MemberFact, now: number): Notice[] {
  if (until === undefined || now < until - beforeMs) return [];
  return [
    {
      kind: now < until ? trialKinds.ends : trialKinds.over,
      subject: `person/${person}`,
      moment: new Date(until).toISOString(),
      to: { person },
      urgency: 'digest',
      severity: 'info',
      clause: 'JOIN-3',
      reasons: [],
      until,
    },
  ];
}

/** Whether what a notice says of somebody's trial is still so. */
export function isStillOnTrial(
  { kind, moment }: { readonly kind: string; readonly moment: string },
  member: MemberFact | undefined,
  now: number,
): boolean {
  if (member?.state !== 'trial') return false;
  return trialNotices(member, now).some((each) => each.kind === kind && each.moment === moment);
}

/** When time alone changes what is said of a trial, ms since 1970; undefined: not any more. */
export function trialLookAt({ until }: MemberFact, now: number): number | undefined {
  return until === undefined ? undefined : [until - beforeMs, until].find((at) => at > now);
}
