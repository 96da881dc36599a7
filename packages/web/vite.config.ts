import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const api = process.env.HUISMEESTER_URL ?? 'http://127.0.0.1:8080';

/**
 * What goes into which file. The first view is one script, one file of texts and one style sheet; what several other pages share is
 * one file more, and the sentences of events and reasons another.
 */
const groups = [
  // The names of states stand here for both languages: they are small, and would be two files of their own.
  {
    name: 'main',
    test: /web\/src\/main\.tsx$|rolldown[\\/]runtime|contracts\/src\/wording[-a-z]*\.ts$/,
    priority: 2,
  },
  { name: 'sentences', test: /contracts\/src\//, includeDependenciesRecursively: false, priority: 1 },
  { name: 'shared', test: /web\/src\//, minShareCount: 2, includeDependenciesRecursively: false },
];

/** Built to static files; `vite` beside a running space serves the sources, for whoever works on the page. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    // All of it is smaller than what a request more would cost.
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { proxy: { '/api': api, '/docs': api } },
  preview: { proxy: { '/api': api, '/docs': api } },
});
