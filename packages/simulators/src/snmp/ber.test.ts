import { describe, expect, it } from 'vitest';
import { BerError, parseOid, tags } from './ber.ts';
import { BerReader } from './ber-reader.ts';
import { BerWriter } from './ber-writer.ts';

function written(write: (writer: BerWriter) => void): string {
  const writer = new BerWriter();
  write(writer);
  return writer.finish().toString('hex');
}

const reader = (hex: string) => new BerReader(Buffer.from(hex, 'hex'));

// X.690, sections 8.3 and 8.19, and by hand.
const integers: [number, string][] = [
  [0, '020100'],
  [127, '02017f'],
  [128, '02020080'],
  [256, '02020100'],
  [-1, '0201ff'],
  [-128, '020180'],
  [-129, '0202ff7f'],
  [4_294_967_295, '020500ffffffff'],
];

const oids: [string, string][] = [
  ['1.3.6.1.2.1.1.3.0', '06082b06010201010300'],
  ['2.999.3', '0603883703'],
  ['1.3.6.1.2.1.2.2.1.8.2147483649', '060e2b060102010202010888808080' + '01'],
  ['1.3.4294967295', '06062b8fffffff7f'],
  ['0.0', '060100'],
];

describe('BER', () => {
  it.each(integers)('writes and reads %d', (value, hex) => {
    expect(written((writer) => writer.integer(tags.integer, value))).toBe(hex);
    expect(reader(hex).integer()).toBe(value);
  });

  it.each(oids)('writes and reads %s', (text, hex) => {
    expect(written((writer) => writer.oid(tags.oid, parseOid(text)))).toBe(hex);
    expect(reader(hex).oid()).toEqual(parseOid(text));
  });

  it.each([
    [0n, '460100'],
    [9_007_199_254_740_993n, '460720000000000001'],
    [9_223_372_036_854_775_807n, '46087fffffffffffffff'],
    [18_446_744_073_709_551_615n, '460900ffffffffffffffff'],
  ])('writes and reads the 64 bits of %d', (value, hex) => {
    expect(written((writer) => writer.unsigned64(tags.counter64, value))).toBe(hex);
    expect(reader(hex).unsigned64(tags.counter64)).toBe(value);
  });

  it.each([127, 128, 255, 256, 65_536])('writes and reads %d bytes', (size) => {
    const content = new Uint8Array(size).fill(7);
    const hex = written((writer) => writer.octets(tags.octets, content));
    expect(Buffer.compare(reader(hex).content(tags.octets), content)).toBe(0);
    expect(hex.slice(2, 4)).toBe(size < 128 ? '7f' : size < 256 ? '81' : size < 65_536 ? '82' : '83');
  });

  it.each([
    ['', 'nothing'],
    ['02', 'no length'],
    ['0203ff', 'shorter than it says'],
    ['0200', 'a number of no bytes'],
    ['308000', 'the indefinite form'],
    ['30850000000001', 'a length of 5 bytes'],
    [`0207${'01'.repeat(7)}`, 'a number of 7 bytes'],
  ])('refuses %s: %s', (hex) => {
    expect(() => reader(hex).integer(hex.startsWith('30') ? tags.sequence : tags.integer)).toThrow(BerError);
  });

  it.each(['0600', '0601ff', '06072bffffffffff7f', `068181${'01'.repeat(129)}`])(
    'refuses the OID %s',
    (hex) => {
      expect(() => reader(hex).oid()).toThrow(BerError);
    },
  );

  it.each(['', '1', '1..3', '1.x', '1.4294967296', '1.-1'])('takes %s for no OID', (text) => {
    expect(() => parseOid(text)).toThrow(BerError);
  });
});
