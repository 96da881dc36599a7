import type { LocalApi } from '../../spaces/e2e/local-api.ts';
import { pathOf, places } from './places.ts';

/** A page with its path, of which there may be several: who may do what differs from VM to VM. */
export interface Spot {
  readonly slug: string;
  readonly path: string;
}

/** Of these each one is looked at, as far as there are so many. */
const each = [
  { slug: 'team-applications-id', list: '/api/v1/applications?limit=8', at: '/team/applications/' },
  { slug: 'team-person', list: '/api/v1/team?limit=6', at: '/team/', key: 'person' },
  { slug: 'things-id', list: '/api/v1/items?limit=4', at: '/things/' },
] as const;

/** Of each class one, and the one that is offered to somebody. */
const vms = ['101', '111', '120'];

/** Every page but those on walls, and of some of them more than one. */
export async function spotsOf(local: LocalApi): Promise<Spot[]> {
  const first = places
    .filter(({ slug }) => slug !== 'display')
    .map(async (place) => ({ slug: place.slug, path: await pathOf(place, local) }));
  const more = each.map(async ({ slug, list, at, ...rest }) => {
    const key = 'key' in rest ? rest.key : 'id';
    const { results } = await local.get<{ results: readonly Readonly<Record<string, string>>[] }>(list);
    return results.map((found) => ({ slug, path: `${at}${found[key]}` }));
  });
  const all = [
    ...(await Promise.all(first)),
    ...vms.map((id) => ({ slug: 'vms-id', path: `/vms/${id}` })),
    ...(await Promise.all(more)).flat(),
  ];
  return [...new Map(all.map((spot) => [spot.path, spot])).values()];
}
