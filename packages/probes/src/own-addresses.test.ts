import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { isLoopback, isOwn } from './own-addresses.ts';

describe('an address', () => {
  it.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1', '0.0.0.0', '::'])(
    'of loopback is our own: %s',
    (each) => {
      expect(isLoopback(each)).toBe(true);
      expect(isOwn(each)).toBe(true);
    },
  );

  it.each(['198.51.100.7', '2001:db8::7', 'fe80::7%eth0'])('of another host is not: %s', (each) => {
    expect(isOwn(each)).toBe(false);
  });

  it('of an interface of this machine is our own', () => {
    const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    expect(all.length).toBeGreaterThan(0);
    for (const { address } of all) expect(isOwn(address)).toBe(true);
  });
});
