import { createHash, timingSafeEqual } from 'node:crypto';
import { userInfo } from 'node:os';
import type { SpaceSettings } from '@huismeester/contracts';
import { isTransient } from '@huismeester/database';
import type { FastifyRequest } from 'fastify';
import type { Identity } from './identity.ts';
import { Problem } from './problem.ts';

/**
 * A way of being let in: who makes the request, or undefined when the request does not say so in this way. Throws a Problem
 * when it cannot be checked now.
 */
export type Way = (request: FastifyRequest) => Identity | undefined | Promise<Identity | undefined>;

/** Who makes a request, by the first way that knows; throws a Problem (401) when what is shown is known by none. */
export function identifier(ways: readonly Way[]): (request: FastifyRequest) => Promise<Identity | undefined> {
  return async (request) => {
    for (const way of ways) {
      const identity = await way(request);
      if (identity) return identity;
    }
    if (request.headers.authorization === undefined) return undefined;
    const detail = 'It was never given out, has expired, or was revoked';
    throw new Problem(401, 'invalid-token', 'The token is not valid', { detail });
  };
}

/** Whoever can open the local socket is an administrator. */
export function byLocalSocket(isLocal: (request: FastifyRequest) => boolean): Way {
  const local: Identity = { roles: ['administrator'], name: `local:${userInfo().username}` };
  return (request) => (isLocal(request) ? local : undefined);
}

/** The secret of another service, as a bearer token. It needs no database: readers go on without one. */
export function byServiceSecret(services: SpaceSettings['services']): Way {
  const secrets = Object.entries(services).flatMap(([name, peer]) =>
    peer ? [{ name, hash: sha256(peer.secret) }] : [],
  );
  return (request) => {
    const shown = bearerOf(request);
    if (shown === undefined) return undefined;
    const hash = sha256(shown);
    // Every one is looked at, so that the time taken says nothing.
    const [found] = secrets.filter((each) => timingSafeEqual(each.hash, hash));
    return found && { roles: ['service'], name: `service:${found.name}` };
  };
}

/** An API token, as a bearer token; `verify` also gets the address that it came from. */
export function byToken(verify: (text: string, address: string) => Promise<Identity | undefined>): Way {
  return async (request) => {
    const shown = bearerOf(request);
    return shown === undefined ? undefined : await verify(shown, request.ip).catch(unchecked);
  };
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
}

/** The service may well live, as its health says: it cannot find out who asks. */
function unchecked(cause: unknown): never {
  if (!isTransient(cause)) throw cause;
  const detail = 'The database does not answer; the local socket takes no token';
  throw new Problem(503, 'cannot-check-tokens', 'Tokens cannot be checked now', { detail, cause });
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
