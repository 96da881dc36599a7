import { sharedBrowser, type TestBrowser, type Visit, type VisitOptions } from '@huismeester/testkit/browser';
import type { Demo } from './demo.ts';
import { password, type Somebody } from './people.ts';
import { sharedDemo } from './shared-demo.ts';

export interface VisitDemoOptions extends Partial<VisitOptions> {
  /** Another demo than the shared one. */
  readonly demo?: Pick<Demo, 'url'>;
  /** Another browser than the shared one. */
  readonly browser?: TestBrowser;
  /** A session of their own, since it is to end; else everybody has one for all visits. */
  readonly ownSession?: boolean;
}

/** Before somebody logged in, nobody is known: the page asks, and is answered so. */
const notLoggedIn = /^answer: 401 GET \/api\/v1\/(me|now|live)$/;

/** A browser at the demo, of somebody who logged in or of nobody; it has no page open. Whoever opens it closes it, which fails if anything went wrong in it. */
export async function openBrowser(who: Somebody | 'nobody', options: VisitDemoOptions = {}): Promise<Visit> {
  const { demo = await sharedDemo(), ownSession = false, expected = [], browser, ...rest } = options;
  const visit = await (browser ?? (await sharedBrowser())).open({
    origin: demo.url,
    ...rest,
    expected: who === 'nobody' ? [notLoggedIn, ...expected] : expected,
  });
  if (who === 'nobody') return visit;
  const known = ownSession ? undefined : sessions.get(`${demo.url} ${who}`);
  if (known) await visit.context.addCookies(known);
  else {
    await logInByRequest(visit, who);
    if (!ownSession) sessions.set(`${demo.url} ${who}`, await visit.context.cookies());
  }
  return visit;
}

/** A browser for each person, of which one page is used again and again: it takes half a second to open one. */
export function createVisits(options: VisitDemoOptions) {
  const open = new Map<Somebody, Promise<Visit>>();
  return {
    of(who: Somebody): Promise<Visit> {
      const known = open.get(who) ?? openBrowser(who, options);
      open.set(who, known);
      return known;
    },
    /** Fails if anything went wrong in any of them. */
    async close(): Promise<void> {
      const all = await Promise.all(open.values());
      await Promise.all(all.map((visit) => visit.close()));
    },
  };
}

type Cookies = Awaited<ReturnType<Visit['context']['cookies']>>;
/** The sessions of this worker, by demo and person: logging in takes a quarter of a second, by design. */
const sessions = new Map<string, Cookies>();

/** Logs in without the form: the context has the cookie from now on. */
async function logInByRequest({ context }: Visit, login: Somebody): Promise<void> {
  const answer = await context.request.post('/api/v1/sessions', { data: { login, password } });
  if (answer.status() !== 201) throw new Error(`the login of ${login} was answered ${answer.status()}`);
}
