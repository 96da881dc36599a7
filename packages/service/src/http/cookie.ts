import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '../access/sessions.ts';
import { refuseCrossSite } from './cross-site.ts';
import { unchecked, type Verify, type Way } from './identify.ts';
import { Problem } from './problem.ts';

/**
 * The session of a browser (RFC 6265bis). `__Host-`: only this host has set it, over TLS; over plain HTTP a browser takes no such name.
 */
export const cookieNames = { https: '__Host-huismeester', http: 'huismeester' } as const;

/**
 * The session that the browser of somebody who logged in sends along by itself; what it may is what its bearer token may. It counts
 * only where no Authorization is sent, and unsafe methods only from pages of this origin (403 `cross-site`). Throws a Problem (401
 * `session-ended`) for a cookie that is not, or no longer, that of a session; with it goes what clears the cookie.
 */
export function byCookie(verify: Verify): Way {
  return async (request) => {
    if (request.headers.authorization !== undefined) return undefined;
    const shown = shownSessions(request);
    const [secret] = shown;
    if (secret === undefined) return undefined;
    refuseCrossSite(request);
    // Of two, one was put there by somebody else, and which is not known.
    if (shown.length > 1)
      throw sessionEnded('Two cookies say who you are; delete the cookies of this address');
    const identity = await verify(secret, request.ip).catch(unchecked);
    if (identity?.session !== undefined) return identity;
    throw sessionEnded('It was ended, has expired, or was never begun; log in again');
  };
}

/** What the browser sends of sessions: one secret, as a rule. */
export function shownSessions({ headers, protocol }: FastifyRequest): string[] {
  const name = cookieNames[protocol];
  return (headers.cookie ?? '').split(';').flatMap((each) => {
    const at = each.indexOf('=');
    return at > 0 && each.slice(0, at).trim() === name ? [each.slice(at + 1).trim()] : [];
  });
}

/** Has the browser keep a session as long as it lasts, out of reach of scripts, and send it from pages of this site alone. */
export function keepSession(
  request: FastifyRequest,
  reply: FastifyReply,
  { secret, created, expires }: Pick<Session, 'created' | 'expires'> & { readonly secret: string },
): void {
  setCookie(request, reply, secret, Math.floor((expires.getTime() - created.getTime()) / 1000));
}

/** Has the browser forget the session. */
export function forgetSession(request: FastifyRequest, reply: FastifyReply): void {
  setCookie(request, reply, '', 0);
}

function setCookie({ protocol }: FastifyRequest, reply: FastifyReply, value: string, seconds: number): void {
  const secure = protocol === 'https' ? ['Secure'] : [];
  const parts = [
    `${cookieNames[protocol]}=${value}`,
    'Path=/',
    `Max-Age=${seconds}`,
    'HttpOnly',
    'SameSite=Strict',
  ];
  void reply.header('set-cookie', [...parts, ...secure].join('; '));
}

const code = 'session-ended';

function sessionEnded(detail: string): Problem {
  return new Problem(401, code, 'The session has ended', { detail });
}

/** Whether what is refused is the cookie itself, which the browser is to forget. */
export function isSessionEnded(problem: Problem): boolean {
  return problem.code === code;
}
