import { expect, test } from 'vitest';
import { faults } from '../check.ts';
import { gibibytes, mebibytes, Size } from './size.ts';

test('a size is read in MiB, and for disks in whole GiB', () => {
  expect(['512MiB', '2GiB', '1.5GiB', '1TiB'].map(mebibytes)).toEqual([512, 2048, 1536, 1_048_576]);
  expect(['512MiB', '8GiB', '8.5GiB'].map(gibibytes)).toEqual([1, 8, 9]);
});

test.each(['', '2', '2GB', '2 GiB', '-1GiB', '2g'])('%j is no size', (text) => {
  expect(faults(Size, text)).toHaveLength(1);
  expect(() => mebibytes(text)).toThrow(RangeError);
});
