/** So many characters may be left of a page that says nothing. */
const mostLeft = 20;
/** So many characters are read: anybody may write pages of 2 MB, and who reads them has other things to do. */
const mostRead = 100_000;
/** Of the text that a template is given so much is kept: more than enough to see that it says something, however deep it is nested. */
const mostGiven = 4 * mostLeft;

/**
 * Whether a page says nothing: at most 20 characters are left without comments, tags, categories, and templates but for the text that they are given.
 * `categories` are the names of the wiki's category namespace, such as `Categorie` and `Category`.
 */
export function isBlank(wikitext: string, categories: readonly string[]): boolean {
  return [...textLeft(wikitext.slice(0, mostRead), categories)].length <= mostLeft;
}

/** What is left of a text then, with one blank for each run of them. */
export function textLeft(wikitext: string, categories: readonly string[]): string {
  const names = categories.map((name) => name.replaceAll(/[^\p{L}\p{N}]+/gu, '[ _]+')).join('|');
  const category = new RegExp(`\\[\\[[ _]*(?:${names})[ _]*:[^\\[\\]]*\\]\\]`, 'giu');
  return withoutTags(withoutTemplates(withoutComments(wikitext).replaceAll(category, '')));
}

/** Nor behaviour switches, such as `__NOTOC__`. */
function withoutTags(text: string): string {
  return text
    .replaceAll(/<\/?[a-z][^<>]*>|__[\p{L}]+__/giu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** One that is not closed goes on to the end, as for MediaWiki. */
function withoutComments(text: string): string {
  const [before = '', ...after] = text.split('<!--');
  const rest = after.map((each) => {
    const end = each.indexOf('-->');
    return end < 0 ? undefined : each.slice(end + 3);
  });
  const open = rest.indexOf(undefined);
  return [before, ...(open < 0 ? rest : rest.slice(0, open))].join('');
}

/** A template that is not closed yet: what it is as text, and what it is given. */
interface Open {
  readonly literal: string[];
  readonly given: string[];
  /** The parameter that is being read; undefined within the template's name. */
  parameter: { named: boolean; value: string[] } | undefined;
}

/**
 * For each template, the values of its parameters. One that is not closed is text, as for MediaWiki. It takes time in proportion to the text, which
 * anybody may have written.
 */
function withoutTemplates(text: string): string {
  const bottom: Open = { literal: [], given: [], parameter: undefined };
  const open = [bottom];
  for (const token of text.match(/\{\{|\}\}|[|=]|[{}]|[^{}|=]+/g) ?? []) {
    const top = open.at(-1) ?? bottom;
    if (token === '{{') open.push({ literal: [token], given: [], parameter: undefined });
    else if (token === '}}' && top !== bottom) close(open);
    else read(top, token);
  }
  return open.flatMap(({ literal }) => literal).join('');
}

function read(template: Open, token: string): void {
  const { literal, given, parameter } = template;
  literal.push(token);
  if (token === '|') {
    given.push(...(parameter?.value ?? []), ' ');
    template.parameter = { named: false, value: [] };
  } else if (token === '=' && parameter?.named === false) template.parameter = { named: true, value: [] };
  else parameter?.value.push(token);
}

function close(open: Open[]): void {
  const closed = open.pop();
  const around = open.at(-1);
  if (!closed || !around) return;
  const text = [...closed.given, ...(closed.parameter?.value ?? [])].join('');
  const given = withoutTags(text).slice(0, mostGiven);
  around.literal.push(given);
  around.parameter?.value.push(given);
}
