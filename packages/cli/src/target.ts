import { resolve } from 'node:path';
import { UsageError } from './errors.ts';

/** Where a Huismeester answers: the local socket, whose users are administrators, or a URL, with a token. */
export type Target =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'url'; readonly url: URL; readonly token?: string };

export interface TargetOptions {
  readonly socket?: string;
  readonly url?: string;
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the person stands: relative paths that they type start here. */
  readonly cwd: string;
  /** The root of the project, where `start` puts its socket. */
  readonly root: string;
}

/** An option goes before the environment, the environment before the default socket. Throws a {@link UsageError}. */
export function targetOf(options: TargetOptions, { env, cwd, root }: Surroundings): Target {
  if (options.socket !== undefined && options.url !== undefined) {
    throw new UsageError('--socket and --url are two places: give one of them');
  }
  if (options.socket !== undefined) return { kind: 'socket', path: resolve(cwd, options.socket) };
  if (options.url !== undefined) return urlTarget('--url', options.url, env);
  const { HUISMEESTER_SOCKET: socket, HUISMEESTER_URL: url } = env;
  if (socket && url) {
    throw new UsageError(
      'HUISMEESTER_SOCKET and HUISMEESTER_URL are both set: unset one, or give --socket or --url',
    );
  }
  if (url) return urlTarget('HUISMEESTER_URL', url, env);
  return { kind: 'socket', path: socket ? resolve(cwd, socket) : resolve(root, 'var/huismeester.sock') };
}

function urlTarget(from: string, text: string, env: Surroundings['env']): Target {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`${from} is not a URL such as https://huismeester.space`);
  }
  if (url.username || url.password) {
    throw new UsageError(
      `${from} holds a name or a password, which others can see: set HUISMEESTER_TOKEN instead`,
    );
  }
  const token = env.HUISMEESTER_TOKEN;
  return { kind: 'url', url, ...(token && { token }) };
}

/** Whether the token would cross a network unencrypted. */
export function exposesToken(target: Target): boolean {
  return (
    target.kind === 'url' &&
    target.token !== undefined &&
    target.url.protocol === 'http:' &&
    !['localhost', '127.0.0.1', '[::1]'].includes(target.url.hostname)
  );
}

/** For messages. */
export function placeOf(target: Target): string {
  return target.kind === 'socket' ? target.path : target.url.href;
}
