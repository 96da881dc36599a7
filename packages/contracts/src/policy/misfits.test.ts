import { expect, it } from 'vitest';
import { misfits } from './misfits.ts';

const url = 'smtp://mail.space.example';
const login = { username: 'huismeester', password: 'x' };
const found = (mail?: object) =>
  misfits({ mail } as never).map(({ path, found: what }) => `${path.join('.')}: ${what}`);

it.each([
  undefined,
  { url },
  { url, ...login },
  { url, ...login, requireTls: true },
  { url: 'smtps://mail.space.example', ...login },
  // Nobody listens on the way.
  { url: 'smtp://127.0.0.1:25', ...login, requireTls: false },
  { url, requireTls: false },
])('fits: %j', (mail) => {
  expect(found(mail)).toEqual([]);
});

it.each([
  [
    'a password in clear text',
    { url, ...login, requireTls: false },
    'mail.requireTls: smtp:// with a login and without TLS',
  ],
  [
    'TLS said twice',
    { url: 'smtps://mail.space.example', requireTls: true },
    'mail.requireTls: smtps:// with requireTls',
  ],
  ['a name without a password', { url, username: 'x' }, 'mail.password: nothing'],
  ['a password without a name', { url, password: 'x' }, 'mail.username: nothing'],
])('does not: %s', (_, mail, expected) => {
  expect(found(mail)).toEqual([expected]);
});
