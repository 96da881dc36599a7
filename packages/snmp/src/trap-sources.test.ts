import { expect, it } from 'vitest';
import { canonicalAddress } from './trap-sources.ts';

it.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['::FFFF:10.0.0.1', '10.0.0.1'],
  ['2001:DB8:0:0::1', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
])('%s is %s', (address, canonical) => {
  expect(canonicalAddress(address)).toBe(canonical);
});

it.each(['', 'switch.space', '10.0.0', '10.0.0.1:162'])('%s is no address', (address) => {
  expect(() => canonicalAddress(address)).toThrow(TypeError);
});
