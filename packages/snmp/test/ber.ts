/** BER by hand, as little of it as the tests' agents need (X.690). */
export function element(tag: number, ...contents: (Buffer | number[])[]): Buffer {
  const content = Buffer.concat(contents.map((each) => Buffer.from(each)));
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

export function integer(value: number, tag = 0x02): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeIntBE(value, 0, 5);
  return element(tag, bytes);
}

export const text = (value: string, tag = 0x04) => element(tag, Buffer.from(value));

export function oid(value: string): Buffer {
  const [first = 0, second = 0, ...others] = value.split('.').map(Number);
  const arcs = [first * 40 + second, ...others].flatMap((arc) => {
    const bytes = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      bytes.unshift((left % 128) + 128);
    return bytes;
  });
  return element(0x06, arcs);
}

export const endOfMibView = element(0x82);
export const noSuchInstance = element(0x81);

export interface Part {
  tag: number;
  content: Buffer;
}

/** The elements of a constructed value; lengths of up to two bytes. */
export function parts(buffer: Buffer): Part[] {
  const found: Part[] = [];
  for (let i = 0; i < buffer.length; ) {
    const tag = buffer[i] ?? 0;
    const first = buffer[i + 1] ?? 0;
    const long = Math.max(0, first - 128);
    const start = i + 2 + long;
    const length = long > 0 ? buffer.readUIntBE(i + 2, long) : first;
    found.push({ tag, content: buffer.subarray(start, start + length) });
    i = start + length;
  }
  return found;
}

export function oidText(content: Buffer): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte % 128);
    if (byte < 128) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...others] = arcs;
  return [Math.floor(first / 40), first % 40, ...others].join('.');
}
