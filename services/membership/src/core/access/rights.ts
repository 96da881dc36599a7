import type { AdminRight } from '@huismeester/contracts';
import { adminOf, type CoreOf, isKept, pathsAbove } from './admin.ts';
import { type Evidence, givingOn, shown } from './evidence.ts';

/** What Proxmox says that an account may: privileges by path. */
export type Permissions = ReadonlyMap<string, Iterable<string>>;

/** A storage in a pool has the roles of the pool: what no entry on it or above gives is of a pool, and that of core is said at the pool itself (PRIV-2). */
const oneStorage = /^\/storage\/./;

/**
 * The admin rights on core that Proxmox says an account has (CORE-4), by path, each with the entries that give it. Where an account may no more
 * than above, and no entry that gives it stands on the path itself, the path is left out: an administrator of everything is said once, not for each VM.
 */
export function rightsOf(permissions: Permissions, evidence: Evidence, core: CoreOf): AdminRight[] {
  const giving = (on: string, privileges: string[]) => givingOn({ on, privileges }, evidence, core);
  const had = new Map(
    [...permissions]
      .filter(([path]) => isKept(path, core))
      .map(([path, privileges]) => [path, adminOf(privileges)] as const)
      .filter(([, privileges]) => privileges.length > 0)
      .filter(([path, privileges]) => !oneStorage.test(path) || giving(path, privileges).length > 0),
  );
  const saysNoMore = (path: string, privileges: string[]) => {
    if (giving(path, privileges).some((entry) => entry.path === path)) return false;
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
      by: giving(on, privileges)
        .map(shown)
        .toSorted((a, b) => (a < b ? -1 : 1)),
    }))
    .sort((a, b) => (a.on < b.on ? -1 : 1));
}
