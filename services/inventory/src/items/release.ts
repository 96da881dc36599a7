import type { Tx } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { and, eq, sql } from 'drizzle-orm';
import { item } from '../schema.ts';
import { graphScope, items } from './aggregate.ts';

/** What led to it: an event of another service. */
type Cause = NonNullable<Parameters<typeof items.handle>[1]['cause']>;

/**
 * The guest that an item stood for is gone, and its vmid may be another's at once: the item stands for nothing from now on, so that nobody takes the
 * one for the other (PRIV-2). What is core and stands for nothing is said to be unwatched (CORE-1), and the other guest is proposed where its class says so.
 */
export async function releaseItem(tx: Tx, log: EventLog, thing: string, cause?: Cause): Promise<void> {
  const [row] = await tx
    .select({ id: item.id })
    .from(item)
    .where(and(eq(sql`${item.fields} ->> 'stands_for'`, thing), sql`${item.fields} ->> 'life' <> 'retired'`));
  if (row === undefined) return;
  await items.handle(tx, {
    log,
    id: row.id,
    actor: `service:${log.service}`,
    ...(cause && { cause }),
    scope: graphScope,
    decide(known) {
      if (known?.fields.stands_for !== thing) return [];
      const { stands_for: _, ...fields } = known.fields;
      return [{ type: 'item.changed', subject: `item/${row.id}`, data: { item: row.id, ...fields } }];
    },
  });
}
