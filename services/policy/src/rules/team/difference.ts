import { because, type Reason, type ReasonCode } from '@huismeester/contracts';
import { differs } from '@huismeester/directory/roles';
import type { MemberFact } from '../../facts/member.ts';
import type { PersonFact } from '../../facts/person.ts';
import type { ViolationFound } from '../define.ts';

const ofTeam = ['team', 'trial'] as const;

/**
 * What register and directory say differently of somebody's place in the team; undefined: nothing. Its cause tells one difference from
 * another, so that one that was accepted does not stand for a worse one. Serious is what is worse for CORE-4: an account that may be used is in
 * the group of the team, and its person is no member. Huismeester gives nothing by a group alone, but whatever else asks the directory, such
 * as sudo or Proxmox, may. A member whom the directory lacks has less than is theirs: a warning.
 */
export function differenceOf(
  person: PersonFact | undefined,
  member: MemberFact | undefined,
): Pick<ViolationFound, 'cause' | 'severity' | 'reasons'> | undefined {
  const { enabled = false, groups = [] } = person ?? {};
  const register = member?.state;
  if (!differs({ enabled, groups: new Set(groups), register })) return undefined;
  const inGroups = ofTeam.filter((group) => groups.includes(group)).join(', ');
  const reachesCore = enabled && groups.includes('team') && register !== 'full';
  const directory: ReasonCode =
    person === undefined ? 'not-in-directory' : inGroups === '' ? 'in-no-team-group' : 'in-team-groups';
  const codes: readonly ReasonCode[] = [
    `register-${register ?? 'none'}`,
    directory,
    ...(person?.enabled === false ? (['account-disabled'] as const) : []),
    ...(reachesCore ? (['reaches-core'] as const) : []),
  ];
  const reasons: Reason[] = codes.map((code) =>
    code === 'in-team-groups' ? because(code, { text: inGroups }) : because(code),
  );
  const cause = [...codes, inGroups].join(' ').trim();
  return { cause, severity: reachesCore ? 'serious' : 'warning', reasons };
}
