import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** What the page says in one language: `ask` and `button` before it is pressed, and what each result of the POST means. */
export interface LinkTexts {
  readonly title: string;
  readonly ask: string;
  readonly button: string;
  /** There is no link, or it is not one of ours. */
  readonly invalid: string;
  /** The service did not answer. */
  readonly failed: string;
  readonly [result: string]: string;
}

export interface SignedLinkPage {
  readonly html: string;
  /** Nothing but the script and the style of the page, and requests to where it came from. */
  readonly contentSecurityPolicy: string;
}

/**
 * The page behind a link that `signLink` made: one button, in the reader’s language, with nothing from elsewhere. What is signed stands in the fragment
 * of the address, which no browser, proxy or scanner of mails sends along; the page changes nothing until the button is pressed. Then it posts
 * `{ link }` to its own path, which answers `{ result, ends? }`: `result` is a key of the texts, `ends` a time that is put behind them.
 *
 * @param withoutScript the command that does the same
 */
export function signedLinkPage(
  texts: { readonly nl: LinkTexts; readonly en: LinkTexts },
  withoutScript: string,
): SignedLinkPage {
  const script = `
const texts = ${JSON.stringify(texts).replaceAll('<', '\\u003c')};${behaviour}`;
  const html = `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${texts.nl.title}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<h1 id="title">${texts.nl.title}</h1>
<p id="say" role="status"></p>
<noscript><p>Zonder JavaScript: / Without JavaScript: <code>${withoutScript}</code></p></noscript>
<button id="press" type="button" hidden></button>
<script>${script}</script>
</body>
</html>
`;
  const contentSecurityPolicy = [
    "default-src 'none'",
    `script-src ${digest(script)}`,
    `style-src ${digest(style)}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { html, contentSecurityPolicy };
}

/** Answers the page at a path, to anyone. */
export function signedLinkRoute(app: FastifyInstance, url: string, page: SignedLinkPage): void {
  app.get(url, { config: { roles: 'anyone' }, schema: { hide: true } }, async (_, reply) =>
    reply
      .header('content-security-policy', page.contentSecurityPolicy)
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page.html),
  );
}

const behaviour = `
const t = navigator.language.toLowerCase().startsWith('nl') ? texts.nl : texts.en;
const at = (id) => document.getElementById(id);
const link = location.hash.slice(1);
document.documentElement.lang = t === texts.nl ? 'nl' : 'en';
document.title = at('title').textContent = t.title;
at('say').textContent = link === '' ? t.invalid : t.ask;
at('press').textContent = t.button;
at('press').hidden = link === '';
at('press').onclick = async () => {
  at('press').disabled = true;
  try {
    const answer = await fetch(location.pathname, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ link }), credentials: 'omit',
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const { result, ends } = await answer.json();
    const until = ends === undefined ? '' : ' ' + new Date(ends).toLocaleString(document.documentElement.lang, { dateStyle: 'full', timeStyle: 'short' }) + '.';
    at('say').textContent = t[result] + until;
    at('press').hidden = true;
    // Until then the page may be loaded again.
    history.replaceState(null, '', location.pathname);
  } catch {
    at('say').textContent = t.failed;
    at('press').disabled = false;
  }
};
`;

const style = `
:root { color-scheme: light dark }
body { font: 18px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem }
button { font: inherit; padding: .5rem 1.5rem; cursor: pointer }
`;

const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
