import type { Clock } from '@huismeester/clock';
import { answerOf, SiteAnswer } from './answer.ts';
import type { Session } from './session.ts';
import type { WikiSite } from './state.ts';

/** What a wiki says of itself. */
export interface SiteInfo {
  readonly site: WikiSite;
  /** The names of its category namespace, in its own language and in English, and its aliases. */
  readonly categories: readonly string[];
}

const category = 14;
/** So long is what it said before still true, ms. */
const keptMs = 3_600_000;

/** Reads what the wiki says of itself: once an hour at most, but for `fresh`. Throws as the session does. */
export interface SiteReader {
  (signal?: AbortSignal): Promise<SiteInfo>;
  fresh(signal?: AbortSignal): Promise<SiteInfo>;
}

export function siteReader(
  session: Session,
  { api, clock }: { api: string; clock: Pick<Clock, 'monotonicMs'> },
): SiteReader {
  let known: { readonly info: SiteInfo; readonly until: number } | undefined;
  async function fresh(signal?: AbortSignal): Promise<SiteInfo> {
    const asked = { action: 'query', meta: 'siteinfo', siprop: 'general|namespaces|namespacealiases' };
    const { query } = answerOf(SiteAnswer, await session.read(asked, signal));
    const { server, articlepath: articlePath, scriptpath: scriptPath, mainpage: mainPage } = query.general;
    // It may be without a scheme: `//hackalot.nl`.
    const base = new URL(server, api).origin;
    const apiBase = new URL(api).origin;
    const own = Object.values(query.namespaces).filter(({ id }) => id === category);
    const aliases = query.namespacealiases.filter(({ id }) => id === category);
    const names = [
      'Category',
      ...own.flatMap(({ name, canonical }) => [name, canonical ?? name]),
      ...aliases.map(({ alias }) => alias),
    ];
    const site = { base, apiBase, articlePath, scriptPath, mainPage };
    const info = { site, categories: [...new Set(names)] };
    known = { info, until: clock.monotonicMs() + keptMs };
    return info;
  }
  const read = async (signal?: AbortSignal) =>
    known && clock.monotonicMs() < known.until ? known.info : await fresh(signal);
  return Object.assign(read, { fresh });
}
