import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildPage } from '../build/build-page.ts';

/**
 * What may be sent (gzip, in kB of 1,000 bytes). `visit` is what a participant loads who looks how it is, makes a VM and looks at it; `scripts` is every
 * page of the site in one language, which nobody loads (docs/adr/0041-what-a-visit-loads.md).
 */
const most = { firstView: 25, visit: 60, scripts: 130, styles: 10 };
const languages = ['nl', 'en'] as const;
/** Source files by whose pages a participant goes. */
const visited = ['vms/page.tsx', 'vms/new-page.tsx', 'vms/vm-page.tsx'];

let directory: string;
let files: readonly string[];
const read = (file: string) => readFileSync(join(directory, file), 'utf8');
const kB = (names: readonly string[]) =>
  names.reduce((sum, name) => sum + gzipSync(read(name)).length, 0) / 1_000;
type Manifest = Readonly<
  Record<string, { readonly file: string; readonly imports?: readonly string[] } | undefined>
>;
/** The files that are loaded with these sources, and those from which they import. */
function loadedWith(sources: readonly string[]): string[] {
  const manifest = JSON.parse(read('.vite/manifest.json')) as Manifest;
  const found = new Set<string>();
  const add = (source: string): void => {
    const { file, imports = [] } = manifest[source] ?? {};
    if (file === undefined) throw new Error(`${source} is in no file of the page`);
    if (found.has(file)) return;
    found.add(file);
    for (const each of imports) add(each);
  };
  for (const source of sources) add(source);
  return [...found];
}
const scripts = () => files.filter((file) => file.endsWith('.js'));
beforeAll(async () => {
  ({ directory, files } = await buildPage());
}, 60_000);

describe('the page as it is built', () => {
  it('has no TypeBox in it, and nothing from another host', () => {
    const all = scripts().map(read).join('\n');
    // What each schema of TypeBox has, and what its checks are made of.
    expect(all).not.toMatch(/~kind|~unsafe|typebox/i);
    const hosts = [...all.matchAll(/https?:\/\/[a-z0-9.-]+/g)].map(([url]) => url);
    // The namespaces of SVG and XHTML are names; no browser asks for them.
    expect(hosts.filter((url) => !url.startsWith('http://www.w3.org'))).toEqual([]);
    expect(read('index.html')).not.toMatch(
      /https?:\/\/|<style|style=|<script(?! type="module" crossorigin src="\/assets\/)/,
    );
  });

  it.each(languages)('is within its budget in %s', (language) => {
    const ofOther = new RegExp(`-${language === 'nl' ? 'en' : 'nl'}-[\\w-]+\\.js$`);
    // The texts import from the main file.
    const first = loadedWith([`src/words/first-${language}.ts`]);
    expect(kB(first)).toBeLessThanOrEqual(most.firstView);
    const visit = loadedWith([
      ...visited.map((page) => `src/pages/${page}`),
      `src/pages/vms/words-${language}.ts`,
    ]);
    expect(kB([...new Set([...first, ...visit])])).toBeLessThanOrEqual(most.visit);
    expect(kB(scripts().filter((file) => !ofOther.test(file)))).toBeLessThanOrEqual(most.scripts);
  });

  it('has one style sheet, within its budget', () => {
    const styles = files.filter((file) => file.endsWith('.css'));
    expect(styles).toHaveLength(1);
    expect(kB(styles)).toBeLessThanOrEqual(most.styles);
  });

  it('does not wait at the top of a file from which others import', () => {
    // The texts import from the first file, which asks for them: it would wait for them, and they for its end.
    const waiting = scripts().filter((file) => /[;}]await import\(|^await import\(/.test(read(file)));
    expect(waiting).toEqual([]);
  });

  it('has beside each file what is compressed, and is there at once when nothing has changed', async () => {
    const there = readdirSync(join(directory, 'assets'));
    for (const file of [...scripts(), 'assets/style'].map((each) => each.replace('assets/', ''))) {
      if (there.includes(file) && read(`assets/${file}`).length < 512) continue;
      expect(there.filter((each) => each.startsWith(file) && /\.(br|gz)$/.test(each))).toHaveLength(2);
    }
    expect(await buildPage()).toMatchObject({ directory, files, tookMs: 0 });
  });
});
