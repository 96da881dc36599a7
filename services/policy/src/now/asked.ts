import { type Asked, noticeLine } from '@huismeester/contracts';
import type { Orm } from '@huismeester/database';
import { desc, eq } from 'drizzle-orm';
import { type NoticeRow, overRows } from '../notices/due.ts';
import type { NoticePlan } from '../notices/plan.ts';
import { isWarning, violationPrefix } from '../notices/says.ts';
import { staleRows } from '../notices/stale.ts';
import { isAsking } from '../rules/admission/asked.ts';
import { proposalKind } from '../rules/admission/proposal.ts';
import { trialKinds } from '../rules/admission/trial.ts';
import { notice as table } from '../schema.ts';
import { keyOf } from '../violations/violation.ts';

/** Of one person so many of the newest notices are looked at. */
const most = 300;
const ofTrial: readonly string[] = Object.values(trialKinds);

/** Whether a notice of this kind asks for something for as long as it is true; any other says that something happened. */
function asks(kind: string): boolean {
  return (
    kind.startsWith(violationPrefix) ||
    isWarning(kind) ||
    isAsking(kind) ||
    kind === proposalKind ||
    ofTrial.includes(kind)
  );
}

/**
 * What is asked of a person now: of all that their digests said, or will say, what is still true, by the same functions that leave out of a digest
 * what is not. Of several about the same the newest counts; the most serious come first, of these the one that is due first.
 */
export async function askedOf(
  orm: Orm,
  person: string,
  how: { readonly plan: Pick<NoticePlan, 'expireAt'>; readonly epoch: string; readonly now: number },
): Promise<NoticeRow[]> {
  const all = await orm
    .select()
    .from(table)
    .where(eq(table.person, person))
    .orderBy(desc(table.queuedAt))
    .limit(most);
  // As of a digest that was not put together yet: what it said before says nothing of now.
  const rows = all.filter(({ kind }) => asks(kind)).map((row) => ({ ...row, message: null }));
  const [stale, over] = [await staleRows(orm, rows, how), await overRows(orm, rows)];
  const open = new Map<string, NoticeRow>();
  for (const row of rows) {
    if (stale.has(row) || over.has(row)) continue;
    const { kind, subject, says } = row;
    // A first warning and the last one are about the same stop.
    const key = isWarning(kind) ? subject : keyOf({ kind, subject, cause: says.cause });
    if (!open.has(key)) open.set(key, row);
  }
  return [...open.values()].toSorted(
    (one, other) =>
      weight(other) - weight(one) || (one.says.until ?? Infinity) - (other.says.until ?? Infinity),
  );
}

const weights = { info: 0, warning: 1, serious: 2 } as const;

function weight({ says }: NoticeRow): number {
  return weights[says.severity];
}

/** A row in words, in each language. */
export function askedItem(
  { id, kind, subject, says, queuedAt }: NoticeRow,
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
    since: queuedAt.toISOString(),
    ...iso,
  };
}

function without(why: string, clause: string): string {
  return why.replace(` (${clause})`, '');
}

function civil(iso: string, language: 'nl' | 'en', timeZone: string): string {
  const style = {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  return new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', style).format(new Date(iso));
}
