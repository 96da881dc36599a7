import { statement, type Tx } from '@huismeester/database';
import type { Moment } from '../core/moment.ts';
import type { Span } from '../core/world.ts';

/**
 * From each moment on a thing is so, whatever was recorded from then until now: a cause found late changes what was. What is recorded
 * for after now is from before the civil clock was set back: it is kept, for that time came twice.
 */
export async function saveSpans(tx: Tx, spans: readonly Span[], now: Moment): Promise<void> {
  for (const some of onceEach(spans)) {
    const rows = some.map(({ thing: id, at, state }) => ({ id, at: at.time, state, now: now.time }));
    for (const text of spanStatements) await statement(tx, text, [JSON.stringify(rows)]);
  }
}

const spanRows = 'jsonb_to_recordset($1) as e(id text, at float8, state text, now float8)';
/** A statement each for all things: at the start, and when much fails at once, there are thousands. */
const spanStatements = [
  // An open span that begins after now was cut off when the clock was set back; when that was is not known, so it is dropped.
  `delete from netwatch.span s using ${spanRows}
    where s.thing = e.id and s.from_ms >= e.at and (s.from_ms <= e.now or s.until_ms is null)`,
  `update netwatch.span s set until_ms = e.at from ${spanRows}
    where s.thing = e.id and (s.until_ms is null or (s.until_ms > e.at and s.until_ms <= e.now))`,
  `insert into netwatch.span (thing, state, from_ms) select e.id, e.state, e.at from ${spanRows} where e.state <> 'unknown'`,
];

/** The spans in lists in which each thing is once, in their order. */
function onceEach(spans: readonly Span[]): Span[][] {
  const times = new Map<string, number>();
  const lists: Span[][] = [];
  for (const each of spans) {
    const nth = times.get(each.thing) ?? 0;
    times.set(each.thing, nth + 1);
    const list = lists[nth];
    if (list) list.push(each);
    else lists.push([each]);
  }
  return lists;
}
