import type { Identity } from './identities.ts';
import type { PeopleSpace } from './space.ts';
import { outcomeFor, type Rule, whoMay } from './who-may.ts';

/** For every parameter: nothing has this id, and a name may be written so. */
const unknownId = '00000000-0000-4000-8000-000000000000';

/** Asks each of these routes as each of these, and gives what was not as the table says, a line each. */
export async function walk(
  space: PeopleSpace,
  routes: Iterable<string>,
  identities: readonly Identity[],
): Promise<string[]> {
  const found = [...routes].flatMap((route) =>
    those(route, identities).map(async (identity) => {
      const rule = whoMay[route];
      if (rule === undefined) return [`${route} is not in the table of who-may.ts`];
      const [outcome, right] = [
        await outcomeOf(space, route, rule, identity),
        outcomeFor(route, rule, identity),
      ];
      return outcome === right ? [] : [`${route} by ${identity.name}: ${outcome}, and not ${right}`];
    }),
  );
  return [...new Set((await Promise.all(found)).flat())];
}

/** Pages and documents, which are large, are asked for by nobody, and by somebody whom all other routes refuse. */
function those(route: string, identities: readonly Identity[]): readonly Identity[] {
  if (route.includes(' /api/')) return identities;
  return identities.filter(({ roles }) => roles === undefined).slice(0, 2);
}

async function outcomeOf(
  { ask }: PeopleSpace,
  route: string,
  { body }: Rule,
  { headers, locally }: Identity,
): Promise<string> {
  const [method = '', url = ''] = route.split(' ');
  const { status, json } = await ask(url.replaceAll(/:\w+|\*/g, unknownId), {
    method,
    ...(headers && { headers }),
    ...(locally && { locally }),
    ...(body !== undefined && { body }),
  });
  if (status === 401 || status === 403) return `${status} ${json.code}`;
  return status < 500 && status !== 429 ? 'in' : `${status}`;
}
