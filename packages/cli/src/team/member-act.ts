import type { MemberAct } from '@huismeester/contracts';

interface ActOf {
  readonly act: MemberAct;
  readonly clause: 'TEAM-1' | 'JOIN-3';
  readonly description: string;
  /** Who proposes it says why. */
  readonly reason: boolean;
}

/** What is decided about a member of the team, each by the clause that it is read from. */
export const memberActs: readonly ActOf[] = [
  {
    act: 'confirm',
    clause: 'JOIN-3',
    description:
      'make somebody on trial a full member; another full member confirms it with the same command',
    reason: false,
  },
  {
    act: 'extend',
    clause: 'JOIN-3',
    description:
      'give a trial a later end, in days counted from now; another full member confirms it with the same command',
    reason: true,
  },
  {
    act: 'suspend',
    clause: 'TEAM-1',
    description:
      'suspend somebody for team.suspension (14 days): a board member alone, or two full members with the same command',
    reason: true,
  },
  {
    act: 'lift',
    clause: 'TEAM-1',
    description: 'end a suspension sooner: a board member alone, or two full members with the same command',
    reason: false,
  },
  {
    act: 'end',
    clause: 'TEAM-1',
    description: 'end somebody’s membership: a board member alone, or two full members with the same command',
    reason: true,
  },
];

/** The command line by which an act is proposed, and confirmed, without the program's name. */
export function actCommand(act: MemberAct, who: string): string {
  return `team ${act} ${who}`;
}
