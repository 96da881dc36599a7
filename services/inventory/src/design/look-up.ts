import type { PageState, Wiki } from '@huismeester/wiki';
import type { PageAnswer } from '../core/design/look.ts';
import type { Found } from './record.ts';
import type { DesignRow } from './rows.ts';

/** Looks up the pages of design decisions: by title, and what is not there by the id that it had, since it may have been moved. */
export async function lookUpAll(
  wiki: Pick<Wiki, 'lookUp' | 'lookUpIds'>,
  rows: readonly DesignRow[],
  signal: AbortSignal,
): Promise<Found[]> {
  const pages = rows.flatMap(({ id, fields: { page }, read }) =>
    page === undefined ? [] : [{ id, page, before: read?.page }],
  );
  const byTitle = await wiki.lookUp([...new Set(pages.map(({ page }) => page))], signal);
  const gone = pages.flatMap(({ page, before }) =>
    before !== undefined && isGone(byTitle.get(page)) ? [before] : [],
  );
  const byId = gone.length === 0 ? new Map<number, PageState>() : await wiki.lookUpIds(gone, signal);
  return pages.map(({ id, page, before }) => {
    const asked = byTitle.get(page);
    const moved = before !== undefined && isGone(asked) ? byId.get(before) : undefined;
    return { id, page, answer: answerOf(followed(asked, moved)) };
  });
}

function isGone(state: PageState | undefined): boolean {
  return state?.state === 'missing' || state?.state === 'redirect-to-nowhere';
}

/** That a page is gone is not known before its id says so too. */
function followed(asked: PageState | undefined, moved: PageState | undefined): PageState | undefined {
  return moved?.state === 'found' || moved?.state === 'blank' || moved?.state === 'unknown' ? moved : asked;
}

function answerOf(state: PageState | undefined): PageAnswer {
  if (state === undefined) return { state: 'unknown', of: 'page', why: 'it was not asked for' };
  switch (state.state) {
    case 'unknown':
      return { state: 'unknown', of: state.of, why: state.why };
    case 'found':
    case 'blank': {
      const { page, revision, time, title } = state;
      return { state: state.state, page, revision, revised_at: isoOf(time), title };
    }
    default:
      return { state: state.state };
  }
}

/** MediaWiki leaves out the milliseconds. */
function isoOf(time: string): string {
  return new Date(time).toISOString();
}
