import { answerOf, continueOf, PagesAnswer, type PagesQuery } from './answer.ts';
import { addPart, emptyAnswer, foldTitle, stateOf } from './fold.ts';
import { inGroups, sentAs } from './prepare.ts';
import type { Session } from './session.ts';
import type { SiteInfo } from './site.ts';
import type { PageState, PageText, Unknown } from './state.ts';
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
  readonly info: (signal?: AbortSignal) => Promise<SiteInfo>;
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
  { session }: Pick<PagesReader, 'session'>,
  revision: number,
  signal: AbortSignal | undefined,
): Promise<string | Unknown> {
  try {
    const params = { ...asked, revids: String(revision) };
    for await (const { pages = [] } of parts(session, params, signal)) {
      const text = pages[0]?.revisions?.[0]?.slots?.main?.content;
      if (text !== undefined) return text;
    }
    return leftOut;
  } catch (error) {
    return unknownOf(error);
  }
}

const leftOut = { state: 'unknown', why: 'the wiki left it out of its answer' } as const;

function unknownOf(error: unknown) {
  if (error instanceof WikiTrouble) return { state: 'unknown', why: error.why } as const;
  throw error;
}

/**
 * Looks in groups, one after the other. What was to be found in a group that failed is unknown. Where the wiki gave no answer that is an error of
 * MediaWiki's, the groups after it are not asked for: it would not answer those either.
 */
async function inTurns<T>(
  all: readonly T[],
  { info }: PagesReader,
  signal: AbortSignal | undefined,
  found: Map<T, PageState>,
  look: (group: readonly T[], info: SiteInfo) => Promise<void>,
): Promise<void> {
  let silent: PageState | undefined;
  for (const group of inGroups(all, atATime)) {
    try {
      if (silent === undefined) await look(group, await info(signal));
    } catch (error) {
      const unknown = unknownOf(error);
      const isAnswer = error instanceof WikiTrouble && error.error !== undefined;
      for (const each of group) found.set(each, unknown);
      if (!isAnswer) silent = unknown;
      continue;
    }
    if (silent !== undefined) for (const each of group) found.set(each, silent);
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
