import type { Grant, GroupName, RegisterState, Role as RoleSchema } from '@huismeester/contracts';
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

/** Something that a member of the team acts on, such as `vm/104`; of a VM with its class. All that has none is core. */
export interface Thing {
  readonly thing: string;
  readonly class?: string | undefined;
}

/**
 * Whether a member on trial may act on this as the team does, by what was granted to them and has not ended (JOIN-3). Of nobody else: grants end
 * with the trial. What became core after it was granted, without that being said, is not granted any more (CORE-4).
 */
export function isGranted(
  {
    roles,
    grants = [],
  }: { readonly roles: readonly Role[]; readonly grants?: readonly Pick<Grant, 'on' | 'core'>[] },
  { thing, class: of }: Thing,
): boolean {
  if (!roles.includes('trial')) return false;
  const isCore = of === undefined || of === 'core';
  return grants.some(({ on, core = false }) => (on === thing || on === `class/${of}`) && (core || !isCore));
}
