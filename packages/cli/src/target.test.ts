import { describe, expect, it } from 'vitest';
import { SessionOver, UsageError } from './errors.ts';
import type { Session } from './session-file.ts';
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

describe('where a session is', () => {
  const session: Session = { url: 'https://a.space/', secret: 'hms_x', expires: '2026-11-22T20:00:00.000Z' };
  const at = (
    options: TargetOptions,
    {
      env = {},
      saved = session,
      now = '2026-11-22T12:00:00Z',
    }: Partial<{ env: Record<string, string>; saved: Session; now: string }> = {},
  ) =>
    targetOf(
      options,
      { env, cwd: '/home/me', root: '/opt/huismeester' },
      { saved: () => saved, now: () => new Date(now) },
    );
  const ofSession = { kind: 'url', url: new URL('https://a.space/'), token: 'hms_x', session: true };

  it('is where commands go that name no other place', () => {
    expect(at({})).toEqual(ofSession);
    // A token of the environment is for the place that the environment names.
    expect(at({}, { env: { HUISMEESTER_TOKEN: 'other' } })).toEqual(ofSession);
    expect(at({ socket: 'a.sock' })).toEqual({ kind: 'socket', path: '/home/me/a.sock' });
    expect(at({}, { env: { HUISMEESTER_SOCKET: '/run/h.sock' } })).toEqual({
      kind: 'socket',
      path: '/run/h.sock',
    });
  });

  it.each(['https://b.space', 'https://a.space:8443', 'https://a.space/other', 'http://a.space'])(
    'alone gets its secret, and not %s',
    (url) => {
      expect(at({ url })).toEqual({ kind: 'url', url: new URL(url) });
      expect(at({}, { env: { HUISMEESTER_URL: url } })).toEqual({ kind: 'url', url: new URL(url) });
    },
  );

  it('gets its secret where it is named, too, unless there is a token', () => {
    expect(at({ url: 'https://a.space' })).toEqual(ofSession);
    expect(at({ url: 'https://a.space' }, { env: { HUISMEESTER_TOKEN: 'other' } })).toEqual({
      kind: 'url',
      url: new URL('https://a.space'),
      token: 'other',
    });
  });

  it('is over when it is, with what to do', () => {
    const now = '2026-11-22T20:00:00Z';
    expect(() => at({}, { now })).toThrow(SessionOver);
    expect(() => at({}, { now })).toThrow('huismeester login --url https://a.space/');
    expect(() => at({ url: 'https://a.space' }, { now })).toThrow(SessionOver);
    expect(at({ socket: 'a.sock' }, { now })).toMatchObject({ kind: 'socket' });
  });

  it('is refused in clear text', () => {
    const saved = { ...session, url: 'http://a.space/' };
    expect(() => at({}, { saved })).toThrow(UsageError);
    expect(at({}, { saved: { ...session, url: 'http://localhost:8080/' } })).toMatchObject({ session: true });
  });

  it('is not asked for somebody else: that is the socket’s', () => {
    expect(at({ as: 'jan' })).toEqual({
      kind: 'socket',
      path: '/opt/huismeester/var/huismeester.sock',
      actAs: 'jan',
    });
    expect(at({ as: 'jan', socket: 'a.sock' })).toMatchObject({ path: '/home/me/a.sock', actAs: 'jan' });
    expect(() => at({ as: 'jan', url: 'https://a.space' })).toThrow(UsageError);
    expect(() => at({ as: 'jan' }, { env: { HUISMEESTER_URL: 'https://a.space' } })).toThrow(UsageError);
    expect(() => at({ as: ' ' })).toThrow(UsageError);
  });
});
