import type { WikiSite } from './state.ts';

/** A title, or what was found in its place and what is allowed there. */
export type TitleRead = { readonly title: string } | { readonly found: string; readonly allowed: string };

/** What scripts beside index.php are called; none of them is a page. */
const otherScript = /^\/(api|load|rest|thumb|img_auth|opensearch_desc)\.php/;
const longestShown = 200;
/** MediaWiki's, in bytes of UTF-8. */
const longestTitle = 255;

/**
 * The title of the page that somebody means by its title or by any URL of it: `index.php?title=`, the article path, `%20`, `_`, `#part`. A URL of
 * another site is refused, and so is what cannot be a title. The first letter is left as it is: that it is a capital is the wiki's to say.
 */
export function pageTitleOf(
  input: string,
  wiki: Pick<WikiSite, 'base' | 'apiBase' | 'articlePath' | 'scriptPath'>,
): TitleRead {
  const refused = {
    found: input.slice(0, longestShown),
    allowed: `the title of a page of the wiki, or its address at ${wiki.base}`,
  };
  const url = urlOf(input.trim(), wiki);
  const written = url === undefined ? decoded(input) : titleIn(url, wiki);
  const title = written === undefined ? undefined : normalTitle(written);
  return title !== undefined && isTitle(title) ? { title } : refused;
}

/** Of an address: with a scheme, of this host without one, or a path that begins with a slash. */
function urlOf(text: string, { base, apiBase }: Pick<WikiSite, 'base' | 'apiBase'>): URL | null | undefined {
  const host = [base, apiBase].find((each) => text.toLowerCase().startsWith(`${new URL(each).host}/`));
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return URL.parse(text);
  if (text.startsWith('/')) return URL.parse(text, base);
  return host === undefined ? undefined : URL.parse(`https://${text}`);
}

function titleIn(
  url: URL | null,
  { base, apiBase, articlePath, scriptPath }: Parameters<typeof pageTitleOf>[1],
) {
  if (url === null || ![base, apiBase].some((each) => isOfSite(url, new URL(each)))) return undefined;
  const byName = url.searchParams.get('title');
  const script = `${scriptPath}/index.php`;
  // As MediaWiki does it: what the query names goes before what the path does.
  if (url.pathname === script || url.pathname === `${scriptPath}/`) return byName ?? undefined;
  if (url.pathname.startsWith(`${script}/`)) return byName ?? decoded(url.pathname.slice(script.length + 1));
  if (url.pathname.startsWith(scriptPath) && otherScript.test(url.pathname.slice(scriptPath.length)))
    return undefined;
  const [before = '', after = ''] = articlePath.split('$1');
  if (before.includes('?')) return undefined;
  const isArticle = url.pathname.startsWith(before) && url.pathname.endsWith(after);
  return isArticle
    ? decoded(url.pathname.slice(before.length, url.pathname.length - after.length))
    : undefined;
}

/** http and https are one site here: which of them an address was copied from says nothing. */
function isOfSite(url: URL, base: URL): boolean {
  return /^https?:$/.test(url.protocol) && url.host === base.host;
}

/** With `%20` and the like as what they stand for; undefined where they stand for nothing. A title itself cannot have them. */
function decoded(text: string): string | undefined {
  try {
    return text.replaceAll(/(%[0-9a-f]{2})+/gi, (escaped) => decodeURIComponent(escaped));
  } catch {
    return undefined;
  }
}

/** Without the part, with blanks for `_`, one at a time, in Unicode's normal form C, as MediaWiki keeps it. */
function normalTitle(text: string): string {
  return text
    .normalize('NFC')
    .replace(/#.*$/s, '')
    .replaceAll(/[_\s]+/g, ' ')
    .trim()
    .replace(/^:\s*/, '');
}

/** Whether MediaWiki could have a page with this title (MediaWikiTitleCodec, 1.39). What it makes of prefixes is its own. */
export function isTitle(title: string): boolean {
  if (title === '' || Buffer.byteLength(title) > longestTitle || !title.isWellFormed()) return false;
  if (/[<>[\]{|}#\p{Cc}\ufffd]|%[0-9a-f]{2}|~~~/iu.test(title)) return false;
  return !/^\.{1,2}$|^\.{1,2}\/|\/\.{1,2}(\/|$)/.test(title);
}
