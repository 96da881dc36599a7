import type { Facts } from '../../facts/index.ts';
import type { MemberFact } from '../../facts/member.ts';
import { fullMembers } from '../../facts/of-team.ts';
import type { Notice } from '../define.ts';

export const proposalKind = 'proposal-asked';

type Known = Pick<Facts, 'member'>;

/**
 * What is proposed about a member, to the full members who could confirm it: all but who proposed it, and the member (TEAM-1, JOIN-3). What is
 * proposed, and why, they read in the register.
 */
export function proposalNotices({ person, proposal }: MemberFact, { member }: Known): Notice[] {
  if (proposal?.at === undefined) return [];
  const { act, by, at } = proposal;
  const asked = fullMembers(member).filter((each) => each !== by && each !== person);
  return asked.map((each) => ({
    kind: proposalKind,
    subject: `person/${person}`,
    moment: new Date(at).toISOString(),
    to: { person: each },
    urgency: act === 'suspend' ? 'now' : 'digest',
    severity: 'info',
    clause: act === 'confirm' || act === 'extend' ? 'JOIN-3' : 'TEAM-1',
    reasons: [],
    about: person,
  }));
}

/** Whether a second full member is still asked to confirm what a notice says was proposed. */
export function isStillProposed(
  { moment, person }: { readonly moment: string; readonly person: string },
  about: MemberFact | undefined,
  known: Known,
): boolean {
  if (about === undefined) return false;
  return proposalNotices(about, known).some(
    ({ moment: since, to }) => since === moment && to !== 'team' && to.person === person,
  );
}
