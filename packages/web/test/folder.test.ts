import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { copyPage } from '../build/copy-page.ts';
import { isBuilt, publish } from '../build/folder.ts';

let dist: string;
beforeEach(async () => {
  dist = await mkdtemp(join(tmpdir(), 'hm-dist-'));
});
afterEach(() => rm(dist, { recursive: true }));

const making = (text: string) => (directory: string) => writeFile(join(directory, 'index.html'), text);
const longAgo = new Date('2026-01-01T00:00:00Z');

it('two that build the same at once leave one whole build, and nothing beside it', async () => {
  await Promise.all([publish('abc', making('one'), dist), publish('abc', making('two'), dist)]);
  expect(readdirSync(dist)).toEqual(['abc']);
  expect(readFileSync(join(dist, 'abc/index.html'), 'utf8')).toMatch(/^(one|two)$/);
});

it('a build that fails is none, and one that was killed is in nobody’s way', async () => {
  const fails = async (directory: string) => {
    await writeFile(join(directory, 'index.html'), 'half');
    throw new Error('a mistake in the sources');
  };
  await expect(publish('abc', fails, dist)).rejects.toThrow('a mistake in the sources');
  expect([await isBuilt('abc', dist), readdirSync(dist)]).toEqual([false, []]);
  await mkdir(join(dist, '.making-killed'));
  await publish('abc', making('whole'), dist);
  expect(readdirSync(dist)).toEqual(['.making-killed', 'abc']);
  await utimes(join(dist, '.making-killed'), longAgo, longAgo);
  await publish('def', making('whole'), dist);
  expect(readdirSync(dist)).toEqual(['abc', 'def']);
});

it('keeps the newest builds, for processes that run, and no more', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
    await publish(name, making(name), dist);
    const at = new Date(longAgo.getTime() + name.charCodeAt(0) * 1_000);
    await utimes(join(dist, name), at, at);
  }
  expect(readdirSync(dist)).toEqual(['b', 'c', 'd', 'e', 'f']);
});

it('a web server’s folder gets the new page, and keeps files of the one before for as long as one may be open', async () => {
  const version = async (name: string, text: string) => {
    const directory = join(dist, name);
    await mkdir(join(directory, 'assets'), { recursive: true });
    for (const file of ['index.html', 'index.html.br', `assets/${name}.js`])
      await writeFile(join(directory, file), text);
    return { directory, files: ['index.html', `assets/${name}.js`] };
  };
  const into = join(dist, 'served');
  await copyPage(await version('old', 'one'), into);
  await copyPage(await version('new', 'two'), into);
  expect(readdirSync(into, { recursive: true }).sort()).toEqual([
    'assets',
    'assets/new.js',
    'assets/old.js',
    'index.html',
    'index.html.br',
  ]);
  expect(readFileSync(join(into, 'index.html.br'), 'utf8')).toBe('two');
  await utimes(join(into, 'assets/old.js'), longAgo, longAgo);
  await copyPage(await version('new', 'two'), into);
  expect(existsSync(join(into, 'assets/old.js'))).toBe(false);
});
