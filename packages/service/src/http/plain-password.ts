import type { SpaceSettings } from '@huismeester/contracts';
import type { FastifyRequest } from 'fastify';
import { inNetworks, loopback } from './networks.ts';
import { Problem } from './problem.ts';

const isLoopback = inNetworks(loopback);

interface Settings {
  readonly http: Pick<SpaceSettings['http'], 'acceptPlainPasswords'>;
}

/** Whether a password that came as this request did would be taken, so that a page need not ask for one that is refused. */
export function takesPasswords(request: FastifyRequest, { http }: Settings): boolean {
  return http.acceptPlainPasswords || isSafe(request);
}

/**
 * For a route whose request has a password in it. Throws a Problem (403 `plain-password`) where the request came over plain HTTP from
 * another machine, unless settings accept that. Whoever could listen has the password by now: it is refused so that nobody gets used to it.
 */
export function refusePlainPassword(request: FastifyRequest, settings: Settings): void {
  if (takesPasswords(request, settings)) return;
  throw new Problem(403, 'plain-password', 'A password in clear text over the network is not taken', {
    detail:
      'This came over plain HTTP from another machine, so that anybody on the way can have read the password: change it. Use https:// where that answers. For who runs this: give http.tls a certificate, or put a reverse proxy with HTTPS in front that sends X-Forwarded-For and X-Forwarded-Proto (`huismeester reverse-proxy caddy` prints one), and name it in http.trustedProxy if it is on another machine; or accept it with http.acceptPlainPasswords: true',
  });
}

/**
 * What `protocol` and `ip` say has been in headers only where the other end of the connection is a trusted proxy (`bareApp`): from
 * anybody else they are those of the connection.
 */
function isSafe(request: FastifyRequest): boolean {
  const { socket, headers } = request;
  if (request.protocol === 'https') return true;
  // The local socket has no addresses; neither has a connection that is gone.
  if (socket.remoteAddress === undefined) return !socket.destroyed;
  // A proxy that says how somebody came, but not who that is, has somebody behind it.
  const isNamed = headers['x-forwarded-for'] !== undefined || headers['x-forwarded-proto'] === undefined;
  return isLoopback(request.ip) && isNamed;
}
