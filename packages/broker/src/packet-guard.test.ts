import { describe, expect, it } from 'vitest';
import { packetGuard } from './packet-guard.ts';

/** A PUBLISH with a body of so many bytes. */
function packet(body: number): number[] {
  const length: number[] = [];
  let rest = body;
  do {
    length.push((rest % 128) | (rest > 127 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return [0x30, ...length, ...new Array<number>(body).fill(0xff)];
}

describe('packetGuard', () => {
  it('lets packets up to the limit pass, however they are cut into pieces', () => {
    const bytes = [packet(0), packet(300), packet(127), packet(128), packet(1)].flat();
    for (const size of [1, 2, 7, bytes.length]) {
      const fits = packetGuard(300);
      for (let at = 0; at < bytes.length; at += size) {
        expect(fits(Uint8Array.from(bytes.slice(at, at + size)))).toBe(true);
      }
    }
  });

  it('notices a packet over the limit by its header alone', () => {
    const fits = packetGuard(300);
    expect(fits(Uint8Array.from(packet(300)))).toBe(true);
    expect(fits(Uint8Array.from(packet(301).slice(0, 3)))).toBe(false);
  });

  it('notices a length that never ends', () => {
    expect(packetGuard(2 ** 30)(Uint8Array.from([0x30, 0x80, 0x80, 0x80, 0x80]))).toBe(false);
  });
});
