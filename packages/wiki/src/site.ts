import type { Clock } from '@huismeester/clock';
import type { Static } from 'typebox';
import { answerOf, SiteAnswer } from './answer.ts';
import type { Session } from './session.ts';
import type { WikiSite } from './state.ts';

/** What a wiki says of itself. */
export interface SiteInfo {
  readonly site: WikiSite;
  /** The names of its category namespace, in its own language and in English, and its aliases. */
  readonly categories: readonly string[];
  /** Whether a page of this title would be an article, and none of a namespace for users, templates or the wiki itself. */
  readonly isArticle: (title: string) => boolean;
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
    const names = namesOf(query, ({ id }) => id === category);
    const others = new Set(namesOf(query, ({ id, content }) => id !== 0 && !content).map(asKept));
    const isArticle = (title: string) => {
      const prefix = /^[\s_:]*([^:]*?)[\s_]*:/.exec(title)?.[1];
      return prefix === undefined || !others.has(asKept(prefix));
    };
    const site = { base, apiBase, articlePath, scriptPath, mainPage };
    const info = { site, categories: ['Category', ...names], isArticle };
    known = { info, until: clock.monotonicMs() + keptMs };
    return info;
  }
  const read = async (signal?: AbortSignal) =>
    known && clock.monotonicMs() < known.until ? known.info : await fresh(signal);
  return Object.assign(read, { fresh });
}

type Query = Static<typeof SiteAnswer>['query'];
type Namespace = Query['namespaces'][string];

/** What namespaces are called: in the wiki's language, in English, and by aliases. */
function namesOf(
  { namespaces, namespacealiases }: Pick<Query, 'namespaces' | 'namespacealiases'>,
  is: (namespace: Namespace) => boolean,
): string[] {
  const found = Object.values(namespaces).filter(is);
  const ids = new Set(found.map(({ id }) => id));
  return [
    ...found.flatMap(({ name, canonical }) => [name, canonical ?? name]),
    ...namespacealiases.filter(({ id }) => ids.has(id)).map(({ alias }) => alias),
  ];
}

/** MediaWiki does not tell capitals, blanks and `_` of a namespace apart. */
function asKept(name: string): string {
  return name
    .normalize('NFC')
    .replaceAll(/[\s_]+/g, ' ')
    .trim()
    .toLowerCase();
}
