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

/** Ends the edits of groups that this read shows as done, and gives the events of it. */
export async function followed(
  tx: Tx,
  people: readonly KnownPerson[],
  groups: DirectoryRead['groups'],
): Promise<NewEvent[]> {
  const rows = await tx.select().from(awaited);
  const byId = new Map(people.map((each) => [each.id, each]));
  const done = rows.filter(({ group, person, change }) => {
    const each = byId.get(person);
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
