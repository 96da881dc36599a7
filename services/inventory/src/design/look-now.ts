import { pause } from '@huismeester/clock';
import { type Refusal, refuse } from '@huismeester/events';
import type { RouteDeps } from '../inside.ts';
import { readDesigns } from './rows.ts';

/** A wiki that asks us to wait is waited for, but not by whoever asks; ms. */
const mostMs = 30_000;

/** Has the pages of all design decisions looked at, or that of one, and waits for it, 30 s at most: what is not known by then is shown as it was. */
export async function lookNow(
  { designLooks, database, clock }: Pick<RouteDeps, 'designLooks' | 'database' | 'clock'>,
  id?: string,
): Promise<undefined | Refusal> {
  if (designLooks === undefined) return noWiki();
  if (id !== undefined && (await readDesigns(database.orm, id)).length === 0)
    return refuse('not-found', `There is no design decision ${id}`);
  const over = new AbortController();
  await Promise.race([designLooks.now(id), pause(clock, mostMs, over.signal)]);
  over.abort();
  return undefined;
}

/** Settings name no wiki. */
export function noWiki(): Refusal {
  return refuse('no-wiki', 'Settings name no wiki: wiki.api', { clause: 'CORE-5' });
}
