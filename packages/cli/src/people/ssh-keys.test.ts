import { expect, it } from 'vitest';
import { NotFine } from '../errors.ts';
import { keysIn } from './ssh-keys.ts';

const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIMtWn1Xg4XPwV9qXo0rTt1m0r2tYyVvYQm0m1cT3xX7c';

it('takes public keys without their comments', () => {
  const text = `# mine\r\nssh-ed25519 ${key} jan@box: "thuis"\r\n\r\nsk-ssh-ed25519@openssh.com ${key}=\n`;
  expect(keysIn(text, 'f')).toEqual([`ssh-ed25519 ${key}`, `sk-ssh-ed25519@openssh.com ${key}=`]);
});

it.each([
  ['a private key', `-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\n`, 'private key'],
  ['one of PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\nhunter2\n', 'private key'],
  ['a text', `ssh-ed25519 ${key}\nhunter2\n`, 'line 2'],
  ['nothing', '\n', 'no public key'],
])('refuses %s, and shows nothing of it', (_, text, why) => {
  expect(() => keysIn(text, 'f')).toThrow(NotFine);
  expect(() => keysIn(text, 'f')).toThrow(why);
  expect(() => keysIn(text, 'f')).not.toThrow(/hunter2/);
});
