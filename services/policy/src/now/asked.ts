import { type Asked, noticeLine } from '@huismeester/contracts';
import type { Orm } from '@huismeester/database';
import { and, desc, eq, inArray, like, or, sql } from 'drizzle-orm';
import { civil } from '../civil.ts';
import { targetOfVm } from '../desired/target.ts';
import type { NoticeRow } from '../notices/due.ts';
import { teamOf } from '../notices/fan-out.ts';
import { type AsOf, notTrueRows } from '../notices/not-true.ts';
import { isWarning, violationPrefix } from '../notices/says.ts';
import { askedKinds } from '../rules/admission/asked.ts';
import { proposalKind } from '../rules/admission/proposal.ts';
import { trialKinds } from '../rules/admission/trial.ts';
import { warningKinds } from '../rules/lease/warning.ts';
import { ownership, notice as table } from '../schema.ts';
import { keyOf } from '../violations/violation.ts';

/** Something that is open for somebody, as a notice has it. */
export interface AskedRow extends Pick<NoticeRow, 'id' | 'kind' | 'subject' | 'says'> {
  readonly queuedAt?: Date;
}

/** Of one person so many of the newest notices that ask for something are looked at. */
const most = 500;
/** So many are said: what is left over comes up when these are done. */
const mostSaid = 50;
const others: readonly string[] = [
  ...Object.values(warningKinds),
  ...Object.values(askedKinds),
  ...Object.values(trialKinds),
  proposalKind,
];

/**
 * What is asked of a person now: of all that their digests said, or will say, what is still true, by the function that leaves out of a digest what is not.
 * Notices that say that something happened ask for nothing. Of several about the same the newest counts; the most serious come first, of these the one that is
 * due first. Violations are for whoever is of the team now.
 */
export async function askedOf(orm: Orm, person: string, how: AsOf): Promise<AskedRow[]> {
  const asks = or(like(table.kind, `${violationPrefix}%`), inArray(table.kind, [...others]));
  const all = await orm
    .select()
    .from(table)
    .where(and(eq(table.person, person), asks))
    .orderBy(desc(table.queuedAt))
    .limit(most);
  const ofTeam = all.some(isOfTeam) && (await teamOf(orm)).includes(person);
  // As of a digest that was not put together yet: what it said before says nothing of now.
  const rows = all.flatMap((row) =>
    isOfTeam(row) && !ofTeam ? [] : [{ ...row, urgency: 'digest' as const, message: null }],
  );
  const notTrue = await notTrueRows(orm, rows, how);
  const open = new Map<string, NoticeRow>();
  for (const row of rows) {
    if (notTrue.has(row)) continue;
    const { kind, subject, says } = row;
    // A first warning and the last one are about the same stop, and so are a question and the reminder of it.
    const about = isWarning(kind) ? 'stop' : kind === askedKinds.reminder ? askedKinds.opened : kind;
    const key = keyOf({ kind: about, subject, cause: says.cause });
    if (!open.has(key)) open.set(key, row);
  }
  return [...open.values(), ...(await offersTo(orm, person))]
    .toSorted(
      (one, other) =>
        weight(other) - weight(one) || (one.says.until ?? Infinity) - (other.says.until ?? Infinity),
    )
    .slice(0, mostSaid);
}

/** VMs that are offered to them: no notice says so, and it is open until they answer. */
async function offersTo(orm: Orm, person: string): Promise<AskedRow[]> {
  const found = await orm.select().from(ownership).where(sql`${ownership.state} ->> 'offeredTo' = ${person}`);
  return found.map(({ key, state: { vm } }) => ({
    id: key,
    kind: 'vm-offered',
    subject: targetOfVm(vm),
    says: { clause: 'PART-3', reasons: [], severity: 'info' },
  }));
}

/** Whether each of the team got it as being of the team. */
function isOfTeam({ kind }: NoticeRow): boolean {
  return kind.startsWith(violationPrefix);
}

const weights = { info: 0, warning: 1, serious: 2 } as const;

function weight({ says }: AskedRow): number {
  return weights[says.severity];
}

/** A row in words, in each language. */
export function askedItem(
  { id, kind, subject, says, queuedAt }: AskedRow,
  names: ReadonlyMap<string, string>,
  timeZone: string,
): Asked {
  const { clause, reasons, until, severity } = says;
  const name = names.get(subject);
  const iso = until === undefined ? {} : { until: new Date(until).toISOString() };
  const said = { kind, subject, ...(name !== undefined && { name }), clause, reasons, ...iso };
  const line = (language: 'nl' | 'en') => noticeLine(language, said, (at) => civil(at, language, timeZone));
  const [nl, en] = [line('nl'), line('en')];
  return {
    id,
    kind,
    subject,
    ...(name !== undefined && { name }),
    clause,
    severity,
    reasons: [...reasons],
    what: { nl: nl.what, en: en.what },
    // The clause stands beside it.
    why: { nl: without(nl.why, clause), en: without(en.why, clause) },
    todo: { nl: nl.todo, en: en.todo },
    ...(queuedAt && { since: queuedAt.toISOString() }),
    ...iso,
  };
}

function without(why: string, clause: string): string {
  return why.replace(` (${clause})`, '');
}
