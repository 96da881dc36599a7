import { expect, test } from 'vitest';
import { incarnationOf, isAnother } from './incarnation.ts';

const smbiosUuid = '7C1F0A52-9d0e-4c39-a6a5-3c1f1d2b7e10';
const mac = 'BC:24:11:0A:0b:0c';
const byUuid = 'uuid-7c1f0a52-9d0e-4c39-a6a5-3c1f1d2b7e10';
const byMac = 'mac-bc-24-11-0a-0b-0c';

test('the uuid says which guest it is, else the MAC', () => {
  expect(incarnationOf({ smbiosUuid, mac })).toBe(byUuid);
  expect(incarnationOf({ mac })).toBe(byMac);
  expect(incarnationOf({})).toBeUndefined();
});

test.each([
  ['nothing was known', undefined, { smbiosUuid }, undefined],
  ['it has neither now', byUuid, {}, undefined],
  ['the same uuid, another MAC', byUuid, { smbiosUuid, mac: 'BC:24:11:00:00:00' }, false],
  ['another uuid, the same MAC', byUuid, { smbiosUuid: smbiosUuid.replace('7C', '8C'), mac }, true],
  ['known by its MAC, and it got a uuid', byMac, { smbiosUuid, mac }, false],
  ['another MAC', byMac, { mac: 'BC:24:11:00:00:00' }, true],
  ['a guest without the uuid', byUuid, { mac }, true],
])('%s', (_, known, found, another) => {
  expect(isAnother(known, found)).toBe(another);
});
