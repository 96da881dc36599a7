import { expect, it } from 'vitest';
import { trapKindOf } from './trap.ts';

const trapOid = (value: string) => ({ oid: '1.3.6.1.6.3.1.1.4.1.0', type: 6, value });

it.each([
  ['cold-start', '1.3.6.1.6.3.1.1.5.1', 0],
  ['warm-start', '1.3.6.1.6.3.1.1.5.2', 1],
  ['link-down', '1.3.6.1.6.3.1.1.5.3', 2],
  ['link-up', '1.3.6.1.6.3.1.1.5.4', 3],
  ['authentication-failure', '1.3.6.1.6.3.1.1.5.5', 4],
  ['other', '1.3.6.1.6.3.1.1.5.6', 5],
  ['other', '1.3.6.1.4.1.9.9.43.2.0.1', 6],
])('is %s: %s, or %i in v1', (kind, v2, v1) => {
  expect(trapKindOf([trapOid(v2)], undefined)).toBe(kind);
  expect(trapKindOf([], v1)).toBe(kind);
});

it('is another one without a name, or with an odd one', () => {
  for (const odd of [
    '1.3.6.1.6.3.1.1.5',
    '1.3.6.1.6.3.1.1.5.3.1',
    '1.3.6.1.6.3.1.1.5.0',
    '1.3.6.1.6.3.1.1.54.3',
  ])
    expect(trapKindOf([trapOid(odd)], undefined)).toBe('other');
  expect(trapKindOf([], undefined)).toBe('other');
});
