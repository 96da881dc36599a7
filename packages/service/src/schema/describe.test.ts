import { SpaceSettings } from '@huismeester/contracts';
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

test('the settings say which protocols a URL may have', () => {
  expect(describe(SpaceSettings.properties.http.properties.publicUrl)).toBe(
    'a URL with http:// or https:// (where people reach it)',
  );
});
