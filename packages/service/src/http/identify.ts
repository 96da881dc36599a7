import { createHash, timingSafeEqual } from 'node:crypto';
import { userInfo } from 'node:os';
import type { SpaceSettings } from '@huismeester/contracts';
import { isTransient } from '@huismeester/database';
import type { FastifyRequest } from 'fastify';
import type { Identity } from './identity.ts';
import { Problem } from './problem.ts';

interface Ways {
  readonly services: SpaceSettings['services'];
  readonly isLocal: (request: FastifyRequest) => boolean;
  readonly verifyToken: (text: string) => Promise<Identity | undefined>;
}

/**
 * Who makes a request: whoever can open the local socket is an administrator; otherwise a bearer token or the secret of
 * a service says it. Throws a Problem: 401 when what is shown is not known, 503 when the database cannot say.
 */
export function identifier({ services, isLocal, verifyToken }: Ways) {
  const secrets = Object.entries(services).flatMap(([name, peer]) =>
    peer ? [{ name, hash: sha256(peer.secret) }] : [],
  );
  const local: Identity = { role: 'administrator', name: `local:${userInfo().username}` };

  return async (request: FastifyRequest): Promise<Identity | undefined> => {
    if (isLocal(request)) return local;
    const { authorization } = request.headers;
    if (authorization === undefined) return undefined;
    const shown = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    const identity =
      shown === undefined ? undefined : (serviceOf(shown) ?? (await verifyToken(shown).catch(unchecked)));
    if (identity) return identity;
    const detail = 'It was never given out, has expired, or was revoked';
    throw new Problem(401, 'invalid-token', 'The token is not valid', { detail });
  };

  function serviceOf(shown: string): Identity | undefined {
    const hash = sha256(shown);
    // Every one is looked at, so that the time taken says nothing.
    const [found] = secrets.filter((each) => timingSafeEqual(each.hash, hash));
    return found && { role: 'service', name: found.name };
  }
}

/** The service may well live, as its health says: it only cannot tell who asks. */
function unchecked(cause: unknown): never {
  if (!isTransient(cause)) throw cause;
  const detail = 'The database does not answer; the local socket takes no token';
  throw new Problem(503, 'cannot-check-tokens', 'Tokens cannot be checked now', { detail, cause });
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
