import { password, type Somebody } from './people.ts';

/** Logs in without a browser, as a program does; the secret of the session, which is also what a browser keeps as its cookie. */
export async function sessionOf(login: Somebody, url: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  return ((await answer.json()) as { secret: string }).secret;
}
