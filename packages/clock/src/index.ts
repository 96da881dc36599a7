export { type BackoffLimits, backoffMs } from './backoff.ts';
export { type Clock, pause, systemClock } from './clock.ts';
export type { Logger } from './logger.ts';
export { createLoop, type Loop, type LoopOptions } from './loop.ts';
export { createRatedClock, type RatedClock, type RatedClockOptions } from './rated-clock.ts';
