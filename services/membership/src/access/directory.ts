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
  let seen: DirectoryRead | undefined;
  let stored: DirectoryRead | undefined;
  return {
    id: 'directory',
    async read(): Promise<Looked> {
      const latest = memory.latest();
      if (memory.trouble !== undefined) return { state: 'unknown', lacks: 'the directory is unknown' };
      // Until the first read since the start what was known before stands.
      if (latest === undefined || latest === stored) return { state: 'unchanged' };
      seen = latest;
      const hidden = latest.admins.find(({ read }) => read.state !== 'known');
      if (hidden) return { state: 'unknown', lacks: `who is in ${hidden.name}` };
      const untold = latest.admins.flatMap(({ name, read }) => {
        const count = read.state === 'known' ? (read.untold ?? 0) : 0;
        return count === 0 ? [] : [`whose ${count} of the uids in ${name} are`];
      });
      if (untold.length > 0) return { state: 'unknown', lacks: untold.join('; ') };
      return { state: 'complete', accounts: [...accountsIn(latest, memory), ...strangersIn(latest)] };
    },
    stored() {
      stored = seen;
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

/** Who is in such a group and none of the people: entries by their DNs, and of a file uids that it does not have. */
function strangersIn({ admins }: DirectoryRead): Found[] {
  const groups = new Map<string, string[]>();
  for (const { name, read } of admins)
    for (const each of (read.state === 'known' && read.strangers) || [])
      groups.set(each, [...(groups.get(each) ?? []), name]);
  return [...groups].map(
    ([name, on]): Found => ({
      name,
      kind: 'member',
      builtIn: null,
      asleep: false,
      rights: on.map((each) => ({ on: each, privileges: [privilege], by: ['member'] })),
      commands: on.map((each) => `take ${name} out of ${each}`),
    }),
  );
}

function rightIn({ name, read }: AdminGroup, id: string): AdminRight[] {
  const path = read.state === 'known' ? read.members.get(id) : undefined;
  if (path === undefined) return [];
  return [
    { on: name, privileges: [privilege], by: [path.length === 0 ? 'member' : `group ${path.join(' › ')}`] },
  ];
}
