import { BerError, type Oid } from './ber.ts';

/**
 * Writes BER (X.690) from the end to the beginning, so that the length of a sequence is known when its header is written: last
 * element first, then `wrap` around it.
 */
export class BerWriter {
  #buffer = Buffer.allocUnsafe(2_048);
  #at = 2_048;

  /** How many bytes there are so far. */
  get length(): number {
    return this.#buffer.length - this.#at;
  }

  /** All that was written. The writer must not be used after it. */
  finish(): Buffer {
    return this.#buffer.subarray(this.#at);
  }

  bytes(content: Uint8Array): void {
    this.#room(content.length);
    this.#at -= content.length;
    this.#buffer.set(content, this.#at);
  }

  octets(tag: number, content: Uint8Array | string): void {
    if (typeof content === 'string') {
      const size = Buffer.byteLength(content);
      this.#room(size);
      this.#at -= size;
      this.#buffer.write(content, this.#at, 'utf8');
      this.#header(tag, size);
      return;
    }
    this.bytes(content);
    this.#header(tag, content.length);
  }

  /** A whole number in as few bytes as two's complement allows; exact up to 2^53. */
  integer(tag: number, value: number): void {
    if (!Number.isSafeInteger(value)) throw new BerError(`${value} is not a whole number up to 2^53`);
    this.#room(9);
    const end = this.#at;
    let rest = value;
    let byte: number;
    do {
      const next = Math.floor(rest / 256);
      byte = rest - next * 256;
      this.#at -= 1;
      this.#buffer[this.#at] = byte;
      rest = next;
    } while (!((rest === 0 && byte < 0x80) || (rest === -1 && byte >= 0x80)));
    this.#header(tag, end - this.#at);
  }

  /** A number from 0 to 2^64 - 1. */
  unsigned64(tag: number, value: bigint): void {
    if (value <= Number.MAX_SAFE_INTEGER) {
      this.integer(tag, Number(value));
      return;
    }
    const content = Buffer.allocUnsafe(9);
    content[0] = 0;
    content.writeBigUInt64BE(BigInt.asUintN(64, value), 1);
    let first = 0;
    while ((content[first] ?? 0) === 0 && (content[first + 1] ?? 0) < 0x80) first += 1;
    this.octets(tag, content.subarray(first));
  }

  oid(tag: number, oid: Oid): void {
    this.#room(oid.length * 5 + 1);
    const end = this.#at;
    for (let at = oid.length - 1; at > 1; at -= 1) this.#arc(oid[at] ?? 0);
    this.#arc((oid[0] ?? 0) * 40 + (oid[1] ?? 0));
    this.#header(tag, end - this.#at);
  }

  empty(tag: number): void {
    this.#header(tag, 0);
  }

  /** Puts a header before what was written since the writer had `from` bytes. */
  wrap(tag: number, from: number): void {
    this.#header(tag, this.length - from);
  }

  #arc(arc: number): void {
    this.#at -= 1;
    this.#buffer[this.#at] = arc & 0x7f;
    for (let rest = arc >>> 7; rest > 0; rest >>>= 7) {
      this.#at -= 1;
      this.#buffer[this.#at] = 0x80 | (rest & 0x7f);
    }
  }

  #header(tag: number, size: number): void {
    this.#room(6);
    if (size < 0x80) {
      this.#at -= 1;
      this.#buffer[this.#at] = size;
    } else {
      let count = 0;
      for (let rest = size; rest > 0; rest >>>= 8) {
        this.#at -= 1;
        this.#buffer[this.#at] = rest & 0xff;
        count += 1;
      }
      this.#at -= 1;
      this.#buffer[this.#at] = 0x80 | count;
    }
    this.#at -= 1;
    this.#buffer[this.#at] = tag;
  }

  #room(bytes: number): void {
    if (this.#at >= bytes) return;
    const grown = Buffer.allocUnsafe(this.#buffer.length * 2 + bytes);
    const at = grown.length - this.length;
    grown.set(this.#buffer.subarray(this.#at), at);
    this.#buffer = grown;
    this.#at = at;
  }
}
