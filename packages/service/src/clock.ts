import { readFileSync } from 'node:fs';
import { type Clock, systemClock } from '@huismeester/clock';
import type { SpaceSettings } from '@huismeester/contracts';
import type { Logger } from 'pino';

const lookEveryMs = 100;

/**
 * For tests: the system's clock, with its civil time ahead by the milliseconds that stand in the file (behind, if negative).
 * Whoever asks for the time has it looked at, at most ten times a second. While the file has no number, the last one counts,
 * 0 at first. `jumped` hears of each change.
 */
export function clockWrongBy(file: string, jumped: (offsetMs: number) => void): Clock {
  let offsetMs = 0;
  let lookedAt = systemClock.monotonicMs();
  const look = () => {
    const read = offsetIn(file);
    if (read === undefined || read === offsetMs) return;
    offsetMs = read;
    jumped(offsetMs);
  };
  look();
  return {
    ...systemClock,
    now() {
      if (systemClock.monotonicMs() - lookedAt >= lookEveryMs) {
        lookedAt = systemClock.monotonicMs();
        look();
      }
      return new Date(systemClock.now().getTime() + offsetMs);
    },
  };
}

/** A whole number that a Date can still be moved by; undefined for anything else, and for a file that is being written. */
function offsetIn(file: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // A test may make the file later.
    return undefined;
  }
  return /^-?\d{1,12}\s*$/.test(text) ? Number(text) : undefined;
}

/** The system's clock; a false one where settings ask for it, which is said aloud at the start and at each jump. */
export function clockOf({ testing }: SpaceSettings, logger: Logger): Clock {
  const { clockOffsetFile: file, acceptFalseClock } = testing;
  if (file === undefined || !acceptFalseClock) return systemClock;
  logger.warn({ file }, 'TESTING: the civil clock is as wrong as this file says; never on a real site');
  return clockWrongBy(file, (offsetMs) => logger.warn({ offsetMs }, 'TESTING: the civil clock jumps'));
}
