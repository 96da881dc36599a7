import { PagedResultsControl, type SearchResponse } from 'ldapts';
import { DirectoryError } from '../directory.ts';

/** As large a page as Active Directory and slapd give by default. */
const pageSize = 500;

/** The control that asks for a page: the first one, or that after the cookie (RFC 2696). */
export function pageAfter(cookie: Buffer | undefined): PagedResultsControl {
  return new PagedResultsControl({ value: { size: pageSize, ...(cookie && { cookie }) } });
}

/**
 * The cookie of the next page; undefined where there is none. A server that knows nothing of pages says so at once, by an answer without the
 * control: that is the whole of it. Throws a {@link DirectoryError} where one that gives pages does not say whether this was the last.
 */
export function nextPage(
  { controls = [] }: Pick<SearchResponse, 'controls'>,
  asked: Buffer | undefined,
  what: string,
): Buffer | undefined {
  const control = controls.find((each) => each instanceof PagedResultsControl);
  if (control ? !control.value : asked !== undefined)
    throw new DirectoryError(
      'incomplete',
      `the server gives pages of the answer to ${what}, and does not say whether there are more`,
    );
  const cookie = control?.value?.cookie;
  return cookie && cookie.length > 0 ? cookie : undefined;
}
