import { randomBytes } from 'node:crypto';
import { BerError, type Oid, parseOid, tags } from './ber.ts';
import { BerReader } from './ber-reader.ts';
import { BerWriter } from './ber-writer.ts';
import type { Engine } from './engine.ts';
import { decodeScoped, encodeScoped, encodeUsm, flags, type ScopedPdu, type UsmMessage } from './message.ts';
import type { Pdu } from './pdu.ts';
import { decrypt, digestFits, digestOf, digestSizes, encrypt, type UsmUser } from './usm-keys.ts';

const statistics = parseOid('1.3.6.1.6.3.15.1.1');

/** usmStats of SNMP-USER-BASED-SM-MIB, by their last arc (RFC 3414, section 5). */
export const usmErrors = {
  unsupportedSecLevels: 1,
  notInTimeWindows: 2,
  unknownUserNames: 3,
  unknownEngineIDs: 4,
  wrongDigests: 5,
  decryptionErrors: 6,
} as const;

export type UsmError = keyof typeof usmErrors;

export const usmErrorOid = (error: UsmError): Oid => [...statistics, usmErrors[error], 0];

/** How far the clocks of two engines may be apart, seconds. */
const timeWindowS = 150;
const lastBoots = 2 ** 31 - 1;

export interface Opened {
  readonly user: UsmUser;
  readonly scoped: ScopedPdu;
}

export interface UsmSurroundings {
  readonly engine: Engine;
  readonly users: ReadonlyMap<string, UsmUser>;
  /** The engine's time in seconds. */
  readonly time: number;
  readonly neverInTime: boolean;
}

/** Opens a message for which this engine is authoritative, with the checks of RFC 3414, section 3.2, in their order. */
export function openRequest(
  datagram: Uint8Array,
  message: UsmMessage,
  { engine, users, time, neverInTime }: UsmSurroundings,
): Opened | UsmError {
  if (Buffer.compare(message.engineId, engine.id) !== 0) return 'unknownEngineIDs';
  const user = users.get(message.user);
  if (!user) return 'unknownUserNames';
  const authentic = (message.flags & flags.auth) !== 0;
  const secret = (message.flags & flags.priv) !== 0;
  if ((authentic && !user.auth) || (secret && !(authentic && user.privKey))) return 'unsupportedSecLevels';
  if (authentic) {
    if (!user.auth || !digestFits(user.auth, datagram, message.digest)) return 'wrongDigests';
    const late = Math.abs(message.time - time) > timeWindowS;
    if (neverInTime || engine.boots === lastBoots || message.boots !== engine.boots || late)
      return 'notInTimeWindows';
  }
  const scoped = openData(message, user);
  return scoped ? { user, scoped } : 'decryptionErrors';
}

/** The scoped PDU of a message whose digest was checked; undefined if it cannot be decrypted. */
export function openData(message: UsmMessage, { privKey }: UsmUser): ScopedPdu | undefined {
  if (!(message.flags & flags.priv)) return decodeScoped(message.data);
  if (!privKey || message.salt.length !== 8) return undefined;
  try {
    const plain = decrypt(privKey, message, message.data);
    return decodeScoped(new BerReader(plain).content(tags.sequence));
  } catch (error) {
    // With a wrong key what comes out is no BER.
    if (error instanceof BerError) return undefined;
    throw error;
  }
}

export interface Closing {
  readonly id: number;
  readonly flags: number;
  readonly maxSize: number;
  readonly user: UsmUser;
  readonly engine: Engine;
  /** The engine's time in seconds. */
  readonly time: number;
  readonly contextName?: string;
  readonly pdu: Pdu;
}

/** A message of this engine, signed and encrypted as its flags ask for. */
export function closeMessage({ id, maxSize, user, engine, time, pdu, ...rest }: Closing): Buffer {
  const scoped = encodeScoped({ contextEngineId: engine.id, contextName: rest.contextName ?? '', pdu });
  const salt = rest.flags & flags.priv ? randomBytes(8) : new Uint8Array(0);
  const auth = rest.flags & flags.auth ? user.auth : undefined;
  const from = { boots: engine.boots, time, salt };
  const { bytes, digestAt } = encodeUsm({
    version: '3',
    id,
    maxSize,
    flags: rest.flags,
    engineId: engine.id,
    ...from,
    user: user.name,
    digest: new Uint8Array(auth ? digestSizes[auth.protocol] : 0),
    data: rest.flags & flags.priv && user.privKey ? encrypt(user.privKey, from, sequence(scoped)) : scoped,
  });
  if (auth) bytes.set(digestOf(auth, bytes, digestAt), digestAt);
  return bytes;
}

function sequence(content: Uint8Array): Buffer {
  const writer = new BerWriter();
  writer.octets(tags.sequence, content);
  return writer.finish();
}
