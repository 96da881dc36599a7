import { expect, test } from 'vitest';
import { addressOf, isLinkLocal } from './address.ts';

const mac = 'bc:24:11:00:00:01';
const eth0 = { name: 'eth0', mac, addresses: ['fe80::1', '2001:db8::7', '10.0.3.17'] };
const docker0 = { name: 'docker0', mac: '02:42:00:00:00:01', addresses: ['172.17.0.1'] };
const lo = { name: 'lo', mac: '00:00:00:00:00:00', addresses: ['127.0.0.1', '::1'] };

test('that of net0’s MAC: IPv4, then IPv6, then one of its link alone', () => {
  expect(addressOf([lo, docker0, eth0], mac.toUpperCase())).toBe('10.0.3.17');
  expect(addressOf([{ ...eth0, addresses: ['fe80::1', '2001:db8::7'] }], mac)).toBe('2001:db8::7');
  expect(addressOf([{ ...eth0, addresses: ['fe80::1', '169.254.3.4'] }], mac)).toBe('169.254.3.4');
  expect(addressOf([{ ...eth0, addresses: ['fe80::1'] }], mac)).toBe('fe80::1');
});

test('none while that interface has none, whatever others have', () => {
  expect(addressOf([lo, docker0, { ...eth0, addresses: [] }], mac)).toBeUndefined();
  expect(addressOf([docker0], mac)).toBeUndefined();
  expect(addressOf([eth0], undefined)).toBeUndefined();
  expect(addressOf([{ ...docker0, mac }], mac)).toBeUndefined();
});

test('addresses of a link alone are told from those that others reach', () => {
  expect(['fe80::1', '169.254.3.4', '10.0.0.1', '2001:db8::1'].map(isLinkLocal)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
