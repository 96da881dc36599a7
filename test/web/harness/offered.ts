import { outcomeFor, whoMay } from '../../spaces/e2e/people/who-may.ts';

/** Routes that change something, as the whole program has them: `DELETE /api/v1/holds/:id`. */
export const acting: readonly string[] = Object.keys(whoMay).filter((route) =>
  /^(POST|PUT|PATCH|DELETE) \/api\//.test(route),
);

/** The route of a request, `DELETE /api/v1/holds/7`: of several that fit, the one with most words of its own. */
export function routeOf(request: string): string | undefined {
  const fits = (route: string) => new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`).test(request);
  return acting.filter(fits).toSorted((a, b) => a.split(':').length - b.split(':').length)[0];
}

/** How the routes are declared to answer somebody with these roles who logged in; `in`: they get in. */
export function outcomeOf(route: string, roles: readonly string[]): string {
  const rule = whoMay[route];
  if (rule === undefined) return 'there is no such route';
  const identity = { name: 'somebody', isPerson: true, hasSession: true } as const;
  return outcomeFor(route, rule, { ...identity, roles: roles as never });
}
