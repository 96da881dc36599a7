import { describe, expect, it } from 'vitest';
import { isUsableAddress, safeName } from './address.ts';

describe('an address', () => {
  it.each(['ann@space.example', "o'brien+x@a-b.example", 'jörg@köln.example', 'a@localhost'])(
    'can be %s',
    (address) => {
      expect(isUsableAddress(address)).toBe(true);
    },
  );

  it.each([
    '',
    'ann',
    '@space.example',
    'ann@',
    'ann@b@space.example',
    'ann@space.example,eve@evil.example',
    'ann@space.example;eve@evil.example',
    'ann@space.example\r\nBcc: eve@evil.example',
    'ann@space.example\neve@evil.example',
    'ann @space.example',
    ' ann@space.example',
    'ann@space.example ',
    'ann@space.example>',
    '<ann@space.example>',
    '"ann eve"@space.example',
    'ann@space.example\u0000',
    'ann@space\u202e.example',
    `${'a'.repeat(250)}@b.example`,
  ])('is not %j', (address) => {
    expect(isUsableAddress(address)).toBe(false);
  });
});

it('a name loses line breaks and what nobody sees', () => {
  expect(safeName('Ann "de"\r\nBcc: eve@evil.example\u202e')).toBe('Ann "de" Bcc: eve@evil.example');
  expect(safeName(' Jörg\tÖzgür ')).toBe('Jörg Özgür');
  expect(safeName('x'.repeat(500))).toHaveLength(100);
});
