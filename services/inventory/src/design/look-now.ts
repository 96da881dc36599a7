import { pause } from '@huismeester/clock';
import { type Refusal, refuse, stale } from '@huismeester/events';
import type { RouteDeps } from '../inside.ts';
import { designResource, readDesigns } from './rows.ts';

type Deps = Pick<RouteDeps, 'designLooks' | 'database' | 'clock' | 'settings'>;

/** A wiki that asks us to wait is waited for, but not by whoever asks; ms. */
const mostMs = 30_000;

/** Has the pages of all design decisions looked at, or that of one, and waits for it, 30 s at most: what is not known by then is shown as it was. */
export async function lookNow(
  { designLooks, database, clock, settings }: Deps,
  one?: { readonly id: string; readonly matches: (resource: unknown) => boolean },
): Promise<undefined | Refusal> {
  if (designLooks === undefined) return noWiki();
  if (one !== undefined) {
    const [row] = await readDesigns(database.orm, one.id);
    if (row === undefined) return refuse('not-found', `There is no design decision ${one.id}`);
    if (!one.matches(designResource(row, settings.wiki?.api))) return stale(`design decision ${one.id}`);
  }
  const over = new AbortController();
  await Promise.race([designLooks.now(one?.id), pause(clock, mostMs, over.signal)]);
  over.abort();
  return undefined;
}

/** Settings name no wiki. */
export function noWiki(): Refusal {
  return refuse('no-wiki', 'Settings name no wiki: wiki.api', { clause: 'CORE-5' });
}
