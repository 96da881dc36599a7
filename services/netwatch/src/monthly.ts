import { v7 as uuidv7 } from 'uuid';
import { figureOf, sumSpans } from './availability.ts';
import type { Known, Netwatch } from './context.ts';
import { monthBefore, monthOf, startOfMonth } from './core/month.ts';
import type { Signal } from './core/world.ts';

/** Under which it is remembered of which month was said. */
export const monthlyId = 'availability/main';

/**
 * Says how available each core thing was in the month before, once, on the first look in a month: it is for the report. Of the month in
 * which netwatch was set up nothing is said before it is over.
 *
 * @param said the month that was said last
 * @returns the month that is said now, or was
 */
export async function sayMonth(
  { database, clock, settings }: Pick<Netwatch, 'database' | 'clock' | 'settings'>,
  { ledger, about }: Known,
  said: string | undefined,
): Promise<string> {
  const zone = settings.site.timezone;
  const month = monthBefore(monthOf(clock.now().getTime(), zone));
  if (said !== undefined && said < month) {
    const window = {
      from: startOfMonth(month, zone),
      until: startOfMonth(monthOf(clock.now().getTime(), zone), zone),
    };
    const sums = await sumSpans(database, window);
    const core = [...ledger.world().things.values()].filter(({ id }) => about(id).core);
    const signals = core.map(({ id, knownSince }): Signal => {
      const data = { thing: id, month, ...figureOf(sums.get(id), window, knownSince?.time) };
      return { kind: 'said', id: uuidv7(), event: { type: 'availability.month', subject: monthlyId, data } };
    });
    ledger.post(signals, new Map([[monthlyId, { month }]]));
  } else if (said === undefined) ledger.post([], new Map([[monthlyId, { month }]]));
  return said !== undefined && said > month ? said : month;
}
