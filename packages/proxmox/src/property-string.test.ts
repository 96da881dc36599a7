import { expect, test } from 'vitest';
import { parseProperties, sizeGib } from './property-string.ts';

test('a property string has its values by their keys, the one without a key by the name that is given', () => {
  expect(parseProperties('local-lvm:vm-104-disk-0,size=32G, ssd=1', 'file')).toEqual(
    new Map([
      ['file', 'local-lvm:vm-104-disk-0'],
      ['size', '32G'],
      ['ssd', '1'],
    ]),
  );
  // What is encoded in base64 ends with equals signs of its own.
  expect(parseProperties('base64=1,serial=YQ==').get('serial')).toBe('YQ==');
});

test.each<[string, number | undefined]>([
  ['32G', 32],
  ['1T', 1024],
  ['512M', 0.5],
  ['528K', 528 / 2 ** 20],
  ['2147483648', 2],
  ['2.5G', 2.5],
  ['', undefined],
  ['none', undefined],
])('the size %s', (text, gib) => {
  expect(sizeGib(text)).toBe(gib);
});
