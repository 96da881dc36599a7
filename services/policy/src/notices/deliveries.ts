import { sql } from 'drizzle-orm';
import { notice as table } from '../schema.ts';

/** What became of a notice, as the fact (facts/delivery.ts). One that was given up neither reached the person nor failed for good: nothing follows from it. */
const delivery = sql`jsonb_strip_nulls(jsonb_build_object(
  'kind', kind, 'subject', subject, 'moment', moment, 'person', person, 'state', state,
  'queuedAt', round(extract(epoch from queued_at) * 1000), 'endedAt', round(extract(epoch from ended_at) * 1000),
  'unavailableSince', case when state = 'queued' then says -> 'unavailableSince' end, 'error', error))`;

/** The notices of these kinds to people, by their ids, as rows (kind, key, state); further conditions may follow. */
export const deliveriesOf = (kinds: readonly string[]) => sql`
  select 'delivery' as kind, id as key, ${delivery} as state from ${table}
    where state <> 'dropped' and kind in (${sql.join(
      kinds.map((kind) => sql`${kind}`),
      sql`, `,
    )})`;

const key = sql`kind || ' ' || subject || ' ' || moment || ' ' || person`;

/**
 * As rows of `load` (desired/store.ts): of each person the newest that is over, and of those that do not get out for a reason of ours the one that waits
 * longest. Of ninety days of notices nothing else is asked.
 */
export const newestDeliveries = sql`
  union all (select distinct on (person) 'delivery', ${key}, null, ${delivery} from ${table}
    where state in ('handed', 'failed-for-good') and length(person) = 36 order by person, ended_at desc)
  union all (select 'delivery', ${key}, null, ${delivery} from ${table}
    where state = 'queued' and says ? 'unavailableSince' and length(person) = 36 order by (says ->> 'unavailableSince')::numeric limit 1)`;
