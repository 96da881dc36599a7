import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const api = process.env.HUISMEESTER_URL ?? 'http://127.0.0.1:8080';

/** Built to static files; `vite` beside a running space serves the sources, for whoever works on the page. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false }, manifest: true },
  server: { proxy: { '/api': api, '/docs': api } },
  preview: { proxy: { '/api': api, '/docs': api } },
});
