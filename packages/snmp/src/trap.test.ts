import { expect, it } from 'vitest';
import { readTrap } from './trap.ts';

const trapOid = (raw: string) => ({ oid: '1.3.6.1.6.3.1.1.4.1.0', tag: 6, raw });
const variable = (oid: string, raw: number) => ({ oid: `1.3.6.1.2.1.2.2.1.${oid}`, tag: 2, raw });

it.each([
  ['cold-start', '1.3.6.1.6.3.1.1.5.1', 0],
  ['warm-start', '1.3.6.1.6.3.1.1.5.2', 1],
  ['link-down', '1.3.6.1.6.3.1.1.5.3', 2],
  ['link-up', '1.3.6.1.6.3.1.1.5.4', 3],
  ['authentication-failure', '1.3.6.1.6.3.1.1.5.5', 4],
  ['other', '1.3.6.1.6.3.1.1.5.6', 5],
  ['other', '1.3.6.1.4.1.9.9.43.2.0.1', 6],
])('is %s: %s, or %i in v1', (kind, v2, v1) => {
  expect(readTrap([trapOid(v2)], undefined)).toEqual({ kind });
  expect(readTrap([], v1)).toEqual({ kind });
});

it('is another one without a name, or with an odd one', () => {
  for (const odd of [
    '1.3.6.1.6.3.1.1.5',
    '1.3.6.1.6.3.1.1.5.3.1',
    '1.3.6.1.6.3.1.1.5.0',
    '1.3.6.1.6.3.1.1.54.3',
  ])
    expect(readTrap([trapOid(odd)], undefined)).toEqual({ kind: 'other' });
  expect(readTrap([], undefined)).toEqual({ kind: 'other' });
});

it.each([
  ['ifIndex', [variable('1.7', 7)], 7],
  [
    'ifIndex above 2^31, which its value has as a negative number',
    [variable('1.2147483650', -2147483646)],
    2147483650,
  ],
  ['ifIndex without an index', [variable('1', -2147483646)], 2147483650],
  ['ifOperStatus', [variable('14.9', 1), variable('8.12', 2)], 12],
  ['ifAdminStatus', [variable('7.13', 1)], 13],
  ['ifIndex before the others', [variable('8.12', 2), variable('1.7', 7)], 7],
  ['nothing', [variable('2.7', 7), variable('80.1', 1), variable('8', 1)], undefined],
])('has its interface from %s', (_, varbinds, ifIndex) => {
  expect(readTrap(varbinds, 2)).toEqual(
    ifIndex === undefined ? { kind: 'link-down' } : { kind: 'link-down', ifIndex },
  );
});
