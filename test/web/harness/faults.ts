import type { Page } from '@huismeester/testkit/browser';

/** What a request of a page meets instead of its answer: it is kept waiting, or answered with a problem, or by a list that has nothing in it. */
export type Fault = 'held' | 'empty' | MadeUpProblem;

/** A problem (RFC 9457) as the API has it. */
export interface MadeUpProblem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly instance: string;
  readonly clause?: string;
}

/** A service is away; with a clause, so that all that a problem may have is there to be shown. */
export const away: MadeUpProblem = {
  status: 503,
  code: 'other-service-away',
  title: 'Another service is away',
  detail: 'It gave no answer within 5 s',
  instance: 'urn:uuid:00000000-0000-4000-8000-000000000503',
  clause: 'CORE-1',
};

/** As the API refuses somebody who has none of the roles of a route. */
export const forbidden: MadeUpProblem = {
  status: 403,
  code: 'forbidden',
  title: 'You may not do this',
  detail: 'This is for: infrateam, board',
  instance: 'urn:uuid:00000000-0000-4000-8000-000000000403',
};

/** Between a page and the API: what it asks for, and what happens to that. */
export interface Faults {
  /** From now on what is asked for (path with query) meets this; what was kept waiting goes on. */
  set(faultOf: (path: string) => Fault | undefined): void;
  /** What was asked for since this was called last. */
  asked(): readonly string[];
  /** Whether something is being asked at this moment. */
  isBusy(): boolean;
}

const known = new WeakMap<Page, Promise<Faults>>();

/** Stands between this page and the API; without a fault an answer is the real one. What the space is called, and the stream, are none of it. */
export function faultsOf(page: Page): Promise<Faults> {
  const found = known.get(page) ?? stand(page);
  known.set(page, found);
  return found;
}

async function stand(page: Page): Promise<Faults> {
  let faultOf: (path: string) => Fault | undefined = () => undefined;
  let waiting: (() => void)[] = [];
  let asked = new Set<string>();
  let running = 0;
  await page.route(/\/api\/v1\/(?!site$|live$)/, async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const path = `${pathname}${search}`;
    asked.add(path);
    running += 1;
    if (faultOf(path) === 'held') await new Promise<void>((resolve) => waiting.push(resolve));
    await meet(route, faultOf(path)).finally(() => {
      running -= 1;
    });
  });
  return {
    set(next) {
      faultOf = next;
      const before = waiting;
      waiting = [];
      for (const go of before) go();
    },
    asked() {
      const since = [...asked];
      asked = new Set();
      return since;
    },
    isBusy: () => running > 0,
  };
}

type Route = Parameters<Parameters<Page['route']>[1]>[0];

async function meet(route: Route, fault: Fault | undefined): Promise<void> {
  if (fault === undefined || fault === 'held') return await route.continue();
  if (fault === 'empty') return await emptied(route);
  const { status } = fault;
  return await route.fulfill({
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify(fault),
  });
}

/** The real answer, without what is in it where it is a list. */
async function emptied(route: Route): Promise<void> {
  const response = await route.fetch();
  const isJson = response.status() === 200 && response.headers()['content-type']?.includes('json');
  const answer = isJson ? await response.json() : undefined;
  if (!Array.isArray(answer?.results)) return await route.fulfill({ response });
  return await route.fulfill({ response, json: { ...answer, results: [], next: null, count: 0 } });
}
