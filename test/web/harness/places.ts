import { type ListedPage, listedPages } from './pages.ts';
import type { Somebody } from './people.ts';

/** Where a page is looked at, filled, and by whom. */
export interface Place {
  readonly slug: string;
  readonly path: string;
  readonly who: Somebody;
}

/** Pages whose path has a parameter, or that are filled for others than mira of the team: what there is in the demo from its start; by the path of the list. */
const particular: Readonly<Record<string, Partial<Omit<Place, 'slug'>>>> = {
  '/vms': { who: 'daan' },
  '/vms/new': { who: 'lisa' },
  '/vms/:id': { path: '/vms/120' },
  '/projects/:id': { path: '/projects/p-d0bc5bb9', who: 'daan' },
};

/** Every page of the list at a place where there is something on it. */
export const places: readonly Place[] = listedPages.map(placeOf);

function placeOf({ slug, path }: ListedPage): Place {
  const place = { slug, path, who: 'mira' as const, ...particular[path] };
  if (place.path.includes(':')) throw new Error(`places.ts has no place where ${path} is filled`);
  return place;
}
