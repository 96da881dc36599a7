import { describe, expect, it } from 'vitest';
import { UsageError } from './errors.ts';
import { exposesToken, type TargetOptions, targetOf } from './target.ts';

const target = (options: TargetOptions, env: Record<string, string> = {}) =>
  targetOf(options, { env, cwd: '/home/me', root: '/opt/huismeester' });

describe('where Huismeester is', () => {
  it('is the socket of the project, wherever the person stands', () => {
    expect(target({})).toEqual({ kind: 'socket', path: '/opt/huismeester/var/huismeester.sock' });
  });

  it('is what an option says, before the environment', () => {
    const env = { HUISMEESTER_URL: 'https://a.space', HUISMEESTER_TOKEN: 'secret' };
    expect(target({ socket: 'a.sock' }, env)).toEqual({ kind: 'socket', path: '/home/me/a.sock' });
    const url = target({ url: 'https://b.space' }, env);
    expect(url).toEqual({ kind: 'url', url: new URL('https://b.space'), token: 'secret' });
  });

  it('is what the environment says', () => {
    expect(target({}, { HUISMEESTER_SOCKET: '/run/h.sock' })).toEqual({
      kind: 'socket',
      path: '/run/h.sock',
    });
    const url = target({}, { HUISMEESTER_URL: 'http://127.0.0.1:8080' });
    expect(url).toEqual({ kind: 'url', url: new URL('http://127.0.0.1:8080') });
  });

  it.each([
    ['two options', { socket: 'a', url: 'https://a.space' }, {}],
    ['two variables', {}, { HUISMEESTER_SOCKET: 'a', HUISMEESTER_URL: 'https://a.space' }],
    ['no URL', { url: 'a.space:8080' }, {}],
    ['another protocol', { url: 'ftp://a.space' }, {}],
    ['a secret in the URL', { url: 'https://me:hunter2@a.space' }, {}],
  ])('is refused for %s, without showing a secret', (_, options, env) => {
    expect(() => target(options, env)).toThrow(UsageError);
    expect(() => target(options, env)).not.toThrow(/hunter2/);
  });
});

it('warns of a token that crosses a network in the clear', () => {
  const env = { HUISMEESTER_TOKEN: 'secret' };
  expect(exposesToken(target({ url: 'http://a.space' }, env))).toBe(true);
  expect(exposesToken(target({ url: 'http://a.space' }))).toBe(false);
  expect(exposesToken(target({ url: 'https://a.space' }, env))).toBe(false);
  expect(exposesToken(target({ url: 'http://[::1]:8080' }, env))).toBe(false);
});
