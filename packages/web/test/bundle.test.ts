import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildPage } from '../build/build-page.ts';

/**
 * What may be sent (gzip, in kB of 1,000 bytes). What a phone on a slow line should need is 25 for the first view and 60 for all scripts: these are
 * the sizes that are not to be exceeded on the way there, both languages counted.
 */
const most = { firstView: 27, scripts: 153, styles: 10 };

let directory: string;
let files: readonly string[];
const read = (file: string) => readFileSync(join(directory, file), 'utf8');
const kB = (names: readonly string[]) =>
  names.reduce((sum, name) => sum + gzipSync(read(name)).length, 0) / 1_000;
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

  it('is within its budget', () => {
    const [main] = scripts().filter((file) => file.startsWith('assets/main-'));
    for (const language of ['nl', 'en']) {
      const [texts] = scripts().filter((file) => file.startsWith(`assets/first-${language}-`));
      expect([main, texts]).not.toContain(undefined);
      expect(kB([main ?? '', texts ?? ''])).toBeLessThanOrEqual(most.firstView);
    }
    expect(kB(scripts())).toBeLessThanOrEqual(most.scripts);
    const styles = files.filter((file) => file.endsWith('.css'));
    expect(styles).toHaveLength(1);
    expect(kB(styles)).toBeLessThanOrEqual(most.styles);
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
