import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { collectProblems } from './problems.ts';
import { type Size, sizes } from './sizes.ts';

export interface VisitOptions {
  /** Where the page is served, such as `http://127.0.0.1:8080`: a request to any other origin is a problem. */
  readonly origin: string;
  /** A desktop if left out. */
  readonly size?: Size;
  readonly scheme?: 'light' | 'dark';
  /** Less motion if left out: what is looked at must not be in between. */
  readonly motion?: 'reduce' | 'no-preference';
  readonly forcedColours?: boolean;
  /** What the browser asks for; `nl-NL` if left out. */
  readonly language?: string;
  readonly timezone?: string;
  /** Cookies that it has from before, as `context.cookies()` returned them. */
  readonly cookies?: Awaited<ReturnType<BrowserContext['cookies']>>;
  /** Problems that belong to this visit. */
  readonly expected?: readonly RegExp[];
}

/** Somebody with a browser of their own, who looks at the page. */
export interface Visit {
  readonly context: BrowserContext;
  /** The first tab. */
  readonly page: Page;
  newTab(): Promise<Page>;
  /** From now on this is none of the problems, such as answers that do not come while the program is down. */
  expect(problem: RegExp): void;
  /** What went wrong so far, and was not expected. */
  problems(): readonly string[];
  /** Closes all tabs. Rejects with {@link VisitProblemsError} if anything went wrong that was not expected. */
  close(): Promise<void>;
}

/** The page had errors in a browser, asked another host, or broke its content security policy. */
export class VisitProblemsError extends Error {
  override readonly name = 'VisitProblemsError';
  readonly code = 'visit-problems';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`the browser had problems:\n${problems.join('\n')}`);
    this.problems = problems;
  }
}

/** Opens an empty tab in a context of its own. */
export async function openVisit(browser: Browser, options: VisitOptions): Promise<Visit> {
  const context = await browser.newContext(contextOptions(options));
  const collected = await collectProblems(context, options.origin);
  for (const each of options.expected ?? []) collected.expect(each);
  if (options.cookies) await context.addCookies(options.cookies);
  return {
    context,
    page: await context.newPage(),
    newTab: () => context.newPage(),
    expect: collected.expect,
    problems: collected.problems,
    async close() {
      await context.close();
      const problems = collected.problems();
      if (problems.length > 0) throw new VisitProblemsError(problems);
    },
  };
}

function contextOptions(options: VisitOptions): BrowserContextOptions {
  const { origin, size = 'desktop', scheme = 'light', motion = 'reduce' } = options;
  const { forcedColours = false, language = 'nl-NL', timezone = 'Europe/Amsterdam' } = options;
  return {
    ...sizes[size],
    baseURL: origin,
    colorScheme: scheme,
    reducedMotion: motion,
    forcedColors: forcedColours ? 'active' : 'none',
    locale: language,
    timezoneId: timezone,
    // A server with a certificate of a test's own authority.
    ignoreHTTPSErrors: true,
  };
}
