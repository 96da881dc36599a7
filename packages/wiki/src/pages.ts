import { answerOf, continueOf, PagesAnswer, type PagesQuery } from './answer.ts';
import { addPart, emptyAnswer, foldTitle, stateOf } from './fold.ts';
import { inGroups, sentAs } from './prepare.ts';
import type { Session } from './session.ts';
import type { SiteInfo, SiteReader } from './site.ts';
import type { PageState, PageText, PageUnknown } from './state.ts';
import { WikiTrouble } from './trouble.ts';

/** As many as MediaWiki takes at a time from everybody; with more it answers nothing at all. */
const atATime = 50;
/** MediaWiki cuts an answer at 8 MB: the texts of 50 pages, 2 MB each at most, come in 13 parts. */
const mostParts = 20;

const asked = {
  action: 'query',
  prop: 'info|revisions',
  rvprop: 'ids|timestamp|content',
  rvslots: 'main',
};

export interface PagesReader {
  readonly session: Session;
  readonly info: SiteReader;
}

/** What there is under each title; the keys are the titles as they were asked. Rejects only when the signal aborts. */
export async function lookUpTitles(
  reader: PagesReader,
  titles: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, PageState>> {
  const sent = new Map(titles.map((title) => [title, sentAs(title)]));
  const found = new Map<string, PageState>();
  const distinct = [...new Set([...sent.values()].filter((each) => each !== undefined))];
  await inTurns(distinct, reader, signal, found, async (group, { categories }) => {
    const answer = emptyAnswer();
    const params = { ...asked, redirects: '1', titles: group.join('|') };
    for await (const part of parts(reader.session, params, signal)) addPart(answer, part, categories);
    for (const title of group) found.set(title, foldTitle(title, answer));
  });
  const invalid: PageState = { state: 'not-a-page', why: 'invalid' };
  return new Map(
    [...sent].map(([title, as]) => [title, as === undefined ? invalid : (found.get(as) ?? invalid)]),
  );
}

/**
 * What there is under each page id: a page keeps it when it is moved. A page that became a redirect is followed. Rejects only when the signal
 * aborts.
 */
export async function lookUpPages(
  reader: PagesReader,
  ids: readonly number[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, PageState>> {
  const found = new Map<number, PageState>();
  const redirects = new Map<number, string>();
  await inTurns([...new Set(ids)], reader, signal, found, async (group, { categories }) => {
    // With `redirects` the answer would not say which id led where.
    for await (const { pages = [] } of parts(reader.session, { ...asked, pageids: group.join('|') }, signal))
      for (const page of pages) {
        const { pageid = 0, title } = page;
        if (page.redirect && title !== undefined) redirects.set(pageid, title);
        const state = stateOf(page, categories);
        if (state !== undefined) found.set(pageid, state);
      }
    for (const id of group) if (!found.has(id)) found.set(id, leftOut);
  });
  if (redirects.size > 0) {
    const ends = await lookUpTitles(reader, [...redirects.values()], signal);
    for (const [id, title] of redirects) found.set(id, ends.get(title) ?? leftOut);
  }
  return found;
}

/** The wikitext of a page. Rejects only when the signal aborts. */
export async function readText(
  reader: PagesReader,
  title: string,
  signal: AbortSignal | undefined,
): Promise<PageText> {
  const state = (await lookUpTitles(reader, [title], signal)).get(title) ?? leftOut;
  if (state.state !== 'found') return state;
  // By the revision, so that the text is of what was found and not of what was saved since.
  const text = await readRevision(reader, state.revision, signal);
  return typeof text === 'string' ? { ...state, state: 'found', text } : text;
}

/** The wikitext of a revision, whether it is the latest of its page or not. Rejects only when the signal aborts. */
export async function readRevision(
  reader: PagesReader,
  revision: number,
  signal: AbortSignal | undefined,
): Promise<string | PageUnknown> {
  try {
    const params = { ...asked, revids: String(revision) };
    for await (const { pages = [] } of parts(reader.session, params, signal)) {
      const text = pages[0]?.revisions?.[0]?.slots?.main?.content;
      if (text !== undefined) return text;
    }
    return leftOut;
  } catch (error) {
    return await unknownOf(error, reader, signal);
  }
}

const leftOut = { state: 'unknown', of: 'page', why: 'the wiki left it out of its answer' } as const;

/**
 * What follows from an answer that cannot be read. It may be for the page that was asked for: one that is too big for PHP's memory gives HTTP 500, a lost
 * text an internal error. So the wiki is asked about itself, too; an error by which it refuses us is of all pages.
 */
async function unknownOf(
  error: unknown,
  { info }: Pick<PagesReader, 'info'>,
  signal: AbortSignal | undefined,
): Promise<PageUnknown> {
  const { why, error: code } = troubleOf(error);
  const refuses = code !== undefined && !code.startsWith('internal_api_error');
  const of = refuses || !(await answers(info, signal)) ? 'wiki' : 'page';
  return { state: 'unknown', of, why };
}

function troubleOf(error: unknown): WikiTrouble {
  if (error instanceof WikiTrouble) return error;
  throw error;
}

async function answers(info: SiteReader, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await info.fresh(signal);
    return true;
  } catch (error) {
    troubleOf(error);
    return false;
  }
}

/**
 * Looks in groups, one after the other. What was to be found in a group that failed is unknown. Where the wiki itself does not answer, the groups after it
 * are not asked for.
 */
async function inTurns<T>(
  all: readonly T[],
  reader: PagesReader,
  signal: AbortSignal | undefined,
  found: Map<T, PageState>,
  look: (group: readonly T[], info: SiteInfo) => Promise<void>,
): Promise<void> {
  let silent: PageUnknown | undefined;
  for (const group of inGroups(all, atATime)) {
    const unknown = silent ?? (await failureOf(group, reader, signal, look));
    if (unknown === undefined) continue;
    for (const each of group) found.set(each, unknown);
    if (unknown.of === 'wiki') silent = unknown;
  }
}

async function failureOf<T>(
  group: readonly T[],
  reader: PagesReader,
  signal: AbortSignal | undefined,
  look: (group: readonly T[], info: SiteInfo) => Promise<void>,
): Promise<PageUnknown | undefined> {
  let info: SiteInfo;
  try {
    info = await reader.info(signal);
  } catch (error) {
    return { state: 'unknown', of: 'wiki', why: troubleOf(error).why };
  }
  try {
    await look(group, info);
    return undefined;
  } catch (error) {
    return await unknownOf(error, reader, signal);
  }
}

/** The parts of an answer. Throws as the session does. */
async function* parts(
  session: Session,
  params: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): AsyncGenerator<PagesQuery> {
  let more: Record<string, string> | undefined = {};
  for (let part = 0; more !== undefined; part += 1) {
    if (part === mostParts) throw new WikiTrouble('the answer of the wiki does not end');
    const body = await session.read({ ...params, ...more }, signal);
    yield answerOf(PagesAnswer, body).query ?? {};
    more = continueOf(body);
  }
}
