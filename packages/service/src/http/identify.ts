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

/** Whose token or session a text is, by the address that shows it; undefined when it is none. */
export type Verify = (text: string, address: string) => Promise<Identity | undefined>;

/** Who makes a request, by the first way that knows; throws a Problem (401) when what is shown is known by none. */
export function identifier(ways: readonly Way[]): (request: FastifyRequest) => Promise<Identity | undefined> {
  return async (request) => {
    for (const way of ways) {
      const identity = await way(request);
      if (identity) return identity;
    }
    if (request.headers.authorization === undefined) return undefined;
    const detail = 'It was never given out, has expired, or was ended; log in again, or make a new token';
    throw new Problem(401, 'invalid-token', 'The token is not valid', { detail });
  };
}

/**
 * Whoever can open the local socket is an administrator, and may act for a person whom `act-as` names by uid (percent-encoded
 * UTF-8). Nobody else may; `personOf` says who has a uid.
 */
export function byLocalSocket(
  isLocal: (request: FastifyRequest) => boolean,
  personOf: (uid: string) => Promise<string | undefined>,
): Way {
  const local: Identity = { roles: ['administrator'], name: `local:${userInfo().username}` };
  return async (request) => {
    const { 'act-as': uid } = request.headers;
    const here = isLocal(request);
    if (uid === undefined) return here ? local : undefined;
    if (!here) {
      const detail = 'The header act-as is for the local socket alone; leave it out, or log in as yourself';
      throw new Problem(403, 'act-as-not-allowed', 'Nobody acts for another from here', { detail });
    }
    const text = decoded(String(uid));
    const person = text === undefined ? undefined : await personOf(text).catch(unchecked);
    if (person === undefined) throw unknownPerson();
    return { ...local, name: `${local.name} for person:${person}`, person };
  };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Says no uid: it names somebody. */
function unknownPerson(): Problem {
  const detail =
    'Nobody with this uid was in the directory when it was last read whole, or the settings have no secrets.key to know uids by';
  const allowed = 'the uid of a person of the directory who is not disabled, percent-encoded';
  const errors = [{ field: 'headers.act-as', allowed }];
  return new Problem(400, 'unknown-person', 'There is no such person', { detail, errors });
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

/** An API token or a session, as a bearer token; `verify` also gets the address that it came from. */
export function byToken(verify: Verify): Way {
  return async (request) => {
    const shown = bearerOf(request);
    return shown === undefined ? undefined : await verify(shown, request.ip).catch(unchecked);
  };
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
}

/** The service may well live, as its health says: it cannot find out who asks. */
export function unchecked(cause: unknown): never {
  if (!isTransient(cause)) throw cause;
  const detail = 'The database does not answer; the local socket takes no token, and needs none';
  throw new Problem(503, 'cannot-check-tokens', 'Who asks cannot be checked now', { detail, cause });
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
