import type { LocalApi } from '../../spaces/e2e/local-api.ts';
import { type ListedPage, listedPages } from './pages.ts';
import type { Somebody } from './people.ts';

/** Where a page is looked at, filled, and by whom. */
export interface Place extends ListedPage {
  readonly who: Somebody;
}

/** Pages that are filled for others than mira of the team, or with a part of the path that is not the first of its list; by the path of the list. */
const particular: Readonly<Record<string, Partial<Pick<Place, 'path' | 'who'>>>> = {
  '/vms': { who: 'daan' },
  '/vms/new': { who: 'lisa' },
  '/vms/:id': { path: '/vms/123', who: 'daan' },
  '/projects/:id': { who: 'daan' },
  // A report is made once a month.
  '/report/:id': { path: '/report/preview' },
};

/** Every page of the list, as somebody for whom there is something on it. */
export const places: readonly Place[] = listedPages.map((page) => ({
  ...page,
  who: 'mira',
  ...particular[page.path],
}));

/** The resource whose first one is looked at, where it is not called as the page is; by the path of the list. */
const resources: Readonly<Record<string, string>> = {
  '/things/:id': 'items',
  '/team/applications/:id': 'applications',
  '/team/:person': 'people',
};

/** Where the page is: for `/decisions/:id` the newest of `/api/v1/decisions`. */
export async function pathOf({ path }: Pick<Place, 'path'>, local: LocalApi): Promise<string> {
  const [parameter] = /:\w+/.exec(path) ?? [];
  if (parameter === undefined) return path;
  const resource = resources[path] ?? path.split('/')[1];
  const list = await local.get<{ results: readonly { id: string | number }[] }>(
    `/api/v1/${resource}?limit=1`,
  );
  const [first] = list.results;
  if (first === undefined) throw new Error(`the demo has nothing to look at on ${path}`);
  return path.replace(parameter, encodeURIComponent(first.id));
}
