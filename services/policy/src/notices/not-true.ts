import type { Orm } from '@huismeester/database';
import { type NoticeRow, overRows } from './due.ts';
import type { NoticePlan } from './plan.ts';
import { staleRows } from './stale.ts';

/** Of a notice about a violation that is closed or accepted by now. */
const overError = 'it is over';

/** As of when something is true, and by what. */
export interface AsOf {
  readonly plan: Pick<NoticePlan, 'expireAt'>;
  /** Of policy's log. */
  readonly epoch: string;
  /** ms since 1970. */
  readonly now: number;
}

/**
 * Those of the rows that are not true any more, each with why: what is left is open for their person. A digest leaves them out, and so does what is asked of
 * somebody on the page. What goes at once, or was put together as a message, says of violations what it said.
 */
export async function notTrueRows(
  orm: Orm,
  rows: readonly NoticeRow[],
  how: AsOf,
): Promise<ReadonlyMap<NoticeRow, string>> {
  const digest = rows.filter(({ urgency }) => urgency === 'digest');
  const [stale, over] = [await staleRows(orm, rows, how), await overRows(orm, digest)];
  return new Map([...[...over].map((row) => [row, overError] as const), ...stale]);
}
