import type { Orm, Tx } from '@huismeester/database';
import { aggregate, type Made } from '@huismeester/events';
import { eq } from 'drizzle-orm';
import { preference } from '../schema.ts';
import type { Preferences } from './choose.ts';

type State = Pick<typeof preference.$inferSelect, 'chosen'>;

/** What people chose for themselves, each by the person's id. */
export const preferences = aggregate({
  kind: 'preference',
  table: preference,
  initial: undefined,
  evolve: (_: State | undefined, { data: { person: __, ...chosen } }: Made<'preference.changed'>): State => ({
    chosen,
  }),
});

export async function chosenBy(orm: Orm | Tx, person: string): Promise<Preferences> {
  const [row] = await orm.select().from(preference).where(eq(preference.id, person));
  return row?.chosen ?? {};
}
