import type { AdminRight } from '@huismeester/contracts';
import { adminOf, type CoreOf, isKept, pathsAbove } from './admin.ts';
import { type Entry, givingOn, shown } from './evidence.ts';

/** What Proxmox says that an account may: privileges by path. */
export type Permissions = ReadonlyMap<string, Iterable<string>>;

/**
 * The admin rights on core that Proxmox says an account has (CORE-4), by path, each with the entries that give it. Where an account may no more
 * than above, and no entry stands on the path itself, the path is left out: an administrator of everything is said once, not for each VM.
 */
export function rightsOf(permissions: Permissions, entries: readonly Entry[], core: CoreOf): AdminRight[] {
  const had = new Map(
    [...permissions]
      .filter(([path]) => isKept(path, core))
      .map(([path, privileges]) => [path, adminOf(privileges)] as const)
      .filter(([, privileges]) => privileges.length > 0),
  );
  const saysNoMore = (path: string, privileges: readonly string[]) => {
    if (entries.some((entry) => entry.path === path)) return false;
    const above = pathsAbove(path, core).filter((each) => each !== path);
    return above.some((each) => {
      const there = had.get(each) ?? [];
      return privileges.every((privilege) => there.includes(privilege));
    });
  };
  return [...had]
    .filter(([path, privileges]) => !saysNoMore(path, privileges))
    .map(([on, privileges]) => ({
      on,
      privileges,
      by: givingOn(on, entries, core)
        .map(shown)
        .toSorted((a, b) => (a < b ? -1 : 1)),
    }))
    .sort((a, b) => (a.on < b.on ? -1 : 1));
}
