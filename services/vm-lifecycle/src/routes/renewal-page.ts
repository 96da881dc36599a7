import { createHash } from 'node:crypto';

const texts = {
  nl: {
    title: 'Je VM laten doorlopen',
    ask: 'Wil je dat je VM blijft draaien? Klik dan op de knop.',
    button: 'Verleng',
    renewed: 'Gelukt. Je VM mag draaien tot',
    over: 'Deze link geldt niet meer: deze termijn is voorbij. Start je VM opnieuw, of verleng hem met: huismeester vm renew.',
    used: 'Deze termijn is al verlengd. Je hoeft niets meer te doen.',
    another: 'Deze VM is nu van iemand anders. Er is niets veranderd.',
    off: 'Je VM staat uit, dus er valt niets te verlengen. Als je hem start, begint een nieuwe termijn.',
    refused: 'Deze termijn kan niet nog een keer worden verlengd. Vraag het infrateam om hulp.',
    invalid: 'Deze link klopt niet. Kopieer hem nog eens helemaal uit de mail.',
    failed: 'Het lukte nu niet. Probeer het straks nog eens.',
  },
  en: {
    title: 'Keep your VM running',
    ask: 'Do you want your VM to go on running? Then press the button.',
    button: 'Renew',
    renewed: 'Done. Your VM may run until',
    over: 'This link is no longer valid: that lease is over. Start your VM again, or renew it with: huismeester vm renew.',
    used: 'This lease was renewed already. There is nothing you need to do.',
    another: 'This VM is somebody else’s now. Nothing was changed.',
    off: 'Your VM is off, so there is nothing to renew. When you start it, a new lease begins.',
    refused: 'This lease cannot be renewed once more. Ask the infrateam for help.',
    invalid: 'This link is not complete. Copy all of it from the mail.',
    failed: 'That did not work just now. Try again in a while.',
  },
} as const;

const script = `
const texts = ${JSON.stringify(texts)};
const t = navigator.language.toLowerCase().startsWith('nl') ? texts.nl : texts.en;
const at = (id) => document.getElementById(id);
const link = location.hash.slice(1);
document.documentElement.lang = t === texts.nl ? 'nl' : 'en';
document.title = at('title').textContent = t.title;
at('say').textContent = link === '' ? t.invalid : t.ask;
at('renew').textContent = t.button;
at('renew').hidden = link === '';
at('renew').onclick = async () => {
  at('renew').disabled = true;
  try {
    const answer = await fetch(location.pathname, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ link }), credentials: 'omit',
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const { result, ends } = await answer.json();
    const until = ends === undefined ? '' : ' ' + new Date(ends).toLocaleString(document.documentElement.lang, { dateStyle: 'full', timeStyle: 'short' }) + '.';
    at('say').textContent = t[result] + until;
    at('renew').hidden = true;
    // Until then the page may be loaded again.
    history.replaceState(null, '', location.pathname);
  } catch {
    at('say').textContent = t.failed;
    at('renew').disabled = false;
  }
};
`;

const style = `
:root { color-scheme: light dark }
body { font: 18px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem }
button { font: inherit; padding: .5rem 1.5rem; cursor: pointer }
`;

/** A page of one script, in the reader's language, with nothing from elsewhere; without a script it says what to do instead. */
export const renewalPage = `<!doctype html>
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
<noscript><p>Zonder JavaScript: / Without JavaScript: <code>huismeester vm renew</code></p></noscript>
<button id="renew" type="button" hidden></button>
<script>${script}</script>
</body>
</html>
`;

const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing but the script and the style above, and requests to where the page came from. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `script-src ${digest(script)}`,
  `style-src ${digest(style)}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
