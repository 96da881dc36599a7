import { BerError, tags } from './ber.ts';

/** RFC 2578, section 3.5. */
const mostArcs = 128;

/** Reads the elements of one BER value, in order. Everything that is read is checked; what is wrong throws BerError. */
export class BerReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The tag of the next element. */
  peek(): number {
    const tag = this.#bytes[this.#at];
    if (tag === undefined) throw new BerError('an element is missing');
    return tag;
  }

  /** The content of the next element, which shares memory with the whole. */
  content(tag: number): Uint8Array {
    const found = this.peek();
    if (found !== tag) throw new BerError(`tag ${found} where ${tag} was expected`);
    this.#at += 1;
    const size = this.#length();
    if (size > this.#bytes.length - this.#at) throw new BerError('an element is longer than what holds it');
    this.#at += size;
    return this.#bytes.subarray(this.#at - size, this.#at);
  }

  enter(tag: number = tags.sequence): BerReader {
    return new BerReader(this.content(tag));
  }

  /** A signed number of at most 6 bytes, or an unsigned one. */
  integer(tag: number = tags.integer): number {
    const content = this.content(tag);
    if (content.length === 0 || content.length > 6) throw new BerError('a number of no or too many bytes');
    return Buffer.from(content.buffer, content.byteOffset, content.length).readIntBE(0, content.length);
  }

  unsigned64(tag: number): bigint {
    const content = this.content(tag);
    if (content.length === 0 || content.length > 9) throw new BerError('a number of no or too many bytes');
    let value = 0n;
    for (const byte of content) value = (value << 8n) | BigInt(byte);
    return BigInt.asUintN(64, value);
  }

  oid(): number[] {
    const content = this.content(tags.oid);
    const arcs: number[] = [];
    let arc = 0;
    let open = false;
    for (const byte of content) {
      arc = arc * 128 + (byte & 0x7f);
      open = byte >= 0x80;
      // The first two arcs are one number: 80 more than the second arc at most.
      if (arc > 0xff_ff_ff_ff + 80) throw new BerError('an arc above 2^32');
      if (open) continue;
      if (arcs.length === 0) {
        const first = Math.min(2, Math.floor(arc / 40));
        arcs.push(first, arc - first * 40);
      } else arcs.push(arc);
      arc = 0;
    }
    if (open || arcs.length === 0 || arcs.length > mostArcs) throw new BerError('no object identifier');
    return arcs;
  }

  #length(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    const count = first & 0x7f;
    // 0 would be the indefinite form, which SNMP forbids.
    if (count === 0 || count > 4) throw new BerError('a length of no or too many bytes');
    let size = 0;
    for (let at = 0; at < count; at += 1) size = size * 256 + this.#byte();
    return size;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new BerError('it ends in the middle of an element');
    this.#at += 1;
    return byte;
  }
}
