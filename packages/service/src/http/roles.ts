import { everyRole } from '@huismeester/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Allowed, Identity, Role } from './identity.ts';
import { Problem } from './problem.ts';

/** A route says no roles: a mistake in the program, so it does not start. */
export class RouteWithoutRoles extends Error {
  override readonly name = 'RouteWithoutRoles';
  readonly code = 'route-without-roles';
}

/** The pages come from a plugin, which cannot say for itself who may see them. */
const pages = /^\/docs(\/|$)/;

/** Makes every route say its roles, and holds every request to them. Call it before any route is added. */
export function holdToRoles(
  app: FastifyInstance,
  identify: (request: FastifyRequest) => Promise<Identity | undefined>,
): void {
  const identities = new WeakMap<FastifyRequest, Identity>();
  app.addHook('onRoute', (route) => {
    if (pages.test(route.url)) route.config = { ...route.config, roles: 'anyone' };
    if (route.config?.roles !== undefined) return;
    throw new RouteWithoutRoles(
      `${[route.method].flat().join(', ')} ${route.url} does not say who may use it: config.roles is a list of roles, 'identified' or 'anyone'`,
    );
  });
  app.decorateRequest('who', {
    getter(this: FastifyRequest) {
      const identity = identities.get(this);
      if (identity) return identity;
      throw new Error('request.who on a route for anyone, where nobody has said who they are');
    },
  });
  app.decorateRequest('asker', {
    getter(this: FastifyRequest) {
      return identities.get(this);
    },
  });
  app.decorateRequest('identifyAgain', function identifyAgain(this: FastifyRequest) {
    return identify(this).catch((error: unknown) => {
      if (error instanceof Problem && error.status < 500) return undefined;
      throw error;
    });
  });
  app.addHook('onRequest', async (request) => {
    const { roles, person } = request.routeOptions.config;
    if (request.is404 || roles === undefined || roles === 'anyone') return;
    const identity = await identify(request);
    if (roles === 'anyone-known') {
      if (identity) identities.set(request, identity);
      return;
    }
    const who = permitted(identity, roles);
    if (person && who.person === undefined) throw personRequired(who);
    if (person === 'session' && !isInPerson(who)) throw sessionRequired();
    identities.set(request, who);
  });
}

/** Who asks may use a route for these roles; throws a Problem (401, 403) where they may not. */
export function permitted(
  identity: Identity | undefined,
  roles: Exclude<Allowed, 'anyone' | 'anyone-known'>,
): Identity {
  if (identity === undefined) {
    const detail = 'Log in, or send a token as "Authorization: Bearer hm_…", or use the local socket';
    throw new Problem(401, 'not-authenticated', 'Nobody has said who asks', { detail });
  }
  if (isWithin(identity, roles)) return identity;
  if (identity.directory) throw directoryUnknown(identity.directory);
  const has = identity.roles.join(', ') || 'nothing';
  const takes = roles === 'identified' ? everyRole : roles;
  const detail = `This takes one of these roles: ${takes.join(', ')}; "${identity.name}" is ${has}`;
  // On trial one is of the team, and does not act as it.
  const isOnTrial = identity.roles.includes('trial') && roles.includes('infrateam');
  throw new Problem(403, 'forbidden', 'Not with this role', {
    detail,
    ...(isOnTrial && { clause: 'JOIN-3' }),
  });
}

/** A display says where it hangs, and not who looks at it: it is not `identified`. */
function isWithin({ roles: has }: Identity, roles: readonly Role[] | 'identified'): boolean {
  return roles === 'identified' ? !has.includes('display') : has.some((role) => roles.includes(role));
}

/** Somebody is known, and what they may is not: the directory was not read for too long. */
export function directoryUnknown({ lastRead }: NonNullable<Identity['directory']>): Problem {
  const since =
    lastRead === undefined
      ? 'No complete read of the directory counts'
      : `The directory was last read whole at ${lastRead.toISOString()}; what it said holds for 12 h, and not when the clock was set back since`;
  const detail = `${since}; see why with "huismeester directory" on the machine itself, where the local socket always works`;
  return new Problem(403, 'directory-unknown', 'What you may do is not known now', { detail });
}

function personRequired({ name }: Identity): Problem {
  const detail = `"${name}" is nobody in particular; log in as yourself`;
  return new Problem(403, 'person-required', 'Only a person can do this', { detail });
}

/** By a session; or root, who acts for them by name. */
function isInPerson({ session, roles }: Identity): boolean {
  return session !== undefined || roles.includes('administrator');
}

function sessionRequired(): Problem {
  const detail = 'A token is not enough for this; log in';
  return new Problem(403, 'session-required', 'Only somebody who has logged in can do this', { detail });
}
