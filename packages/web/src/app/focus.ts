/* What has the focus can leave the page: a line that was released, a notice that was undone. Then what it stood in has the focus, and not the page as a whole. */

let last: Element | undefined;
/** What had the focus last, but for notices, and what that stood in, within the body. */
let around: readonly HTMLElement[] = [];

/** Keeps the focus in the page. Once in the life of the page. */
export function keepFocus(): void {
  addEventListener('focusin', (event) => {
    last = event.target as Element;
    if (!last.closest('.notices')) around = event.composedPath().slice(0, -4) as HTMLElement[];
  });
  new MutationObserver(() => {
    if (last?.isConnected !== false || document.activeElement !== document.body) return;
    const next = around.find((each) => each.isConnected && each.matches('a, button, input, section, main'));
    if (!next) return;
    // It cannot have the focus without that.
    if (next.tabIndex < 0) next.tabIndex = -1;
    next.focus({ preventScroll: true });
  }).observe(document.body, { childList: true, subtree: true });
}
