import type { GroupChange, GroupName, RegisterState } from '@huismeester/contracts';

/** A group of the directory that is to get somebody, or to lose them. */
export interface Edit {
  readonly group: GroupName;
  readonly change: GroupChange;
}

/** How somebody stands to the groups of the team. */
export interface GroupsNow {
  readonly groups: readonly GroupName[];
  /** Edits that are not seen in the directory yet. */
  readonly awaited: readonly Edit[];
  /** Whether settings name a group of those who are on trial. */
  readonly hasTrialGroup: boolean;
}

/**
 * What the groups of the directory are to get so that they follow the register (TEAM-1). An edit that is awaited and means the same stands as it is;
 * one that means the opposite is replaced, since it may be written already.
 */
export function groupEdits(state: RegisterState, { groups, awaited, hasTrialGroup }: GroupsNow): Edit[] {
  const wanted = groupFor(state, hasTrialGroup);
  return (['team', 'trial'] as const).flatMap((group): Edit[] => {
    const change = group === wanted ? 'add' : 'delete';
    const pending = awaited.find((each) => each.group === group);
    const isSo = pending ? pending.change === change : groups.includes(group) === (change === 'add');
    return isSo ? [] : [{ group, change }];
  });
}

/** In which group somebody on trial is where the directory has none for them: that of the team, with which the register counts too. */
function groupFor(state: RegisterState, hasTrialGroup: boolean): GroupName | undefined {
  if (state === 'full') return 'team';
  if (state === 'trial') return hasTrialGroup ? 'trial' : 'team';
  return undefined;
}
