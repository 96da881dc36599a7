import type { Clock } from '@huismeester/clock';
import type { Now } from './core/moment.ts';

export function nowOf(clock: Clock): Now {
  return { time: clock.now().getTime(), ms: clock.monotonicMs() };
}
