import type { BrowserContext, ConsoleMessage, Request } from 'playwright-core';

export interface Problems {
  expect(problem: RegExp): void;
  problems(): readonly string[];
}

/** What the page itself stopped, such as a stream while its tab is hidden. */
const stopped = 'net::ERR_ABORTED';
/** Chromium's message of an answer of 400 or more, or of none: that is collected with its method and path. */
const failedToLoad = /^Failed to load resource: /;

/** How a violation comes from the page; what `securitypolicyviolation` has of it. */
interface Violation {
  readonly directive: string;
  readonly blocked: string;
}
interface ViolationEvent {
  readonly effectiveDirective: string;
  readonly blockedURI: string;
}
/** Of a page, where the functions that are sent there run. */
declare const document: {
  addEventListener(type: 'securitypolicyviolation', listener: (event: ViolationEvent) => void): void;
};
declare const window: { huismeesterViolation(violation: Violation): Promise<void> };

/**
 * Collects from all tabs what must not happen, a line each, that begins with what it is: `console`, `error` (thrown and not caught), `csp`, `answer`
 * (400 or more), `failed` (no answer), `foreign` (a request to another origin), `dialog`, `crash`.
 */
export async function collectProblems(context: BrowserContext, origin: string): Promise<Problems> {
  const found: string[] = [];
  const expected: RegExp[] = [];
  const pathOf = (url: string): string => (url.startsWith(origin) ? url.slice(origin.length) : url);
  const add = (kind: string, what: string): void => {
    found.push(`${kind}: ${what}`);
  };
  const asked = (request: Request) => `${request.method()} ${pathOf(request.url())}`;
  context.on('console', (message) => {
    if (isError(message)) add('console', `${message.text()} (${pathOf(message.location().url)})`);
  });
  context.on('weberror', (error) => add('error', error.error().stack ?? String(error.error())));
  context.on('request', (request) => {
    if (isForeign(request.url(), origin)) add('foreign', asked(request));
  });
  context.on('response', (response) => {
    if (response.status() >= 400) add('answer', `${response.status()} ${asked(response.request())}`);
  });
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    if (why !== stopped) add('failed', `${asked(request)} ${why}`);
  });
  context.on('dialog', async (dialog) => {
    add('dialog', `${dialog.type()} ${dialog.message()}`);
    await dialog.dismiss();
  });
  context.on('page', (page) => page.on('crash', () => add('crash', pathOf(page.url()))));
  await collectViolations(context, ({ directive, blocked }) => add('csp', `${directive} blocked ${blocked}`));
  return {
    expect: (problem) => expected.push(problem),
    problems: () => found.filter((each) => !expected.some((problem) => problem.test(each))),
  };
}

async function collectViolations(context: BrowserContext, on: (violation: Violation) => void): Promise<void> {
  await context.exposeBinding('huismeesterViolation', (_, violation: Violation) => on(violation));
  await context.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      void window.huismeesterViolation({ directive: effectiveDirective, blocked: blockedURI });
    }),
  );
}

function isError(message: ConsoleMessage): boolean {
  return message.type() === 'error' && !failedToLoad.test(message.text());
}

function isForeign(url: string, origin: string): boolean {
  return /^(https?|wss?|ftp):/.test(url) && new URL(url).origin !== new URL(origin).origin;
}
