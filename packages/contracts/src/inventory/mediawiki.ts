/** A title as MediaWiki writes it: its first letter a capital, blanks for `_`, in Unicode's normal form C. Users are titles, too. */
export function mediaWikiTitle(text: string): string {
  const [first = '', ...rest] = text.normalize('NFC').replaceAll('_', ' ').trim();
  return first.toUpperCase() + rest.join('');
}

/** The URL of a page; `api` is that of api.php. Every MediaWiki has its pages there, whatever its short addresses are. */
export function wikiPageUrl(api: string, title: string): string {
  const url = new URL('index.php', api);
  url.searchParams.set('title', title.replaceAll(' ', '_'));
  return url.href;
}

/**
 * Whether MediaWiki would let this bot password in. It makes others without complaint, and refuses each login with them
 * (BotPassword::canonicalizeLoginData, 1.39): its own are of the digits and `a` to `w`.
 */
export function isUsableBotPassword(password: string): boolean {
  return /^[0-9a-w]{32,}$/.test(password);
}
