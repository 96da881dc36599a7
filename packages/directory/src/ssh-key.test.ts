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

const lines = (kind: string, ...parts: (Buffer | string)[]) =>
  `${kind} ${Buffer.concat([kind, ...parts].map(string)).toString('base64')}`;

function ecdsa(curve: 'nistp256' | 'nistp384' | 'nistp521', kind: string, ...more: string[]): string {
  const named = { nistp256: 'P-256', nistp384: 'P-384', nistp521: 'P-521' }[curve];
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: named });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return lines(kind, curve, point, ...more);
}

const ed25519 = `ssh-ed25519 ${Buffer.concat([string('ssh-ed25519'), string(Buffer.alloc(32, 7))]).toString('base64')}`;

test('a key is kept without its comment, which may be a name', () => {
  expect(parseSshKey(`  ${ed25519}   jan@laptop: "thuis"\r`)).toEqual({ key: ed25519 });
  const big = rsa(2048);
  expect(parseSshKey(big)).toEqual({ key: big });
});

test.each([
  ecdsa('nistp256', 'ecdsa-sha2-nistp256'),
  ecdsa('nistp384', 'ecdsa-sha2-nistp384'),
  ecdsa('nistp521', 'ecdsa-sha2-nistp521'),
  lines('sk-ssh-ed25519@openssh.com', Buffer.alloc(32, 7), 'ssh:'),
  ecdsa('nistp256', 'sk-ecdsa-sha2-nistp256@openssh.com', 'ssh:'),
])('%s is a key', (line) => {
  expect(parseSshKey(`${line} jan`)).toEqual({ key: line });
});

test.each([
  ['whose key is cut off whole', lines('ssh-ed25519')],
  ['whose key is too short', lines('ssh-ed25519', Buffer.alloc(31))],
  ['that has more than a key', lines('ssh-ed25519', Buffer.alloc(32), 'more')],
  ['without a modulus', lines('ssh-rsa', Buffer.from([1, 0, 1]))],
  ['of another curve', ecdsa('nistp384', 'ecdsa-sha2-nistp256')],
  ['without a point', lines('ecdsa-sha2-nistp256', 'nistp256')],
  ['with an empty curve', lines('ecdsa-sha2-nistp256', '')],
  ['of a token that is for nothing', lines('sk-ssh-ed25519@openssh.com', Buffer.alloc(32))],
])('one %s is none', (_, line) => {
  expect(parseSshKey(line)).toMatchObject({ found: expect.stringContaining('with a broken key') });
});

test.each([
  `command="rm -rf /" ${ed25519}`,
  `no-pty ${ed25519}`,
  `from="10.0.0.0/8",command="sh" ${ed25519}`,
])('options go before no key: %s', (line) => {
  expect(parseSshKey(line)).toMatchObject({ allowed: expect.stringContaining('public key') });
});

test('no line break of any kind brings a second line in', () => {
  for (const end of ['\u2028', '\u0085', '\v', '\f', '\0', '\u2029']) {
    const parsed = parseSshKeys([`${ed25519}${end}command="sh" ${ed25519}`]);
    expect('keys' in parsed ? parsed.keys : []).not.toContain(expect.stringContaining('command'));
    if ('keys' in parsed) expect(parsed.keys).toEqual([ed25519]);
  }
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
