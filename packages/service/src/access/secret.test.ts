import { expect, test } from 'vitest';
import { matches, newSecret, parseSecret } from './secret.ts';

test('a token is taken apart into what it was made of, and only its own secret matches', () => {
  const { id, text, hash } = newSecret();
  expect(text).toMatch(/^hm_[a-z0-9]{10}_[\w-]{43}$/);
  const parts = parseSecret(text);
  expect(parts?.id).toBe(id);
  expect(matches(parts?.secret ?? '', hash)).toBe(true);
  expect(matches(parseSecret(newSecret().text)?.secret ?? '', hash)).toBe(false);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(text).not.toContain(hash);
});

test('a session is known from a token by how it begins', () => {
  const { id, text } = newSecret('session');
  expect(text).toMatch(/^hms_[a-z0-9]{10}_[\w-]{43}$/);
  expect(parseSecret(text)).toMatchObject({ kind: 'session', id });
  expect(parseSecret(text.replace(/^hms/, 'hm'))).toMatchObject({ kind: 'token', id });
});

test.each([
  '',
  'hm_abc',
  `hm_ABC_${'a'.repeat(43)}`,
  `hm_abc_${'a'.repeat(42)}`,
  `hm_abc_${'a'.repeat(44)}`,
  `xx_abc_${'a'.repeat(43)}`,
  `hms_${'a'.repeat(43)}`,
  `hms_${'a'.repeat(21)}_${'a'.repeat(43)}`,
  `hmss_abc_${'a'.repeat(43)}`,
  `HMS_abc_${'a'.repeat(43)}`,
  `hms_abc_${'a'.repeat(42)}=`,
])('"%s" is neither a token nor a session', (text) => expect(parseSecret(text)).toBeUndefined());

test('a broken hash matches nothing', () => expect(matches('a', 'zz')).toBe(false));
