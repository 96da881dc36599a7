import type { SpaceSettings } from '@huismeester/contracts';
import type { Logger } from 'pino';
import { type Clock, clockWrongBy, systemClock } from '../clock.ts';
import type { Closing } from './closing.ts';

/** The system's clock; a false one where settings ask for it, which is said aloud at the start and at each jump. */
export function clockOf({ testing }: SpaceSettings, logger: Logger, closing: Closing): Clock {
  const { clockOffsetFile: file, acceptFalseClock } = testing;
  if (file === undefined || !acceptFalseClock) return systemClock;
  logger.warn({ file }, 'TESTING: the civil clock is as wrong as this file says; never on a real site');
  const clock = clockWrongBy(file, (offsetMs) => logger.warn({ offsetMs }, 'TESTING: the civil clock jumps'));
  closing.add('false clock', () => clock.close());
  return clock;
}
