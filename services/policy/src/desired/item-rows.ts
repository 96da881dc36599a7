import { afterCommit, type Orm, rows, type Tx } from '@huismeester/database';
import { sql } from 'drizzle-orm';
import { type Facts, noFacts } from '../facts/index.ts';
import type { ItemFact } from '../facts/item.ts';
import type { StewardFact } from '../facts/steward.ts';
import { withUnseen } from '../facts/unseen.ts';
import * as schema from '../schema.ts';
import { fromInventory } from './gates.ts';
import { type Row, RowCache } from './row-cache.ts';

type Items = Pick<Facts, 'item' | 'steward'>;

/**
 * The register of things, kept in this process, the only one that writes it: thousands of rows that seldom change are not loaded at each look of a
 * rule that watches them.
 */
export interface ItemStore {
  /** After the commit of a transaction that may have changed it. */
  changedBy(tx: Tx): void;
  /** As it is now, with those marked of which an event is parked: what did not change is the same object. */
  load(reader: Orm | Tx): Promise<Items>;
}

/** Makes the store; the first `load` reads everything. */
export function createItemStore(): ItemStore {
  const cache = new RowCache();
  let reading: Promise<Items> | undefined;
  const mark = () => {
    reading = undefined;
  };
  return {
    // Whether it was committed or nobody knows.
    changedBy: (tx) => afterCommit(tx, mark, mark),
    load(reader) {
      if (reading) return reading;
      // Several rules ask at once: all of them wait for what the first one reads.
      const begun = read(reader, cache).catch((error: unknown) => {
        if (reading === begun) mark();
        throw error;
      });
      reading = begun;
      return begun;
    },
  };
}

async function read(reader: Orm | Tx, cache: RowCache): Promise<Items> {
  const found = await reader.execute(sql`
    select kind, key, null as rule, state::text as state from (
      select 'item' as kind, key, state from ${schema.item}
      union all select 'steward', key, state from ${schema.steward}
      union all select 'parked', subject, to_jsonb(extract(epoch from min(parked_at)) * 1000)
        from ${schema.deadLetter} where reader = ${fromInventory} group by subject) as each`);
  const byKind = cache.byKind(rows<Row>(found));
  // Each column holds what its type alone has put there.
  const item = (byKind.get('item') ?? new Map()) as ReadonlyMap<string, ItemFact>;
  const steward = (byKind.get('steward') ?? new Map()) as ReadonlyMap<string, StewardFact>;
  const parked = (byKind.get('parked') ?? new Map()) as ReadonlyMap<string, number>;
  const seen = withUnseen({ ...noFacts, item, steward }, (fact, id) => parked.get(`${fact}/${id}`));
  return { item: seen.item, steward: seen.steward };
}
