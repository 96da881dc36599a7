import { expect, it } from 'vitest';
import { textOf, valueIn } from './value.ts';

const read = (type: number, value: unknown) => valueIn({ oid: '1.3', type, value });

it.each([
  ['', 0n],
  ['07', 7n],
  ['00ffffffffffffffff', 18446744073709551615n],
  ['ffffffffffffffff', 18446744073709551615n],
  ['205466db74c000', 9100000000000000n],
])('a Counter64 of %s is %s', (hex, expected) => {
  expect(read(0x46, Buffer.from(hex, 'hex'))).toBe(expected);
});

it('is what its type says', () => {
  expect(read(0x02, -5)).toBe(-5);
  expect(read(0x43, 4294967295)).toBe(4294967295);
  expect(read(0x06, '1.3.6')).toBe('1.3.6');
  expect(read(0x40, '10.0.0.1')).toBe('10.0.0.1');
  expect(read(0x01, true)).toBe(1);
  for (const tag of [0x80, 0x81, 0x82, 0x05]) expect(read(tag, null)).toBeUndefined();
});

it('keeps no datagram in memory: octets are a copy', () => {
  const datagram = Buffer.from('port 1');
  const octets = read(0x04, datagram);
  datagram.fill(0);
  expect(Buffer.from(octets as Uint8Array).toString()).toBe('port 1');
});

it.each([
  ['Port 1\0', 'Port 1'],
  ['  gi1\u001b[31m/0/1 ', 'gi1 [31m/0/1'],
  ['\0\0', undefined],
])('octets that are text hold nothing that is not printable: %j', (octets, text) => {
  expect(textOf(Buffer.from(octets))).toBe(text);
});

it('what is no octets is no text', () => {
  expect(textOf(5)).toBeUndefined();
  expect(textOf(undefined)).toBeUndefined();
});
