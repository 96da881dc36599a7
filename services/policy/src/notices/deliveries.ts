import { sql } from 'drizzle-orm';
import { notice as table } from '../schema.ts';

/**
 * What became of notices to people, as rows of `load` (desired/store.ts): those of leases alone, or all. One that was given up, since it was refused
 * for now for a day, is as if it still waited: it neither reached the person nor failed for good, so nothing may follow.
 */
export const ofDeliveries = (which: 'leases' | 'all') => sql`
        union all select 'delivery', kind || ' ' || subject || ' ' || moment || ' ' || person, null, jsonb_strip_nulls(jsonb_build_object(
          'kind', kind, 'subject', subject, 'moment', moment, 'person', person,
          'state', case when state = 'dropped' then 'queued' else state end,
          'queuedAt', round(extract(epoch from queued_at) * 1000),
          'endedAt', case when state <> 'dropped' then round(extract(epoch from ended_at) * 1000) end,
          'ours', case when state = 'queued' then says -> 'oursSince' end,
          'error', error)) from ${table}
          where length(person) = 36 ${which === 'leases' ? sql`and kind like 'lease-%'` : sql``}`;
