import type { ItemProposalResource } from '@huismeester/contracts';
import { isRetired } from '../core/item.ts';
import { proposalsOf } from '../core/proposals/proposals.ts';
import type { RouteDeps } from '../inside.ts';
import { readItems } from '../items/world.ts';
import type { Reader } from '../ports.ts';
import { proposal } from '../schema.ts';

type Deps = Pick<RouteDeps, 'outside' | 'settings'>;

/** What is proposed now, dismissed or not, in the order of ids. */
export async function readProposals(
  tx: Reader,
  { outside, settings }: Deps,
): Promise<ItemProposalResource[]> {
  const items = await readItems(tx);
  const rows = await tx.select().from(proposal);
  return proposalsOf({
    things: await outside.things(tx),
    items: new Map([...items].flatMap(([id, item]) => (isRetired(item) ? [] : [[id, item.fields] as const]))),
    answered: new Map(rows.map(({ id, since, item }) => [id, { since, item }])),
    settings,
  });
}
