import type { Orm } from '@huismeester/database';
import { and, eq, gt, inArray, like, ne } from 'drizzle-orm';
import { warningKinds } from '../rules/lease/warning.ts';
import { notice as table } from '../schema.ts';
import { keyOf } from '../violations/violation.ts';
import type { NoticeRow } from './due.ts';
import { violationPrefix } from './says.ts';
import { againMs } from './schedule.ts';

const ranks = { info: 0, warning: 1, serious: 2 } as const;

/** Which of the rows of a digest are said, in which order, and which are left out, each with why. */
export interface Chosen {
  readonly said: readonly NoticeRow[];
  readonly leftOut: ReadonlyMap<NoticeRow, string>;
}

/**
 * Chooses what a digest says: not what is not true any more (`notTrue`, with why), and not what was said to the same person or target within 7 days unless it is
 * worse by now. What did not reach somebody comes first, then what is serious. What was put together before stays as it was, but for what is not true any more.
 */
export async function choose(
  orm: Orm,
  all: readonly NoticeRow[],
  now: Date,
  notTrue: ReadonlyMap<NoticeRow, string>,
): Promise<Chosen> {
  const leftOut = new Map<NoticeRow, string>(notTrue);
  const rows = all.filter((row) => !notTrue.has(row));
  if (rows.some(({ message, urgency }) => message !== null || urgency === 'now')) {
    return { said: rows, leftOut };
  }
  const [known, last] = [await saidLately(orm, rows, now), await saidByLast(orm, rows)];
  for (const row of rows) {
    const before = known.get(violationIn(row));
    if (last.has(row)) leftOut.set(row, 'the last warning says it');
    else if (before !== undefined && before >= ranks[row.says.severity])
      leftOut.set(row, 'it was said within 7 days');
  }
  const first = ({ kind, says }: NoticeRow): number =>
    ranks[says.severity] + (kind === `${violationPrefix}notice-failed` ? 10 : 0);
  const said = rows.filter((row) => !leftOut.has(row)).toSorted((one, other) => first(other) - first(one));
  return { said, leftOut };
}

/** By violation, how serious what was said of it lately was. What is no violation has its own moments, and each is said. */
async function saidLately(
  orm: Orm,
  rows: readonly NoticeRow[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const [first] = rows;
  const repeated = rows.filter(({ kind }) => kind.startsWith(violationPrefix));
  if (first === undefined || repeated.length === 0) return new Map();
  const found = await orm
    .select({ kind: table.kind, subject: table.subject, says: table.says })
    .from(table)
    .where(
      and(
        eq(table.person, first.person),
        eq(table.state, 'handed'),
        gt(table.endedAt, new Date(now.getTime() - againMs + 12 * 60 * 60_000)),
        like(table.kind, `${violationPrefix}%`),
        inArray(
          table.subject,
          repeated.map(({ subject }) => subject),
        ),
      ),
    );
  const known = new Map<string, number>();
  for (const { kind, subject, says } of found) {
    const key = violationIn({ kind, subject, says });
    known.set(key, Math.max(known.get(key) ?? 0, ranks[says.severity]));
  }
  return known;
}

/** First warnings that waited for so long that the last one of the same stop is there: one of both is said. */
async function saidByLast(orm: Orm, rows: readonly NoticeRow[]): Promise<ReadonlySet<NoticeRow>> {
  const firsts = rows.filter(({ kind }) => kind === warningKinds.first);
  const [{ person } = { person: '' }] = firsts;
  if (firsts.length === 0) return new Set();
  const subjects = firsts.map(({ subject }) => subject);
  const found = await orm
    .select({ subject: table.subject, moment: table.moment })
    .from(table)
    .where(
      and(
        eq(table.person, person),
        eq(table.kind, warningKinds.last),
        ne(table.state, 'dropped'),
        inArray(table.subject, subjects),
      ),
    );
  return new Set(
    firsts.filter((row) =>
      found.some(({ subject, moment }) => subject === row.subject && moment === row.moment),
    ),
  );
}

function violationIn({ kind, subject, says }: Pick<NoticeRow, 'kind' | 'subject' | 'says'>): string {
  return keyOf({ kind, subject, cause: says.cause });
}
