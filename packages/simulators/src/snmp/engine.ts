import { randomBytes } from 'node:crypto';
import type { Clock } from '@huismeester/clock';

/** The SNMP engine of an agent (RFC 3411, section 5). */
export interface Engine {
  readonly id: Uint8Array;
  boots: number;
  /** Whole seconds since `boots` was last counted, at `now` of the clock's monotonic time. */
  timeS(now: number): number;
  setTime(seconds: number): void;
}

/** The enterprise number for examples in documentation (RFC 5612), format 5: octets of one's own choice. */
const idStart = Uint8Array.of(0x80, 0x00, 0x7e, 0xd9, 0x05);

export function createEngine(clock: Clock, boots: number, id?: Uint8Array): Engine {
  let zero = clock.monotonicMs();
  return {
    id: id ?? Buffer.concat([idStart, randomBytes(8)]),
    boots,
    timeS: (now) => Math.floor((now - zero) / 1000),
    setTime(seconds) {
      zero = clock.monotonicMs() - seconds * 1000;
    },
  };
}
