import { describe, expect, it } from 'vitest';
import { encodeParams, encodePath } from './encode.ts';

describe('encodeParams', () => {
  it('writes booleans as 0 and 1, repeats lists and leaves out what is not given', () => {
    const params = {
      forceStop: true,
      skiplock: false,
      timeout: 30,
      note: 'a b&c',
      none: undefined,
      nil: null,
    };
    expect(encodeParams(params)).toBe('forceStop=1&skiplock=0&timeout=30&note=a+b%26c');
    expect(encodeParams({ delete: ['a', 'b'], big: 2n ** 63n })).toBe(
      'delete=a&delete=b&big=9223372036854775808',
    );
  });
});

describe('encodePath', () => {
  it('escapes each part', () => {
    expect(encodePath('GET', '/nodes/pve1/tasks/UPID:a:b@c!d:/log')).toBe(
      '/nodes/pve1/tasks/UPID%3Aa%3Ab%40c!d%3A/log',
    );
    expect(encodePath('GET', '/pools/a?b#c')).toBe('/pools/a%3Fb%23c');
    expect(encodePath('GET', '/pools/parent%2Fchild')).toBe('/pools/parent%2Fchild');
  });

  it.each(['/nodes//qemu', '/nodes/../access', '/nodes/.', 'nodes'])('refuses %s', (path) => {
    expect(() => encodePath('GET x', path)).toThrow(/empty or relative/);
  });
});
