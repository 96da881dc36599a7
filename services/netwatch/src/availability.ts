import type { AvailabilityResource } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import { rows } from '@huismeester/database';
import { and, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Known, Netwatch } from './context.ts';
import { iso } from './core/moment.ts';
import { halfHoursOf, type KnownSpan } from './half-hours.ts';
import { span } from './schema.ts';

const hourMs = 3_600_000;
const windowHours = { day: 24, month: 720, year: 8_760 } as const;

/** How available each thing was that incidents are about, until now. */
export async function availabilityNow(
  { database, clock }: Pick<Netwatch, 'database' | 'clock'>,
  { ledger, about }: Known,
): Promise<AvailabilityResource[]> {
  const until = clock.now().getTime();
  const window = (hours: number): Window => ({ from: until - hours * hourMs, until });
  const windows = {
    day: window(windowHours.day),
    month: window(windowHours.month),
    year: window(windowHours.year),
  };
  const things = [...ledger.world().things.values()].filter(({ id }) => about(id).incidents);
  const ids = things.map(({ id }) => id);
  const [spans, day, month, year] = await Promise.all([
    spansOf(database, ids, windows.day),
    ...Object.values(windows).map((each) => sumSpans(database, each)),
  ]);
  return things.map(({ id, knownSince }) => ({
    thing: id,
    core: about(id).core,
    ...(knownSince && { since: iso(knownSince) }),
    day: figureOf(day?.get(id), windows.day, knownSince?.time),
    month: figureOf(month?.get(id), windows.month, knownSince?.time),
    year: figureOf(year?.get(id), windows.year, knownSince?.time),
    half_hours: halfHoursOf(spans.get(id) ?? [], until),
  }));
}

/** How much of a window a thing was up, of the time in which that is known. */
export interface Figure {
  /** Up ÷ (up + down); absent when nothing is known. */
  readonly availability_ratio?: number;
  /** (Up + down) ÷ window. */
  readonly coverage_ratio: number;
  readonly down_s: number;
}

/** A window of time, ms since 1970. */
export interface Window {
  readonly from: number;
  readonly until: number;
}

interface Sum {
  readonly thing: string;
  readonly up: number;
  readonly down: number;
}

/** How long each thing was up and down in a window, in one query: what is in no span is unknown. */
export async function sumSpans(
  { orm }: Pick<Database, 'orm'>,
  { from, until }: Window,
): Promise<Map<string, Sum>> {
  const inside = sql`greatest(0, least(coalesce(${span.until}, ${until}), ${until}) - greatest(${span.from}, ${from}))`;
  const found = await orm.execute(sql`
    select ${span.thing} as thing,
      coalesce(sum(${inside}) filter (where ${span.state} = 'up'), 0)::float8 as up,
      coalesce(sum(${inside}) filter (where ${span.state} = 'down'), 0)::float8 as down
    from ${span}
    where ${span.from} < ${until} and (${span.until} is null or ${span.until} > ${from})
    group by ${span.thing}`);
  return new Map(rows<Sum>(found).map((each) => [each.thing, each]));
}

/** The spans of these things that reach into a window, by thing. */
async function spansOf(
  { orm }: Pick<Database, 'orm'>,
  things: readonly string[],
  { from, until }: Window,
): Promise<Map<string, KnownSpan[]>> {
  const found = await orm
    .select()
    .from(span)
    .where(
      and(
        inArray(span.thing, [...things]),
        lt(span.from, until),
        or(isNull(span.until), gt(span.until, from)),
      ),
    );
  return Map.groupBy(found, ({ thing }) => thing);
}

/** The figure of one thing; the window is no longer than the time for which it is known at all. */
export function figureOf(
  sum: Sum | undefined,
  { from, until }: Window,
  knownSince: number | undefined,
): Figure {
  const { up = 0, down = 0 } = sum ?? {};
  const known = up + down;
  const windowMs = until - Math.max(from, knownSince ?? until);
  return {
    ...(known > 0 && { availability_ratio: up / known }),
    coverage_ratio: windowMs <= 0 ? 0 : Math.min(1, known / windowMs),
    down_s: down / 1000,
  };
}
