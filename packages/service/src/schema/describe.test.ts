import { Minutes, SpaceSettings, TeamReason } from '@huismeester/contracts';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { describe } from './describe.ts';

test.each([
  ['https?', 'a URL with http:// or https://'],
  ['mqtts?', 'a URL with mqtt:// or mqtts://'],
  ['postgres(ql)?', 'a URL with postgres:// or postgresql://'],
  ['nats|tls', 'a URL with nats:// or tls://'],
  ['https', 'a URL with https://'],
])('the protocols %s are %s', (protocols, words) => {
  expect(describe(Type.String({ pattern: `^(${protocols})://` }))).toBe(words);
});

test.each([
  ['the lengths of a reason', TeamReason, 'text of 3 to 1000 characters'],
  ['the lengths of a page', Minutes.properties.page, 'text of 3 to 500 characters'],
  ['a day', Minutes.properties.date, 'a day such as 2026-11-22'],
  [
    'by a description what one length does not say',
    Type.String({ minLength: 1, description: 'a name' }),
    'a name',
  ],
  [
    'by a description what a pattern means',
    Type.String({ pattern: '^a', minLength: 1, maxLength: 9, description: 'an a' }),
    'an a',
  ],
])('says %s', (_, schema, words) => {
  expect(describe(schema)).toBe(words);
});

test('the settings say which protocols a URL may have', () => {
  expect(describe(SpaceSettings.properties.http.properties.publicUrl)).toBe(
    'a URL with http:// or https:// (where people reach it)',
  );
});
