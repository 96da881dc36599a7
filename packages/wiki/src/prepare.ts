import { isTitle } from './title.ts';

/**
 * A title as it is sent: MediaWiki reads parameters in Unicode's normal form C, and knows no part of a page. Undefined for what could be no title,
 * or would become several.
 */
export function sentAs(title: string): string | undefined {
  const sent = title.normalize('NFC').replace(/#.*$/s, '').trim();
  return isTitle(sent.replaceAll(/[_\s]+/g, ' ')) ? sent : undefined;
}

/** In groups of at most so many. */
export function inGroups<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
