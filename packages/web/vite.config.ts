import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const api = process.env.HUISMEESTER_URL ?? 'http://127.0.0.1:8080';

/** What a language has of its own in the contracts: names of states with the first view, sentences with the page that says them. */
const ofOneLanguage = /(wording|sentences)(-[a-z]+)*-(en|nl)\.ts$/;

/**
 * What goes into which file. The first view is one script, one file of texts and one style sheet; what several other pages share is
 * one file more, and the reasons of decisions another.
 */
const groups = [
  {
    name: 'main',
    test: /web\/src\/main\.tsx$|contracts\/src\/wording\.ts$/,
    priority: 2,
  },
  {
    name: 'sentences',
    test: (id: string) => /contracts\/src\//.test(id) && !ofOneLanguage.test(id),
    includeDependenciesRecursively: false,
    priority: 1,
  },
  // What the pages about things share is much, and nobody who looks after a VM needs it.
  {
    name: 'things',
    test: /pages\/things\//,
    minShareCount: 2,
    includeDependenciesRecursively: false,
    priority: 1,
  },
  // Pages of a few lines: each as a file of its own would be half imports.
  {
    name: 'things-more',
    test: /web\/src\/pages\/things\/(new|import|labels)-page\.tsx$/,
    priority: 3,
    includeDependenciesRecursively: false,
  },
  { name: 'shared', test: /web\/src\//, minShareCount: 2, includeDependenciesRecursively: false },
];

/** Files that a page needs are few, and asked for together: what Vite adds to ask for them earlier is more than that saves. */
const withoutPreloads: Plugin = {
  name: 'without-preloads',
  enforce: 'pre',
  load: (id) =>
    id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : undefined,
};

/**
 * Sentences of events use a few words of the first view’s: each file of them has a copy of those. Else these words would be a file of their own, and the
 * first view one request more.
 */
const ownWords: Plugin = {
  name: 'own-words',
  enforce: 'pre',
  async resolveId(source, importer = '') {
    const isOfEvents = /sentences(-[a-z]+)*-nl\.ts$/.test(importer);
    // The list of all of them hands on the first view's own.
    const isTheList = importer.endsWith('contracts/src/sentences-nl.ts');
    if (!source.endsWith('/wording-nl.ts') || !isOfEvents || isTheList) return null;
    const found = await this.resolve(source, importer, { skipSelf: true });
    return found && `${found.id}?own`;
  },
  load: async (id) =>
    id.endsWith('wording-nl.ts?own') ? await readFile(id.replace('?own', ''), 'utf8') : undefined,
};

/** How the space is comes from `/now` as a sentence: what that is made of is no part of the page. */
const saidByServer: Plugin = {
  name: 'said-by-server',
  enforce: 'pre',
  load: (id) => (id.endsWith('policy/reasons/now.ts') ? 'export const now = {};' : undefined),
};

/** Built to static files; `vite` beside a running space serves the sources, for whoever works on the page. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [withoutPreloads, ownWords, saidByServer],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: false,
    manifest: true,
    // All of it is smaller than what a request more would cost.
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { proxy: { '/api': api, '/docs': api } },
  preview: { proxy: { '/api': api, '/docs': api } },
});
