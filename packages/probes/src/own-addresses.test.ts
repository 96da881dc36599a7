import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hasFamily, isLoopback, isOwn } from './own-addresses.ts';

vi.mock(import('node:os'), async (original) => {
  const os = await original();
  return { ...os, networkInterfaces: vi.fn(os.networkInterfaces) };
});

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
  afterEach(() => vi.restoreAllMocks());

  it('only loopback is our own, both families may be used, and that is said once', () => {
    vi.mocked(networkInterfaces).mockImplementation(() => {
      throw Object.assign(new Error('Unknown system error 97'), { code: 'ERR_SYSTEM_ERROR' });
    });
    const said = vi.spyOn(process, 'emitWarning').mockReturnValue();
    expect(['127.0.0.1', '198.51.100.7', '2001:db8::7'].map(isOwn)).toEqual([true, false, false]);
    expect([hasFamily(4), hasFamily(6)]).toEqual([true, true]);
    expect(said.mock.calls.flat()).toEqual([expect.stringMatching(/ 97\b.*AF_NETLINK/)]);
  });
});
