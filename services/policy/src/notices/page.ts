import type { NoticeResource } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import { and, asc, desc, eq, type SQL } from 'drizzle-orm';
import { notice } from '../schema.ts';
import { wholeTeam } from './says.ts';

type Row = typeof notice.$inferSelect;

interface NoticePage extends Partial<Pick<NoticeResource, 'kind' | 'about' | 'state' | 'to' | 'urgency'>> {
  /** The person whose notices these are; those of everybody if undefined. */
  readonly of: string | undefined;
  /** One of `orders`, with a `-` for the other way round. */
  readonly order: string;
  readonly limit: number;
  readonly offset: number;
}

const orders = {
  queued: notice.queuedAt,
  kind: notice.kind,
  about: notice.subject,
  state: notice.state,
} as const;

/** A page of the notices, filtered and ordered by the database, and how many fit on all pages. */
export async function readNoticePage(
  { orm }: Pick<Database, 'orm'>,
  page: NoticePage,
): Promise<{ results: Row[]; count: number }> {
  const where = fitting(page);
  const direction = page.order.startsWith('-') ? desc : asc;
  // The route lets only these through.
  const by = orders[page.order.replace(/^-/, '') as keyof typeof orders];
  const [results, count] = await Promise.all([
    orm
      .select()
      .from(notice)
      .where(where)
      .orderBy(direction(by), direction(notice.id))
      .limit(page.limit)
      .offset(page.offset),
    orm.$count(notice, where),
  ]);
  return { results, count };
}

/** Those to a person; undefined: to anybody. */
export function isTo(person: string | undefined): SQL | undefined {
  return person === undefined ? undefined : eq(notice.person, person);
}

function fitting({ of, kind, about, state, to, urgency }: NoticePage): SQL | undefined {
  return and(
    isTo(of),
    isTo(to === 'team' ? wholeTeam : to),
    kind === undefined ? undefined : eq(notice.kind, kind),
    about === undefined ? undefined : eq(notice.subject, about),
    state === undefined ? undefined : eq(notice.state, state),
    urgency === undefined ? undefined : eq(notice.urgency, urgency),
  );
}
