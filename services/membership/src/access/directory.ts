import type { AdminRight } from '@huismeester/contracts';
import type { AdminGroup, DirectoryRead } from '@huismeester/directory';
import type { Memory } from '../people/memory.ts';
import type { AccessAdapter, Found, Looked } from './adapter.ts';

/** What somebody in a group that administers something may, as rights have it. */
const privilege = 'member';

/**
 * The groups of the directory that administer something, such as the directory itself: by the last read of it that is complete, so that what is
 * asked here and what is known of people are the same.
 */
export function directoryAccess(memory: Memory): AccessAdapter {
  let taken: DirectoryRead | undefined;
  return {
    id: 'directory',
    async read(): Promise<Looked> {
      const latest = memory.latest();
      if (memory.trouble !== undefined) return { state: 'unknown', lacks: 'the directory is unknown' };
      // Until the first read since the start what was known before stands.
      if (latest === undefined || latest === taken) return { state: 'unchanged' };
      taken = latest;
      const hidden = latest.admins.find(({ read }) => read.state !== 'known');
      if (hidden) return { state: 'unknown', lacks: `who is in ${hidden.name}` };
      return { state: 'complete', accounts: accountsIn(latest, memory) };
    },
    close: async () => undefined,
  };
}

function accountsIn({ people, admins }: DirectoryRead, memory: Memory): Found[] {
  return people.flatMap(({ id, uid, enabled }): Found[] => {
    const rights = admins.flatMap((group) => rightIn(group, id));
    if (rights.length === 0) return [];
    const person = memory.personAt(id);
    return [
      {
        name: uid,
        kind: 'member',
        builtIn: null,
        asleep: !enabled,
        rights,
        commands: rights.map(({ on }) => `take ${uid} out of ${on}`),
        ...(person !== undefined && { person }),
      },
    ];
  });
}

function rightIn({ name, read }: AdminGroup, id: string): AdminRight[] {
  const path = read.state === 'known' ? read.members.get(id) : undefined;
  if (path === undefined) return [];
  return [
    { on: name, privileges: [privilege], by: [path.length === 0 ? 'member' : `group ${path.join(' › ')}`] },
  ];
}
