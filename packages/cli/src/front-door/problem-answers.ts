/** What Caddy itself answers when it cannot pass a request on: problems (RFC 9457) as the services give, by status. */
const away = {
  code: 'service-away',
  title: 'The service does not answer',
  detail: 'It is down, or starting: /health/<service>/ready says more once it is up. Ask again',
};
const refused = { code: 'front-door', title: 'The front door cannot pass this on' };

/** The lines of a Caddy site for it. */
export function problemAnswers(): string[] {
  return [
    'handle_errors {',
    '\theader Content-Type application/problem+json',
    '\theader Cache-Control no-store',
    '\t@away expression `{err.status_code} in [502, 503, 504]`',
    `\trespond @away \`${bodyOf(away)}\` {err.status_code}`,
    `\trespond \`${bodyOf(refused)}\` {err.status_code}`,
    '}',
  ];
}

/** A brace would begin a placeholder of Caddy's; the status is one. */
function bodyOf(problem: Readonly<Record<string, string>>): string {
  const text = JSON.stringify({ type: 'about:blank', ...problem, status: 0 });
  return text
    .replaceAll(/[{}]/g, (brace) => `\\${brace}`)
    .replace('"status":0', '"status":{err.status_code}');
}
