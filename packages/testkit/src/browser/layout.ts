import type { Page } from 'playwright-core';

/** Of a page, where the functions that are sent there run: as much of the DOM as they use. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}
interface Found {
  readonly tagName: string;
  readonly id: string;
  readonly className: unknown;
  readonly textContent: string;
  readonly parentElement: Found | null;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): Box;
  checkVisibility(options: { visibilityProperty: boolean; opacityProperty: boolean }): boolean;
  closest(selector: string): Found | null;
  contains(other: Found | null): boolean;
  scrollIntoView(options: { block: 'center'; behavior: 'instant' }): void;
}
declare const document: {
  readonly documentElement: { readonly clientWidth: number };
  querySelector(selector: string): Found | null;
  querySelectorAll(selector: string): Iterable<Found>;
  elementFromPoint(x: number, y: number): Found | null;
};
declare function getComputedStyle(element: Found): { readonly display: string; readonly overflowX: string };

/** The elements that stick out of the window to the right, so that one has to scroll sideways, or cannot see them. None are in a box of their own that scrolls. */
export async function sidewaysScroll(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const isInScroller = (element: Found): boolean => {
      for (let each = element.parentElement; each && each.tagName !== 'BODY'; each = each.parentElement)
        if (getComputedStyle(each).overflowX !== 'visible') return true;
      return false;
    };
    const out = [...document.querySelectorAll('body *')].filter(
      (each) =>
        each.getBoundingClientRect().right > width + 0.5 &&
        each.checkVisibility({ visibilityProperty: true, opacityProperty: false }) &&
        !isInScroller(each),
    );
    // Those within are the cause, not what is around them.
    const innermost = out.filter((each) => !out.some((other) => other !== each && each.contains(other)));
    return innermost.map((each) => {
      const text = each.textContent.trim().replaceAll(/\s+/g, ' ').slice(0, 60);
      const right = Math.ceil(each.getBoundingClientRect().right);
      return `<${each.tagName.toLowerCase()} class="${each.className}"> «${text}» ends at ${right} of ${width} px`;
    });
  });
}

const targets =
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [role=switch], [role=menuitem]';

/** The buttons, links and fields that a finger cannot hit well: less than 44 px high or wide. A link within a line of text may be (WCAG 2.2, 2.5.8). */
export async function smallTouchTargets(page: Page, atLeastPx = 44): Promise<string[]> {
  return await page.evaluate(
    ({ targets, atLeastPx }) => {
      const labelOf = (element: Found): Found | null =>
        element.closest('label') ??
        (element.id === '' ? null : document.querySelector(`label[for="${element.id}"]`));
      const isLarge = ({ width, height }: Box): boolean =>
        width >= atLeastPx - 0.5 && height >= atLeastPx - 0.5;
      const isWithinText = (element: Found): boolean =>
        element.tagName === 'A' &&
        getComputedStyle(element).display === 'inline' &&
        (element.parentElement?.textContent.trim().length ?? 0) > element.textContent.trim().length;
      /** A skip link is out of sight until it has the focus. */
      const isHidden = ({ width, height, right, bottom }: Box): boolean =>
        width <= 1 || height <= 1 || right <= 0 || bottom <= 0;
      /** What a finger may hit instead of a small box: its label, or an area that CSS adds around it. */
      const isHit = (element: Found, box: Box): boolean => {
        const label = labelOf(element);
        const reach = atLeastPx / 2 - 1;
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const around = [
          [x - reach, y],
          [x + reach, y],
          [x, y - reach],
          [x, y + reach],
        ] as const;
        return (
          (label !== null && isLarge(label.getBoundingClientRect())) ||
          around.every(([px, py]) => element.contains(document.elementFromPoint(px, py)))
        );
      };
      const small: string[] = [];
      for (const element of document.querySelectorAll(targets)) {
        if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        if (isWithinText(element) || isHidden(element.getBoundingClientRect())) continue;
        element.scrollIntoView({ block: 'center', behavior: 'instant' });
        const box = element.getBoundingClientRect();
        if (isLarge(box) || isHit(element, box)) continue;
        const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 60);
        const size = `${Math.round(box.width)} × ${Math.round(box.height)} px`;
        small.push(`<${element.tagName.toLowerCase()} class="${element.className}"> «${name}»: ${size}`);
      }
      return small;
    },
    { targets, atLeastPx },
  );
}
