import { describe, expect, it } from 'vitest';
import { readHeader } from './header.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const v1 = hex('30 0d 02 01 00 04 06 70 75 62 6c 69 63 a4 00');
const discovery = hex(
  '30 3e 02 01 03 30 11 02 04 00 00 00 01 02 03 00 ff e3 04 01 04 02 01 03' +
    '04 10 30 0e 04 00 02 01 00 02 01 00 04 00 04 00 04 00' +
    '30 14 04 00 04 00 a0 0e 02 04 00 00 00 01 02 01 00 02 01 00 30 00',
);

describe('the header of a message', () => {
  it('has the community, or the user and how it is secured', () => {
    expect(readHeader(v1)).toEqual({ version: '1', community: Buffer.from('public'), pdu: 0xa4 });
    const v2 = Buffer.from(v1);
    v2[4] = 1;
    expect(readHeader(v2)).toMatchObject({ version: '2c' });
    const empty = Buffer.alloc(0);
    expect(readHeader(discovery)).toEqual({
      version: '3',
      flags: 4,
      engineId: empty,
      user: empty,
      digest: empty,
      pdu: 0xa0,
    });
  });

  it('is read of a length in several bytes', () => {
    const long = Buffer.concat([hex('30 81 0d'), v1.subarray(2)]);
    expect(readHeader(long)).toMatchObject({ version: '1' });
  });

  it('is none where a message is cut short, or has another version', () => {
    for (const whole of [v1, discovery])
      for (let length = 0; length < whole.length; length += 1)
        expect(readHeader(whole.subarray(0, length))).toBeUndefined();
    const v2u = Buffer.from(v1);
    v2u[4] = 2;
    expect(readHeader(v2u)).toBeUndefined();
    for (const odd of ['30 80 02 01 00', '30 85 00 00 00 00 05', '04 03 02 01 00', '30 84 ff ff ff ff'])
      expect(readHeader(hex(odd))).toBeUndefined();
  });
});
