import type { Page, PagesQuery } from './answer.ts';
import { isBlank } from './blank.ts';
import type { NotAPage, PageState } from './state.ts';

/** An answer to `titles=`, its parts put together. */
export interface TitlesAnswer {
  /** What was sent → what the wiki made of it. */
  readonly normalized: Map<string, string>;
  readonly interwiki: Set<string>;
  readonly redirects: Map<string, { readonly to: string; readonly isElsewhere: boolean }>;
  /** By title. */
  readonly pages: Map<string, PageState>;
}

const file = 6;
const media = -2;

export function emptyAnswer(): TitlesAnswer {
  return { normalized: new Map(), interwiki: new Set(), redirects: new Map(), pages: new Map() };
}

/** Adds a part of an answer. A page without its revision comes again in a later part. */
export function addPart(answer: TitlesAnswer, part: PagesQuery, categories: readonly string[]): void {
  for (const { from, to, fromencoded } of part.normalized ?? [])
    answer.normalized.set(fromencoded ? decoded(from) : from, to);
  for (const { title } of part.interwiki ?? []) answer.interwiki.add(title);
  for (const { from, to, tointerwiki } of part.redirects ?? [])
    answer.redirects.set(from, { to, isElsewhere: tointerwiki !== undefined });
  for (const page of part.pages ?? []) {
    const state = stateOf(page, categories);
    if (page.title !== undefined && state !== undefined) answer.pages.set(page.title, state);
  }
}

/** MediaWiki escapes what it had to mend before it could give it back. */
function decoded(from: string): string {
  try {
    return decodeURIComponent(from);
  } catch {
    return from;
  }
}

/** What a page of an answer is by itself; undefined while its revision is still to come. */
export function stateOf(page: Page, categories: readonly string[]): PageState | undefined {
  const { title = '', pageid, revisions, ns } = page;
  const none = whyNoPage(page);
  if (none !== undefined) return { state: 'not-a-page', why: none };
  if (page.missing) return { state: 'missing' };
  if (pageid === undefined || ns === undefined) return undefined;
  const latest = revisions?.[0];
  if (!latest) return undefined;
  const { revid: revision, timestamp: time, slots } = latest;
  const text = slots?.main?.content;
  if (text === undefined)
    return { state: 'unknown', of: 'page', why: `the wiki does not give the text of page ${pageid}` };
  const read = { page: pageid, revision, time, title };
  return isBlank(text, categories) ? { state: 'blank', ...read } : { state: 'found', ...read };
}

function whyNoPage({ invalid, special, ns }: Page): NotAPage | undefined {
  if (invalid) return 'invalid';
  if (ns === file || ns === media) return 'file';
  return special ? 'special' : undefined;
}

/**
 * What there is under a title that was sent: by what the wiki made of it (`normalized`), and from there along its redirects, however many. What the
 * wiki left out for no reason that is known here is unknown, never missing.
 */
export function foldTitle(sent: string, answer: TitlesAnswer): PageState {
  const { normalized, interwiki, redirects, pages } = answer;
  let title = normalized.get(sent) ?? sent;
  if (interwiki.has(title)) return { state: 'not-a-page', why: 'interwiki' };
  const seen = new Set<string>();
  for (let next = redirects.get(title); next !== undefined; next = redirects.get(title)) {
    seen.add(title);
    title = next.to;
    // A loop stands in `redirects`, and none of it in `pages`.
    if (next.isElsewhere || seen.has(title)) return { state: 'redirect-to-nowhere', target: title };
  }
  const end = pages.get(title);
  if (end === undefined) return { state: 'unknown', of: 'page', why: 'the wiki left it out of its answer' };
  const leadsNowhere = seen.size > 0 && (end.state === 'missing' || end.state === 'not-a-page');
  return leadsNowhere ? { state: 'redirect-to-nowhere', target: title } : end;
}
