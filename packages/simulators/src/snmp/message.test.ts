import { describe, expect, it } from 'vitest';
import { BerError, parseOid } from './ber.ts';
import { type CommunityMessage, decodeMessage, encodeCommunity } from './message.ts';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');

// As snmpget and snmpbulkget of net-snmp 5.9.3 sent them.
const get = bytes(`
  303D 020101 04067075626C6963 A030 0204 36786577 020100 020100 3022
  300C 0608 2B06010201010300 0500  3012 060E 2B06010201020201088880808001 0500`);
const getBulk = bytes(`
  3038 020101 04067075626C6963 A52B 0204 2F594735 020101 020103 301D
  300C 0608 2B06010201010300 0500  300D 0609 2B0601020102020105 0500`);
const discovery = bytes(`
  303E 020103 3011 0204 1B80D139 0203 00FFE3 040104 020103 0410 300E 0400 020100 020100 0400 0400 0400
  3014 0400 0400 A00E 0204 4E847D1F 020100 020100 3000`);

const nothing = { type: 'null' } as const;

describe('a message', () => {
  it.each<[string, Buffer, CommunityMessage]>([
    [
      'GET',
      get,
      {
        version: '2c',
        community: 'public',
        pdu: {
          type: 'get',
          requestId: 0x36_78_65_77,
          errorStatus: 0,
          errorIndex: 0,
          varbinds: [
            { oid: parseOid('1.3.6.1.2.1.1.3.0'), value: nothing },
            { oid: parseOid('1.3.6.1.2.1.2.2.1.8.2147483649'), value: nothing },
          ],
        },
      },
    ],
    [
      'GETBULK',
      getBulk,
      {
        version: '2c',
        community: 'public',
        pdu: {
          type: 'getBulk',
          requestId: 0x2f_59_47_35,
          errorStatus: 1,
          errorIndex: 3,
          varbinds: [
            { oid: parseOid('1.3.6.1.2.1.1.3.0'), value: nothing },
            { oid: parseOid('1.3.6.1.2.1.2.2.1.5'), value: nothing },
          ],
        },
      },
    ],
  ])('%s of net-snmp is read, and written as it was', (_, captured, message) => {
    expect(decodeMessage(captured)).toEqual(message);
    expect(encodeCommunity(message).toString('hex')).toBe(captured.toString('hex'));
  });

  it('of SNMPv3 that discovers the engine is read', () => {
    expect(decodeMessage(discovery)).toMatchObject({
      version: '3',
      id: 0x1b_80_d1_39,
      maxSize: 65_507,
      flags: 4,
      boots: 0,
      user: '',
    });
  });

  it('with every kind of value is read as it was written', () => {
    const oid = parseOid('1.3.6.1.4.1');
    const message: CommunityMessage = {
      version: '1',
      community: 'zó',
      pdu: {
        type: 'response',
        requestId: -5,
        errorStatus: 0,
        errorIndex: 0,
        varbinds: [
          { oid, value: { type: 'integer', value: -2_147_483_648 } },
          { oid, value: { type: 'counter32', value: 4_294_967_295 } },
          { oid, value: { type: 'gauge32', value: 128 } },
          { oid, value: { type: 'timeTicks', value: 0 } },
          { oid, value: { type: 'counter64', value: 2n ** 64n - 1n } },
          { oid, value: { type: 'octets', value: Buffer.from('text') } },
          { oid, value: { type: 'ipAddress', value: Buffer.of(10, 0, 0, 1) } },
          { oid, value: { type: 'opaque', value: Buffer.of(1) } },
          { oid, value: { type: 'oid', value: oid } },
          { oid, value: { type: 'noSuchObject' } },
          { oid, value: { type: 'noSuchInstance' } },
          { oid, value: { type: 'endOfMibView' } },
        ],
      },
    };
    expect(decodeMessage(encodeCommunity(message))).toEqual(message);
  });

  it('that is cut off anywhere is refused', () => {
    for (const captured of [get, getBulk, discovery])
      for (let size = 0; size < captured.length; size += 1)
        expect(() => decodeMessage(captured.subarray(0, size))).toThrow(BerError);
  });

  it('that is changed anywhere is read or refused, and nothing else happens', () => {
    for (const captured of [get, getBulk, discovery])
      for (let at = 0; at < captured.length; at += 1)
        for (const byte of [0x00, 0x05, 0x30, 0x7f, 0x80, 0x84, 0xff]) {
          const changed = Buffer.from(captured);
          changed[at] = byte;
          try {
            decodeMessage(changed);
          } catch (error) {
            expect(error).toBeInstanceOf(BerError);
          }
        }
  });
});
