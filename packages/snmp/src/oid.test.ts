import { describe, expect, it } from 'vitest';
import { checkOid, compareOids, indexBelow } from './oid.ts';

describe('object identifiers', () => {
  it.each([
    ['1.3.6.9', '1.3.6.10', -1],
    ['1.3.6', '1.3.6.0', -1],
    ['1.3.6.1', '1.3.6.1', 0],
    ['1.3.7', '1.3.6.4294967295', 1],
    ['1.3.6.2147483649', '1.3.6.2147483648', 1],
  ])('%s against %s', (one, other, sign) => {
    expect(Math.sign(compareOids(one, other))).toBe(sign);
    expect(Math.sign(compareOids(other, one))).toBe(0 - sign);
  });

  it('are of a column only with an index', () => {
    expect(indexBelow('1.3.6.1', '1.3.6.1.7.8')).toBe('7.8');
    for (const other of ['1.3.6.1', '1.3.6.1.', '1.3.6.12', '1.3.6.12.1', '1.3.6.2.1'])
      expect(indexBelow('1.3.6.1', other)).toBeUndefined();
  });

  it('are checked', () => {
    for (const good of ['1.3.6.1.2.1.1.3.0', '0.0', '2.999.4294967295'])
      expect(() => checkOid(good)).not.toThrow();
    for (const bad of ['', '1', '.1.3', '1.3.', '1..3', '3.1', '1.3.01', 'sysUpTime', '1.3.99999999999'])
      expect(() => checkOid(bad)).toThrow(TypeError);
  });
});
