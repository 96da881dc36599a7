import { useEffect } from 'preact/hooks';
import { place } from '../app/router.ts';

/** What the fragment of the address names. */
export function anchor(): string {
  return location.hash.slice(1);
}

/**
 * Goes to what the fragment of the address names, once it is there: what is fetched comes after the page. `content` is what it may be in; where that changes
 * nothing moves any more.
 */
export function useAnchor(content: unknown): void {
  const isThere = content !== undefined;
  // A link to another fragment of the same page is a change of place.
  const here = place.value;
  useEffect(() => {
    if (!isThere || anchor() === '') return;
    const found = document.getElementById(anchor());
    found?.scrollIntoView();
    if (found?.tabIndex === -1) found.focus({ preventScroll: true });
  }, [isThere, here]);
}
