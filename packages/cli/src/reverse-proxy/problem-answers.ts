import { assets } from '@huismeester/web/build';

/** What Caddy itself answers when it cannot pass a request on: problems (RFC 9457) as the services give, by status. */
const away = {
  code: 'service-away',
  title: 'The service does not answer',
  detail: 'It is down, or starting. Ask again; its log, and /health/ready of the process itself, say more',
};
const internal = {
  code: 'not-served-here',
  title: 'Health and metrics are not served to everybody',
  detail: 'Ask the process itself where it listens; huismeester status shows the health of all services',
};
/** As the process says it that serves the page itself. */
const noSuchFile = {
  code: 'no-such-file',
  title: 'There is no such file',
  detail: 'The program has another version by now: load the page again',
};
const refused = { code: 'reverse-proxy', title: 'The reverse proxy cannot pass this on' };

/** The lines of a Caddy site for it. */
export function problemAnswers(): string[] {
  return [
    'handle_errors {',
    '\theader Content-Type application/problem+json',
    '\theader Cache-Control no-store',
    '\t@away expression `{err.status_code} in [502, 503, 504]`',
    `\t@no-file path ${assets}*`,
    '\t@not-served expression `{err.status_code} == 404`',
    `\trespond @no-file \`${bodyOf(noSuchFile)}\` {err.status_code}`,
    `\trespond @not-served \`${bodyOf(internal)}\` {err.status_code}`,
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
