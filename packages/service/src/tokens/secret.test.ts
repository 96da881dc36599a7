import { expect, test } from 'vitest';
import { matches, newSecret, parseToken } from './secret.ts';

test('a token is taken apart into what it was made of, and only its own secret matches', () => {
  const { id, text, hash } = newSecret();
  expect(text).toMatch(/^hm_[a-z0-9]{10}_[\w-]{43}$/);
  const parts = parseToken(text);
  expect(parts?.id).toBe(id);
  expect(matches(parts?.secret ?? '', hash)).toBe(true);
  expect(matches(parseToken(newSecret().text)?.secret ?? '', hash)).toBe(false);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(text).not.toContain(hash);
});

test.each([
  '',
  'hm_abc',
  `hm_ABC_${'a'.repeat(43)}`,
  `hm_abc_${'a'.repeat(42)}`,
  `hm_abc_${'a'.repeat(44)}`,
  `xx_abc_${'a'.repeat(43)}`,
])('"%s" is no token', (text) => expect(parseToken(text)).toBeUndefined());

test('a broken hash matches nothing', () => expect(matches('a', 'zz')).toBe(false));
