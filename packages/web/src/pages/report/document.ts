/** A piece of a line: text, a link, or the start of a new line. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'break' };

/** A block of a report as the server worded it. */
export type Block =
  | { readonly kind: 'title' | 'heading' | 'text'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'list'; readonly lines: readonly (readonly Piece[])[] };

interface Found {
  readonly name: string;
  readonly isEnd: boolean;
  readonly href: string | undefined;
}

const kinds: Readonly<Record<string, 'title' | 'heading' | 'text'>> = {
  h1: 'title',
  h2: 'heading',
  p: 'text',
};
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/**
 * Reads the page that the server makes of a report (`GET /reports/:id/html`): headings, paragraphs, lists and links, and nothing else. It is shown by
 * elements of our own: neither its styles nor anything that stands in it reaches the document, so it needs no exception of the CSP.
 */
export function blocksOf(html: string): Block[] {
  const body = html.slice(Math.max(0, html.indexOf('<body')));
  const blocks: Block[] = [];
  let pieces: Piece[] = [];
  let lines: Piece[][] = [];
  let href: string | undefined;
  for (const part of body.split(/(<[^>]*>)/)) {
    const tag = tagOf(part);
    if (tag === undefined) {
      const text = plain(part);
      if (text === '' || /^\s*\n\s*$/.test(text)) continue;
      pieces.push(href === undefined ? { kind: 'text', text } : { kind: 'link', text, href });
    } else if (tag.name === 'br') pieces.push({ kind: 'break' });
    else if (tag.name === 'a') href = tag.isEnd ? undefined : safe(tag.href);
    else if (tag.name === 'ul' && tag.isEnd) {
      blocks.push({ kind: 'list', lines });
      lines = [];
    } else if (tag.name === 'li' && tag.isEnd) {
      lines.push(pieces);
      pieces = [];
    } else if (tag.isEnd && kinds[tag.name] !== undefined) {
      blocks.push({ kind: kinds[tag.name] ?? 'text', pieces });
      pieces = [];
    } else if (tag.name in kinds || tag.name === 'li') pieces = [];
  }
  return blocks;
}

function tagOf(part: string): Found | undefined {
  const found = /^<(\/?)(\w+)/.exec(part);
  if (found === null) return undefined;
  const href = / href="([^"]*)"/.exec(part)?.[1];
  return { name: found[2] ?? '', isEnd: found[1] === '/', href: href && plain(href) };
}

/** A link to a page, and to nothing else. */
function safe(href: string | undefined): string | undefined {
  return href !== undefined && /^(https?:\/\/|\/(?!\/))/.test(href) ? href : undefined;
}

function plain(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity);
}
