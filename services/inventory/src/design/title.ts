import { isRefusal, type Refusal, refuse } from '@huismeester/events';
import { pageTitleOf } from '@huismeester/wiki';
import type { RouteDeps } from '../inside.ts';

type Deps = Pick<RouteDeps, 'wiki' | 'settings'>;

/** What a design decision is to have as its page: the title that is meant by a title or a URL; nothing where none is named. */
export async function titleOf(
  deps: Deps,
  page: string | undefined,
): Promise<{ readonly page?: string } | Refusal> {
  if (page === undefined) return {};
  const place = await placeOf(deps, page);
  if (isRefusal(place)) return place;
  const read = pageTitleOf(page, place);
  if ('title' in read) return { page: read.title };
  return refuse('no-such-page', 'That can be no page of the wiki', {
    clause: 'CORE-5',
    errors: [{ field: 'body.page', found: read.found, allowed: read.allowed }],
  });
}

type Place = Parameters<typeof pageTitleOf>[1];

/** Which site is meant. A title needs no wiki; of a URL the wiki must say how its addresses are made. */
async function placeOf({ wiki, settings }: Deps, page: string): Promise<Place | Refusal> {
  const api = settings.wiki?.api;
  if (!isUrl(page)) {
    const base = api === undefined ? 'https://wiki.invalid' : new URL(api).origin;
    return { base, apiBase: base, articlePath: '/$1', scriptPath: '' };
  }
  const field = 'body.page';
  if (wiki === undefined) {
    const errors = [{ field, found: page, allowed: 'a title, until settings name a wiki: wiki.api' }];
    return refuse('no-such-page', 'Settings name no wiki', { clause: 'CORE-5', errors });
  }
  const site = await wiki.site();
  if (site.state === 'found') return site;
  return refuse('wiki-unknown', 'The wiki does not answer, so that it is not known what this URL means', {
    clause: 'CORE-5',
    errors: [{ field, found: page, allowed: 'the title, or the URL once the wiki answers' }],
  });
}

/** With a scheme, from the root, or with a host before it: `hackalot.nl/VLANs`. */
function isUrl(page: string): boolean {
  return /^([a-z][a-z0-9+.-]*:\/\/|\/|[^/\s]+\.[a-z]+(:\d+)?\/)/i.test(page.trim());
}
