import { readFileSync } from 'node:fs';

/** A page of the site, as its list has it. */
export interface ListedPage {
  /** For names of files, such as `vms-id`: several pages may have one name in the navigation. */
  readonly slug: string;
  /** `/vms/:id` */
  readonly path: string;
}

/** The list is read as text: its modules are for browsers. */
const list = readFileSync(new URL('../../../packages/web/src/app/pages.ts', import.meta.url), 'utf8');

/** All pages that there are, as packages/web/src/app/pages.ts lists them. */
export const listedPages: readonly ListedPage[] = [
  ...list.matchAll(/\bname: '[\w-]+',\s+path: '([^']+)'/g),
].map(([, path = '']) => ({ slug: path.match(/[\w-]+/g)?.join('-') ?? 'now', path }));
