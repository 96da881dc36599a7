import { signal } from '@preact/signals';

/** Where we are: a path and its query. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

const here = signal<Place>(current());
/** Where we are now. */
export const place = here;

/** Whether the newest change of place was made by a link or a button: then the heading of the new page gets the focus. */
export let isMoved = false;

function current(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

/** Goes to another page of this site; `replace`: the one before is not gone back to. */
export function go(url: string, { replace = false }: { replace?: boolean } = {}): void {
  const before = here.peek().path;
  if (replace) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
  here.value = current();
  if (here.peek().path === before) return;
  isMoved = true;
  scrollTo(0, 0);
}

/** Changes the query of this page, such as a filter: undefined takes a field away. */
export function setQuery(fields: Readonly<Record<string, string | undefined>>): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === '') query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  go(`${location.pathname}${text === '' ? '' : `?${text}`}`, { replace: true });
}

/** Makes links within the site change the page without loading it anew. Once in the life of the page. */
export function startRouter(): void {
  addEventListener('popstate', () => {
    isMoved = true;
    here.value = current();
  });
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest('a');
    if (link === null || !isOwn(link)) return;
    event.preventDefault();
    go(`${link.pathname}${link.search}${link.hash}`);
    if (link.hash !== '') document.getElementById(link.hash.slice(1))?.scrollIntoView();
  });
}

function isOwn(link: HTMLAnchorElement): boolean {
  const isElsewhere = link.origin !== location.origin || link.target !== '' || link.hasAttribute('download');
  // The API's own pages and files are no pages of this one.
  const isServed = /^\/(api|docs|openapi|asyncapi|health|metrics)(\/|\.|$)/.test(link.pathname);
  // Within the page the browser jumps by itself.
  const isJump = link.pathname === location.pathname && link.hash !== '' && link.search === location.search;
  return !isElsewhere && !isServed && !isJump;
}
