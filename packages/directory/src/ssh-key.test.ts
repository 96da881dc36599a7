import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseSshKey, parseSshKeys } from './ssh-key.ts';

const string = (bytes: Buffer | string) => {
  const data = Buffer.from(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, data]);
};

function rsa(bits: number): string {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const modulus = Buffer.concat([Buffer.from([0]), Buffer.from(n, 'base64url')]);
  const blob = Buffer.concat([string('ssh-rsa'), string(Buffer.from(e, 'base64url')), string(modulus)]);
  return `ssh-rsa ${blob.toString('base64')}`;
}

const ed25519 = `ssh-ed25519 ${Buffer.concat([string('ssh-ed25519'), string(Buffer.alloc(32, 7))]).toString('base64')}`;

test('a key is kept without its comment, which may be a name', () => {
  expect(parseSshKey(`  ${ed25519}   jan@laptop: "thuis"\r`)).toEqual({ key: ed25519 });
  const big = rsa(2048);
  expect(parseSshKey(big)).toEqual({ key: big });
});

test.each([
  ['', '""'],
  ['/home/jan/.ssh/id_ed25519.pub', '"/home/jan/.ssh/id_ed25519.pub"'],
  ['PuTTY-User-Key-File-2: ssh-rsa', '"PuTTY-User-Key-File-2:"'],
  ['ssh-dss AAAA', '"ssh-dss"'],
  ['ssh-ed25519', 'ssh-ed25519 with a broken key'],
  [ed25519.slice(0, -8), 'ssh-ed25519 with a broken key'],
  [ed25519.replace('ssh-ed25519 ', 'ecdsa-sha2-nistp256 '), 'ecdsa-sha2-nistp256 with a broken key'],
  [rsa(1024), 'rsa of 1024 bits'],
])('%j is refused', (line, found) => {
  expect(parseSshKey(line)).toEqual({ found, allowed: expect.stringContaining('OpenSSH') });
});

test('lines of any system, with blank ones and comments of any kind, are keys, each once', () => {
  const big = rsa(2048);
  const text = `\r\n${ed25519} "thuis" é' # x\r\n\n  \r\n${big} jan\n`;
  expect(parseSshKeys([text, ed25519])).toEqual({ keys: [ed25519, big] });
});

test('each wrong line is named by its number', () => {
  const lines = parseSshKeys(['', ed25519, '/home/jan/.ssh/id.pub', rsa(512)]);
  expect(lines).toEqual({
    wrong: [
      { line: 3, found: '"/home/jan/.ssh/id.pub"', allowed: expect.stringContaining('OpenSSH') },
      { line: 4, found: 'rsa of 512 bits', allowed: expect.stringContaining('2048') },
    ],
  });
});

test.each([
  '-----BEGIN OPENSSH PRIVATE KEY-----\nsecret+body\n-----END OPENSSH PRIVATE KEY-----',
  'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\nsecret+body',
])('of a private key nothing is repeated', (text) => {
  const refused = parseSshKeys([ed25519, text]);
  expect(refused).toMatchObject({ wrong: [{ line: 2, found: 'a private key' }] });
  expect(JSON.stringify(refused)).not.toContain('secret');
});
