import { type SQL, sql } from 'drizzle-orm';
import * as schema from '../schema.ts';
import { fromAccess, fromAdmission, fromInventory, fromProjects } from './gates.ts';

/* Rows of the statement that loads everything (store.ts) which only rules are given that read these facts; with what of them is parked. */

export const ofPeople = sql`
        union all select 'person', key, null, state from ${schema.person}
        union all select 'member', key, null, state from ${schema.member}
        union all select 'directory', key, null, state from ${schema.directory}`;

/** Kinds of facts beside the subjects of their events, where these are called otherwise. */
const subjectsOfTeam = sql`case split_part(subject, '/', 1) when 'access-source' then 'accessSource'
          when 'known-account' then 'knownAccount' when 'access-list' then 'accessList' else split_part(subject, '/', 1) end`;

export const ofTeam = sql`
        union all select 'application', key, null, state from ${schema.application}
        union all select 'grant', key, null, state from ${schema.grant}
        union all select 'account', key, null, state from ${schema.account}
        union all select 'accessSource', key, null, state from ${schema.accessSource}
        union all select 'knownAccount', key, null, state from ${schema.knownAccount}
        union all select 'accessList', key, null, state from ${schema.accessList}
        union all select 'parked', ${subjectsOfTeam} || '/' || split_part(subject, '/', 2), null,
          to_jsonb(extract(epoch from min(parked_at)) * 1000)
          from ${schema.deadLetter} where reader in (${fromAdmission}, ${fromAccess}) group by subject`;

export const ofOwners = sql`
        union all select 'ownership', key, null, state from ${schema.ownership}`;

export const ofProjects = sql`
        union all select 'project', key, null, state from ${schema.project}
        union all select 'projectVm', key, null, state from ${schema.projectVm}
        union all select 'parked', replace(subject, 'ownership/', 'projectVm/'), null,
          to_jsonb(extract(epoch from min(parked_at)) * 1000)
          from ${schema.deadLetter} where reader = ${fromProjects} group by subject`;

/** As above, of what inventory says. */
const subjectsOfPages = sql`replace(replace(subject, 'design-decision/', 'designDecision/'), 'policy-text/', 'policyText/')`;

export const ofPages = sql`
        union all select 'designDecision', key, null, state from ${schema.designDecision}
        union all select 'wiki', key, null, state from ${schema.wiki}
        union all select 'policyText', key, null, state from ${schema.policyText}
        union all select 'parked', ${subjectsOfPages}, null, to_jsonb(extract(epoch from min(parked_at)) * 1000)
          from ${schema.deadLetter} where reader = ${fromInventory} group by subject`;

const { report, reportDelivery, reportEntry } = schema;
const ms = (time: SQL) => sql`round(extract(epoch from ${time}) * 1000)`;

/** The end of the newest month whose report the mail server took to anybody. */
const deliveredTo = sql`select max(sent."to") from ${report} as sent join ${reportDelivery} as each on each.report = sent.id
  where sent.how = 'monthly' and each.delivered_at is not null`;

/** How the report to the board stands: since when there is what one is made of, the newest month, and the first month after the last delivered one. */
export const ofReports = sql`
        union all select 'report', 'main', null, jsonb_strip_nulls(jsonb_build_object(
          'began', (select ${ms(sql`min(time)`)} from ${reportEntry} where type = 'source.read'),
          'madeTo', (select ${ms(sql`max("to")`)} from ${report} where how = 'monthly'),
          'unsent', (select jsonb_build_object('id', id, 'madeAt', ${ms(sql`made`)},
            'delivery', (select jsonb_build_object('state', each.state, 'because', each.because, 'code', each.code)
              from ${reportDelivery} as each where each.report = oldest.id order by each.state = 'queued' desc, each.at desc, each.to limit 1))
            from ${report} as oldest where how = 'monthly' and "to" > coalesce((${deliveredTo}), '-infinity') order by "to" limit 1)))`;
