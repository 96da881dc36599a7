import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { isLoopback, isOwn, ownAddresses } from './own-addresses.ts';

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

describe('where a sandbox forbids to ask for the addresses', () => {
  it('only loopback is our own, both families may be used, and that is said once', () => {
    const said: string[] = [];
    const forbidden = () => {
      throw Object.assign(new Error('Unknown system error 97'), { code: 'ERR_SYSTEM_ERROR' });
    };
    const own = ownAddresses(forbidden, (message) => said.push(message));
    expect(['127.0.0.1', '198.51.100.7', '2001:db8::7'].map(own.isOwn)).toEqual([true, false, false]);
    expect([own.hasFamily(4), own.hasFamily(6)]).toEqual([true, true]);
    expect(said).toEqual([expect.stringMatching(/ 97\b.*AF_NETLINK/)]);
  });
});
