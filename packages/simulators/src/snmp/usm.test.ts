import { systemClock } from '@huismeester/clock';
import { describe, expect, it } from 'vitest';
import { parseOid } from './ber.ts';
import { createEngine } from './engine.ts';
import { decodeMessage, flags, type UsmMessage } from './message.ts';
import { closeMessage, openRequest } from './usm.ts';
import { localizedKey, localizeUser, passwordKey, type SwitchUser } from './usm-keys.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const engine = createEngine(systemClock, 3);
const given: SwitchUser[] = [
  { name: 'open' },
  { name: 'signed', auth: { protocol: 'sha', password: 'maplesyrup' } },
  {
    name: 'secret',
    auth: { protocol: 'sha256', password: 'maplesyrup' },
    priv: { protocol: 'aes', password: 'sugarmaple' },
  },
];
const users = new Map(given.map((user) => [user.name, localizeUser(user, engine.id)]));
const pdu = {
  type: 'get',
  requestId: 7,
  errorStatus: 0,
  errorIndex: 0,
  varbinds: [{ oid: parseOid('1.3.6.1.2.1.1.3.0'), value: { type: 'null' } }],
} as const;

function closed(name: string, bits: number, time = 100): Buffer {
  const user = users.get(name) ?? { name };
  return closeMessage({ id: 9, flags: bits, maxSize: 1500, user, engine, time, pdu });
}

function open(datagram: Buffer, { time = 100, neverInTime = false } = {}) {
  const message = decodeMessage(datagram) as UsmMessage;
  return openRequest(datagram, message, { engine, users, time, neverInTime });
}

describe('the user-based security model', () => {
  it('makes the keys of RFC 3414, A.3.2', () => {
    const id = Buffer.from('000000000000000000000002', 'hex');
    expect(hex(passwordKey('sha', 'maplesyrup'))).toBe('9fb5cc0381497b3793528939ff788d5d79145211');
    expect(hex(localizedKey('sha', 'maplesyrup', id))).toBe('6695febc9288e36282235fc7151f128497b38f3f');
  });

  it.each([
    ['open', 0],
    ['signed', flags.auth],
    ['secret', flags.auth | flags.priv],
  ])('opens what %s closed', (name, bits) => {
    expect(open(closed(name, bits))).toMatchObject({ user: { name }, scoped: { contextName: '', pdu } });
  });

  it('lets nobody read what is secret, or change what is signed', () => {
    const datagram = closed('secret', flags.auth | flags.priv);
    expect(hex(datagram)).not.toContain('2b06010201010300');
    expect(hex(closed('signed', flags.auth))).toContain('2b06010201010300');
    for (const at of [datagram.length - 1, datagram.length - 40]) {
      const changed = Buffer.from(datagram);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(open(changed)).toBe('wrongDigests');
    }
  });

  it('finds what is wrong, in the order of RFC 3414', () => {
    const other = createEngine(systemClock, 3);
    const foreign = closeMessage({
      id: 9,
      flags: 0,
      maxSize: 1500,
      user: { name: 'nobody' },
      engine: other,
      time: 100,
      pdu,
    });
    expect(open(foreign)).toBe('unknownEngineIDs');
    expect(open(closed('nobody', 0))).toBe('unknownUserNames');
    expect(open(closed('open', flags.auth))).toBe('unsupportedSecLevels');
    expect(open(closed('signed', flags.auth | flags.priv))).toBe('unsupportedSecLevels');
    expect(open(closed('signed', flags.auth), { time: 250 })).toMatchObject({ user: { name: 'signed' } });
    expect(open(closed('signed', flags.auth), { time: 251 })).toBe('notInTimeWindows');
    expect(open(closed('signed', flags.auth), { neverInTime: true })).toBe('notInTimeWindows');
    const early = closed('secret', flags.auth | flags.priv);
    engine.boots = 4;
    expect(open(early)).toBe('notInTimeWindows');
  });

  it('cannot decrypt with another key', () => {
    const user = users.get('secret');
    if (!user) throw new Error('no user');
    const wrong = { ...user, privKey: new Uint8Array(16) };
    const bits = flags.auth | flags.priv;
    expect(
      open(closeMessage({ id: 9, flags: bits, maxSize: 1500, user: wrong, engine, time: 100, pdu })),
    ).toBe('decryptionErrors');
  });
});
