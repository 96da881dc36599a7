import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What is sent, and what an answer to it is verified with. */
export interface Request {
  readonly packet: Buffer;
  readonly id: number;
  readonly authenticator: Buffer;
}

export interface Answer {
  readonly code: 'Access-Accept' | 'Access-Reject' | 'Access-Challenge';
}

/** Codes (RFC 2865, 3) and types of attributes (RFC 2865, 5; RFC 3579, 3.2) of which we use these. */
const codes: Readonly<Record<number, Answer['code']>> = {
  2: 'Access-Accept',
  3: 'Access-Reject',
  11: 'Access-Challenge',
};
const accessRequestCode = 1;
const types = { userName: 1, userPassword: 2, nasIdentifier: 32, messageAuthenticator: 80 };
const headLength = 20;

const md5 = (...parts: Buffer[]) => createHash('md5').update(Buffer.concat(parts)).digest();
const hmac = (secret: Buffer, packet: Buffer) => createHmac('md5', secret).update(packet).digest();

/**
 * An Access-Request with a name and a password. Its Message-Authenticator comes first, so that servers which want one of everybody
 * since Blast-RADIUS (CVE-2024-3596) answer.
 */
export function accessRequest(login: { user: string; password: string; secret: string }): Request {
  const secret = Buffer.from(login.secret);
  const authenticator = randomBytes(16);
  const id = randomBytes(1).readUInt8();
  const attributes = Buffer.concat([
    attribute(types.messageAuthenticator, Buffer.alloc(16)),
    attribute(types.userName, Buffer.from(login.user)),
    attribute(types.userPassword, hide(Buffer.from(login.password), secret, authenticator)),
    attribute(types.nasIdentifier, Buffer.from('huismeester')),
  ]);
  const head = Buffer.from([accessRequestCode, id, 0, 0]);
  head.writeUInt16BE(headLength + attributes.length, 2);
  const packet = Buffer.concat([head, authenticator, attributes]);
  hmac(secret, packet).copy(packet, headLength + 2);
  return { packet, id, authenticator };
}

function attribute(type: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type, value.length + 2]), value]);
}

/** How a password is hidden from those who do not have the shared secret (RFC 2865, 5.2); it may have 128 bytes. */
function hide(password: Buffer, secret: Buffer, authenticator: Buffer): Buffer {
  const padded = Buffer.alloc(Math.max(16, Math.ceil(Math.min(password.length, 128) / 16) * 16));
  password.copy(padded);
  let before = authenticator;
  const blocks: Buffer[] = [];
  for (let at = 0; at < padded.length; at += 16) {
    const pad = md5(secret, before);
    before = Buffer.from(padded.subarray(at, at + 16).map((byte, index) => byte ^ pad.readUInt8(index)));
    blocks.push(before);
  }
  return Buffer.concat(blocks);
}

/**
 * What a packet says of a request. Authentic is one whose Response Authenticator verifies (RFC 2865, 3) and whose Message-Authenticator
 * does, where it has one (RFC 3579, 3.2): FreeRADIUS before 3.2.5 sends none.
 */
export function readAnswer(
  packet: Buffer,
  { id, authenticator }: Request,
  sharedSecret: string,
): Answer | 'malformed' | 'of-another-request' | 'not-authentic' {
  if (packet.length < headLength) return 'malformed';
  if (packet.readUInt8(1) !== id) return 'of-another-request';
  const length = packet.readUInt16BE(2);
  const code = codes[packet.readUInt8(0)];
  // What comes after the length is padding.
  const answer = packet.subarray(0, length);
  if (code === undefined || length < headLength || length > packet.length) return 'malformed';
  const places = placesOf(answer, types.messageAuthenticator);
  if (!places) return 'malformed';
  const secret = Buffer.from(sharedSecret);
  const signed = Buffer.concat([answer.subarray(0, 4), authenticator, answer.subarray(headLength)]);
  const isAuthentic =
    timingSafeEqual(md5(signed, secret), answer.subarray(4, headLength)) &&
    places.every((place) => {
      const blank = Buffer.from(signed).fill(0, place, place + 16);
      return timingSafeEqual(hmac(secret, blank), signed.subarray(place, place + 16));
    });
  return isAuthentic ? { code } : 'not-authentic';
}

/** Where the values of 16 bytes of such attributes begin; undefined where the attributes are no such list, or have another length. */
function placesOf(packet: Buffer, type: number): number[] | undefined {
  const places: number[] = [];
  let at = headLength;
  while (at < packet.length) {
    const length = at + 1 < packet.length ? packet.readUInt8(at + 1) : 0;
    if (length < 2 || at + length > packet.length) return undefined;
    if (packet.readUInt8(at) === type) {
      if (length !== 18) return undefined;
      places.push(at + 2);
    }
    at += length;
  }
  return places;
}
