import { expect, it } from 'vitest';
import { normalizeFingerprint } from './fingerprint.ts';

const sha256 = Array.from({ length: 32 }, (_none, index) => index.toString(16).padStart(2, '0')).join(':');

it('has one form for every way of writing', () => {
  expect(normalizeFingerprint(sha256)).toBe(sha256.toUpperCase());
  expect(normalizeFingerprint(` ${sha256.replaceAll(':', '')}\n`)).toBe(sha256.toUpperCase());
});

it.each(['', sha256.slice(0, 59), `${sha256}:00`, sha256.replace('0', 'g')])('refuses %j', (text) => {
  expect(() => normalizeFingerprint(text)).toThrow(/expected SHA-256/);
});
