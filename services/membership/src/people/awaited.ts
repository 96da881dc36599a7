import type { GroupName } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { DirectoryRead } from '@huismeester/directory';
import { type NewEvent, newEvent } from '@huismeester/events';
import { and, eq } from 'drizzle-orm';
import type { KnownPerson } from '../core/known.ts';
import { awaited } from '../schema.ts';

export type AwaitedRow = typeof awaited.$inferSelect;

/** The key of an edit: of its durable task too. */
export const keyOf = ({ group, person }: Pick<AwaitedRow, 'group' | 'person'>): string =>
  `${group}/${person}`;

/** The edit that a key was made of. */
export function editOf(key: string): Pick<AwaitedRow, 'group' | 'person'> {
  const [group = '', person = ''] = key.split('/');
  return { group: group as GroupName, person };
}

export function isAwaited({ group, person }: Pick<AwaitedRow, 'group' | 'person'>) {
  return and(eq(awaited.group, group), eq(awaited.person, person));
}

/** What a read shows, and whether we write to the directory ourselves. */
interface Shown {
  readonly people: readonly KnownPerson[];
  readonly groups: DirectoryRead['groups'];
  readonly writes: boolean;
}

/**
 * Ends the edits of groups that this read shows as done, and gives the events of it. Where we write ourselves, one that was not tried yet is not done:
 * it may have taken the place of its opposite, which was written since the read began.
 */
export async function followed(tx: Tx, { people, groups, writes }: Shown): Promise<NewEvent[]> {
  const rows = await tx.select().from(awaited);
  const byId = new Map(people.map((each) => [each.id, each]));
  const done = rows.filter(({ group, person, change, written, trouble }) => {
    const each = byId.get(person);
    if (writes && !written && trouble === null) return false;
    if (groups[group].state !== 'known' || each === undefined) return false;
    return each.groups.includes(group) === (change === 'add');
  });
  for (const row of done) await tx.delete(awaited).where(isAwaited(row));
  return done.map(({ group, person, change, written }) =>
    newEvent('group.followed', `group/${group}`, {
      group,
      person,
      change,
      how: written ? 'written' : 'seen',
    }),
  );
}
