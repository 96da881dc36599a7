import { resolve } from 'node:path';
import { SessionOver, UsageError } from './errors.ts';
import type { Session } from './session-file.ts';
import { civilTime } from './time.ts';

/** Where a Huismeester answers: the local socket, whose users are administrators, or a URL, with a token or the secret of a session. */
export type Target =
  | { readonly kind: 'socket'; readonly path: string; readonly actAs?: string }
  | {
      readonly kind: 'url';
      readonly url: URL;
      readonly token?: string;
      /** Whether the token is the secret of the session that `login` began. */
      readonly session?: true;
    };

export interface TargetOptions {
  readonly socket?: string;
  readonly url?: string;
  /** For whom to act, by uid. */
  readonly as?: string;
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the person stands: relative paths that they type start here. */
  readonly cwd: string;
  /** The root of the project, where `start` puts its socket. */
  readonly root: string;
}

/** What `login` left: read only where neither option nor environment says who asks. */
export interface Login {
  readonly saved: () => Session | undefined;
  readonly now: () => Date;
}

/**
 * An option goes before the environment, that before the session of `login`, and this before the default socket. The secret of the session
 * goes to its own URL alone. Throws a {@link UsageError}, or {@link SessionOver}.
 */
export function targetOf(options: TargetOptions, surroundings: Surroundings, login?: Login): Target {
  const { env, root } = surroundings;
  const named = namedTarget(options, surroundings);
  if (options.as !== undefined) return actingTarget(options.as, named ?? defaultSocket(root));
  if (named === undefined) {
    const session = login?.saved();
    return session && login ? sessionTarget(session, login.now()) : defaultSocket(root);
  }
  if (named.kind === 'socket') return named;
  if (env.HUISMEESTER_TOKEN) return { ...named, token: env.HUISMEESTER_TOKEN };
  const session = login?.saved();
  if (session === undefined || login === undefined || !isSamePlace(named.url, session.url)) return named;
  return sessionTarget(session, login.now());
}

type SocketTarget = Extract<Target, { kind: 'socket' }>;

function defaultSocket(root: string): SocketTarget {
  return { kind: 'socket', path: resolve(root, 'var/huismeester.sock') };
}

/** What the options, else the environment, name. */
function namedTarget(options: TargetOptions, { env, cwd }: Surroundings): Target | undefined {
  if (options.socket !== undefined && options.url !== undefined) {
    throw new UsageError('--socket and --url are two places: give one of them');
  }
  if (options.socket !== undefined) return { kind: 'socket', path: resolve(cwd, options.socket) };
  if (options.url !== undefined) return { kind: 'url', url: urlOf('--url', options.url) };
  const { HUISMEESTER_SOCKET: socket, HUISMEESTER_URL: url } = env;
  if (socket && url) {
    throw new UsageError(
      'HUISMEESTER_SOCKET and HUISMEESTER_URL are both set: unset one, or give --socket or --url',
    );
  }
  if (url) return { kind: 'url', url: urlOf('HUISMEESTER_URL', url) };
  return socket ? { kind: 'socket', path: resolve(cwd, socket) } : undefined;
}

function actingTarget(uid: string, target: Target): Target {
  if (target.kind === 'url') {
    throw new UsageError(
      '--as is for the local socket alone: at a URL everybody acts for themselves, after `huismeester login`',
    );
  }
  if (uid.trim() === '') throw new UsageError('--as takes the uid of a person');
  return { ...target, actAs: uid };
}

function sessionTarget({ url, secret, expires }: Session, now: Date): Target {
  const at = new URL(url);
  if (isInClear(at)) {
    throw new UsageError(`the session is at ${url}, where its secret would cross the network in clear text`);
  }
  if (Date.parse(expires) <= now.getTime()) {
    throw new SessionOver(
      `the session at ${url} ended at ${civilTime(expires)}\n  Log in again: \`huismeester login --url ${url}\`. Or forget it: \`huismeester logout\`.`,
    );
  }
  return { kind: 'url', url: at, token: secret, session: true };
}

/** A URL of a Huismeester. `from` is who said it, for the {@link UsageError} that this throws. */
export function urlOf(from: string, text: string): URL {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`${from} is not a URL such as https://huismeester.space`);
  }
  if (url.username || url.password) {
    throw new UsageError(
      `${from} holds a name or a password, which others can see: use \`huismeester login\`, or HUISMEESTER_TOKEN`,
    );
  }
  return url;
}

/** Whether two URLs are of one Huismeester: host, port and path are the same. */
export function isSamePlace(a: URL, b: string): boolean {
  const other = URL.parse(b);
  const path = (url: URL) => url.pathname.replace(/\/$/, '');
  return other !== null && a.origin === other.origin && path(a) === path(other);
}

/** Whether what goes there crosses a network unencrypted. */
export function isInClear(url: URL): boolean {
  return url.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

/** Whether the token would cross a network unencrypted. */
export function exposesToken(target: Target): boolean {
  return target.kind === 'url' && target.token !== undefined && isInClear(target.url);
}

/** For messages. */
export function placeOf(target: Target): string {
  return target.kind === 'socket' ? target.path : target.url.href;
}
