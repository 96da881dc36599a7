import { answerOf, EditAnswer, RightsAnswer } from './answer.ts';
import type { Session } from './session.ts';
import type { SiteReader } from './site.ts';
import type { Made } from './state.ts';
import { WikiTrouble } from './trouble.ts';

export interface NewPage {
  readonly title: string;
  /** Wikitext. */
  readonly text: string;
  readonly summary: string;
}

/** Makes a page as the bot, if there is none: `createonly` is the wiki's own check, so that what is there is never touched. Only articles are made: a
 * bot may have the right to change what the wiki itself says. */
export async function createPage(
  { session, info }: { readonly session: Session; readonly info: SiteReader },
  { title, text, summary }: NewPage,
  signal: AbortSignal | undefined,
): Promise<Made> {
  const params = { action: 'edit', createonly: '1', bot: '1', title, text, summary };
  try {
    const { isArticle } = await info(signal);
    if (!isArticle(title))
      return { outcome: 'refused', why: 'only articles are made, in no other namespace' };
    const { edit } = answerOf(EditAnswer, await session.act(params, signal));
    const { result, pageid: page, newrevid: revision } = edit;
    if (result !== 'Success')
      return { outcome: 'refused', why: 'the wiki does not save it: a filter or a captcha' };
    if (page === undefined || revision === undefined)
      return { outcome: 'unknown', why: 'the wiki does not say which page it made' };
    return { outcome: 'made', page, revision };
  } catch (error) {
    if (!(error instanceof WikiTrouble)) throw error;
    const { error: code, why } = error;
    if (code === 'articleexists') return { outcome: 'exists' };
    // Without an error of MediaWiki nothing says what became of it, and one within it may come after the page was saved.
    const isRefused = code !== undefined && !code.startsWith('internal_api_error');
    return { outcome: isRefused ? 'refused' : 'unknown', why };
  }
}

/** Whether the bot may make pages: what was granted to its password, of what its user may. Throws as the session does. */
export async function mayMakePages(session: Session, signal: AbortSignal | undefined): Promise<boolean> {
  const asked = { action: 'query', meta: 'userinfo', uiprop: 'rights' };
  const { rights } = answerOf(RightsAnswer, await session.asBot(asked, signal)).query.userinfo;
  return ['edit', 'createpage'].every((right) => rights.includes(right));
}
