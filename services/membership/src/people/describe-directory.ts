import type { DirectoryResource } from '@huismeester/contracts';
import { groupNames } from '../core/known.ts';
import type { RouteDeps } from '../inside.ts';
import { readDirectory } from './directory-row.ts';
import type { Memory } from './memory.ts';
import { readPeople } from './person-rows.ts';
import { rolesHoldMs } from './record-unknown.ts';

/** The directory as the team sees it. */
export async function describeDirectory({
  database,
  opened,
  memory,
  settings,
}: Pick<RouteDeps, 'database' | 'opened' | 'memory' | 'settings'>): Promise<DirectoryResource> {
  const given = settings.directory;
  const writes = given && 'ldap' in given ? given.writes : 'off';
  const kind = opened?.directory.kind ?? 'none';
  if (opened === undefined) {
    return { kind, state: 'not-set-up', people: 0, disabled: 0, skipped: 0, groups: [], writes };
  }
  const { row, people } = await database.transaction(
    async (tx) => ({ row: await readDirectory(tx), people: await readPeople(tx) }),
    { isolation: 'repeatable read', readOnly: true },
  );
  const present = people.filter(({ goneAt }) => goneAt === null);
  const { pending } = memory;
  return {
    kind,
    state: row?.state ?? 'unknown',
    ...(row && { since: row.since.toISOString() }),
    ...(row?.readAt && {
      readAt: row.readAt.toISOString(),
      rolesUntil: new Date(row.readAt.getTime() + rolesHoldMs).toISOString(),
    }),
    ...(row?.reason && { reason: row.reason }),
    ...(memory.trouble !== undefined && { detail: memory.trouble }),
    ...(pending && {
      change: {
        id: pending.id,
        parts: pending.parts.map(({ what, ids, of }) => ({
          what,
          gone: ids.length,
          of,
          people: ids.slice(0, 100),
        })),
      },
    }),
    people: present.length,
    disabled: present.filter(({ enabled }) => !enabled).length,
    skipped: memory.latest()?.skipped ?? 0,
    groups: groupsOf(memory),
    ...(row && row.renumbered !== null && { renumbered: row.renumbered }),
    writes,
  };
}

/** As the last complete read has them. */
function groupsOf(memory: Memory): DirectoryResource['groups'] {
  const groups = memory.latest()?.groups;
  if (groups === undefined) return [];
  return groupNames.map((group) => {
    const found = groups[group];
    const { state } = found;
    return {
      group,
      state,
      members: state === 'known' ? found.members.size : 0,
      dangling: state === 'known' ? [...found.dangling] : [],
      ...(state === 'unknown' && { detail: found.detail }),
    };
  });
}
