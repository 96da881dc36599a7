import type { Orm } from '@huismeester/database';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { Value } from 'typebox/value';
import { modeId } from '../arming/mode.ts';
import { LeaseRow } from '../rules/lease/state.ts';
import { isStillPlanned, type KnownOfLease } from '../rules/lease/still-planned.ts';
import { lease, ownership, project, ruleMemory, ruleMode, vm } from '../schema.ts';
import type { NoticeRow } from './due.ts';
import type { NoticePlan } from './plan.ts';
import { isWarning, notAskedError, staleError } from './says.ts';
import { notAsked } from './stale-team.ts';

const rule = 'lease';
const clause = modeId({ rule, clause: 'PART-4' });

/** Those of the rows that are not true any more, each with why. */
export async function staleRows(
  orm: Orm,
  rows: readonly NoticeRow[],
  {
    now,
    ...how
  }: { readonly plan: Pick<NoticePlan, 'expireAt'>; readonly epoch: string; readonly now: number },
): Promise<ReadonlyMap<NoticeRow, string>> {
  const [warnings, asked] = [await staleWarnings(orm, rows, how), await notAsked(orm, rows, now)];
  return new Map([
    ...[...warnings].map((row) => [row, staleError] as const),
    ...[...asked].map((row) => [row, notAskedError] as const),
  ]);
}

/**
 * Those of the rows that warn of a stop that is not planned any more (PART-4), by what is known now; also where the clause is not armed any more, so
 * that nothing is stopped. They are not sent, and as long as that is so they count for nothing: nobody was warned by them.
 */
async function staleWarnings(
  orm: Orm,
  rows: readonly NoticeRow[],
  { plan, epoch }: { readonly plan: Pick<NoticePlan, 'expireAt'>; readonly epoch: string },
): Promise<ReadonlySet<NoticeRow>> {
  const warnings = rows.filter(({ kind }) => isWarning(kind));
  if (warnings.length === 0) return new Set();
  const ids = [...new Set(warnings.flatMap(({ says: { renew } }) => renew?.lease ?? []))];
  const known = await knownOf(orm, ids, epoch);
  const isTrue = ({ person, says: { renew, until } }: NoticeRow): boolean => {
    const of = renew && known.get(renew.lease);
    if (!renew || !of || until === undefined) return false;
    return isStillPlanned({ person, planned: until, number: renew.number, ends: renew.ends }, of, plan);
  };
  return new Set(warnings.filter((row) => !isTrue(row)));
}

/** What is known of these leases, by their ids; nothing where the clause is not armed. */
async function knownOf(
  orm: Orm,
  ids: readonly string[],
  epoch: string,
): Promise<ReadonlyMap<string, KnownOfLease>> {
  const found = await orm
    .select({
      lease: lease.state,
      ownership: ownership.state,
      project: project.state,
      guest: vm.state,
      memory: ruleMemory.state,
    })
    .from(lease)
    .innerJoin(
      ruleMode,
      and(eq(ruleMode.id, clause), eq(ruleMode.epoch, epoch), eq(ruleMode.mode, 'enforce')),
    )
    .leftJoin(ownership, eq(ownership.key, lease.key))
    .leftJoin(project, sql`${project.key} = ${ownership.state} ->> 'project'`)
    .leftJoin(vm, sql`${vm.key} = ${lease.state} ->> 'vm'`)
    .leftJoin(ruleMemory, and(eq(ruleMemory.rule, rule), eq(ruleMemory.key, lease.key)))
    .where(inArray(lease.key, [...ids]));
  return new Map(
    found.map(({ lease, ownership, project, guest, memory }) => [
      lease.lease,
      {
        lease,
        ownership: ownership ?? undefined,
        project: project ?? undefined,
        guest: guest ?? undefined,
        moved: Value.Check(LeaseRow, memory) && memory.kind === 'moved' ? memory : undefined,
      },
    ]),
  );
}
