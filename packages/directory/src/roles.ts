import type { GroupName, RegisterState, Role as RoleSchema } from '@huismeester/contracts';
import type { Static } from 'typebox';

type Role = Static<typeof RoleSchema>;

/** What is known of somebody: by the directory, and by the register of the team. */
export interface RoleSource {
  readonly enabled: boolean;
  readonly groups: ReadonlySet<GroupName>;
  /** Undefined: not in the register. */
  readonly register: RegisterState | undefined;
}

/**
 * What a person may be. Participant and board come from the directory alone; infrateam and trial need directory and register both (TEAM-1,
 * CORE-4): neither a group nor a register that somebody got into alone gives any right on core. Who is disabled is nothing.
 */
export function rolesOf({ enabled, groups, register }: RoleSource): Role[] {
  if (!enabled) return [];
  const inTeam = groups.has('team');
  return [
    ...(groups.has('participants') ? (['participant'] as const) : []),
    ...(register === 'trial' && (inTeam || groups.has('trial')) ? (['trial'] as const) : []),
    ...(register === 'full' && inTeam ? (['infrateam'] as const) : []),
    ...(groups.has('board') ? (['board'] as const) : []),
  ];
}

/** Whether register and directory say different things about somebody’s place in the team. */
export function differs({ enabled, groups, register }: RoleSource): boolean {
  const inTeam = groups.has('team');
  switch (register) {
    case 'full':
      return !enabled || !inTeam;
    case 'trial':
      return !enabled || !(inTeam || groups.has('trial'));
    default:
      // Suspended, former, or not in the register.
      return inTeam || groups.has('trial');
  }
}
