import { afterCommit, type Orm, rows, type Tx } from '@huismeester/database';
import { sql } from 'drizzle-orm';
import type { DeliveryFact } from '../facts/delivery.ts';
import { deliveryKey } from '../facts/delivery.ts';
import type { Facts } from '../facts/index.ts';
import type { LeaseFact } from '../facts/lease.ts';
import type { OwnershipFact } from '../facts/ownership.ts';
import { warningKinds } from '../rules/lease/warning.ts';
import * as schema from '../schema.ts';
import { fromLeases } from './gates.ts';
import { type Row, RowCache } from './row-cache.ts';

/** The rule whose memory is kept with them: a row for each of thousands of VMs. */
export const leaseRule = 'lease';

/** What the power pass knows of leases. */
export interface LeaseRows extends Pick<Facts, 'lease' | 'ownership' | 'delivery'> {
  /** The memory of the rule. */
  readonly memory: ReadonlyMap<string, unknown>;
}

/**
 * What is known of leases, kept in this process, the only one that writes it: a power cut does not wait until thousands of rows that have
 * not changed are loaded once more.
 */
export interface LeaseStore {
  /** After the commit of a transaction that changed leases, ownerships, or what became of warnings; `wake` then, too. */
  changedBy(tx: Tx, wake?: () => void): void;
  /** Something of them was changed by a transaction that has ended. */
  changed(): void;
  /** As it is now; the same objects as long as nothing has changed. */
  load(reader: Orm | Tx): Promise<LeaseRows>;
  /** A pass has written the rule's memory, which is this since then. */
  written(memory: ReadonlyMap<string, unknown>): void;
}

/** Makes the store; the first `load` reads everything. */
export function createLeaseStore(): LeaseStore {
  const cache = new RowCache();
  let known: LeaseRows | undefined;
  let isStale = true;
  return {
    changedBy(tx, wake) {
      const mark = () => {
        isStale = true;
        wake?.();
      };
      // Whether it was committed or nobody knows.
      afterCommit(tx, mark, mark);
    },
    changed() {
      isStale = true;
    },
    async load(reader) {
      if (known && !isStale) return known;
      // Before it is read: what changes meanwhile makes it stale again.
      isStale = false;
      try {
        known = await read(reader, cache);
      } catch (error) {
        isStale = true;
        throw error;
      }
      return known;
    },
    written(memory) {
      if (known) known = { ...known, memory };
    },
  };
}

/** Of a planned stop that was so long ago nobody acts any more: it would be put off first. */
const forgetAfter = sql`to_char(now() at time zone 'UTC' - interval '60 days', 'YYYY-MM-DD')`;

async function read(reader: Orm | Tx, cache: RowCache): Promise<LeaseRows> {
  const { lease, ownership, notice, ruleMemory, deadLetter } = schema;
  const kinds = sql.join(
    Object.values(warningKinds).map((kind) => sql`${kind}`),
    sql`, `,
  );
  const found = rows<Row>(
    await reader.execute(sql`
      select kind, key, null as rule, state::text as state from (
        select 'lease' as kind, key, state from ${lease}
        union all select 'ownership', key, state from ${ownership}
        union all select 'memory', key, state from ${ruleMemory} where rule = ${leaseRule}
        union all select 'parked', subject, 'true'::jsonb from ${deadLetter} where reader = ${fromLeases} group by subject
        union all select 'delivery', id, jsonb_strip_nulls(jsonb_build_object(
          'kind', kind, 'subject', subject, 'moment', moment, 'person', person, 'state', state,
          'queuedAt', extract(epoch from queued_at) * 1000, 'endedAt', extract(epoch from ended_at) * 1000))
          from ${notice} where kind in (${kinds}) and state <> 'dropped' and moment > ${forgetAfter}) as each`),
  );
  const byKind = cache.byKind(found);
  // Each column holds what its type alone has put there.
  const of = <State>(kind: string) => (byKind.get(kind) ?? none) as ReadonlyMap<string, State>;
  const parked = of<true>('parked');
  const deliveries = of<DeliveryFact>('delivery');
  return {
    lease: seen('lease', of<LeaseFact>('lease'), parked),
    ownership: seen('ownership', of<OwnershipFact>('ownership'), parked),
    delivery: new Map([...deliveries.values()].map((each) => [deliveryKey(each), each])),
    memory: of('memory'),
  };
}

const none = new Map<string, never>();

/** With those marked of which an event is parked: what is known of them is old. */
function seen<Fact extends object>(
  kind: string,
  facts: ReadonlyMap<string, Fact>,
  parked: ReadonlyMap<string, true>,
): ReadonlyMap<string, Fact> {
  const ids = [...facts.keys()].filter((id) => parked.has(`${kind}/${id}`));
  if (ids.length === 0) return facts;
  const after = new Map(facts);
  for (const id of ids) {
    const fact = facts.get(id);
    if (fact) after.set(id, { ...fact, unseen: true as const });
  }
  return after;
}
