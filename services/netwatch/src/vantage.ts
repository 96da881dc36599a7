import type { Clock } from '@huismeester/clock';
import { nowOf } from './clock.ts';
import { lookAround, newVantageWatch } from './core/vantage.ts';
import type { Around, Reports } from './ports.ts';

/** What the looks at other machines say together; `isClear` of it is for verdicts that wait. */
export interface VantageKeeper extends Around {
  /** Whether another machine answered a look that began after this, monotonic ms. */
  isClear(ms: number): boolean;
}

/**
 * @param hasGateway without one nothing is ever concluded: see `lookAround`
 * @param lookAt has something looked at at once: what answered before is asked again before anything is concluded
 * @param hostsOf the other machines that a probe or switch asks: two probes of one machine are one that is silent
 * @param lost whether it was lost when the process before this one ended
 */
export function createVantage(
  reports: Pick<Reports, 'post'>,
  {
    clock,
    hasGateway,
    hostsOf,
    lookAt,
    lost,
  }: {
    readonly clock: Clock;
    readonly hasGateway: boolean;
    readonly hostsOf: (thing: string) => readonly string[];
    readonly lookAt: (thing: string) => void;
    readonly lost: boolean;
  },
): VantageKeeper {
  let watch = { ...newVantageWatch, lost };
  return {
    asked(thing, asked) {
      const hosts = hostsOf(thing);
      const step = lookAround(watch, { thing, hosts, ...asked }, nowOf(clock));
      watch = step.watch;
      reports.post(step.signals);
      if (hasGateway) for (const each of step.lookAt) lookAt(each);
    },
    get lost() {
      return watch.lost;
    },
    isClear: (ms) => !hasGateway || (watch.answeredMs !== undefined && watch.answeredMs >= ms),
  };
}
