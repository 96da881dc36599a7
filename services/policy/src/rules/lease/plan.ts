import { type LeaseSettings, milliseconds } from '@huismeester/contracts';
import { type TimeOfDay, timeOfDay } from '../civil-time.ts';

/** What settings say of how leases end (PART-4). */
export interface LeasePlan {
  /** How long before its planned stop a VM's owner is warned, the longest first; the last of them at once, the other in a digest, ms. */
  readonly warnBeforeMs: readonly number[];
  readonly expireAt: TimeOfDay;
  /** So many VMs are stopped in an hour at most, and no more than that share of those that run (`leastMost` in any case). */
  readonly mostPerHour: number;
  readonly mostSharePct: number;
  /** In a demo: so many times as fast pass the hours that a warning has to be ahead (`testing.leaseSpeed`). */
  readonly speed?: number;
}

/** As `policy.lease` of the settings says, in the zone of the site; `speed` is `testing.leaseSpeed`. */
export function leasePlan(
  { warnBefore, expireAt, mostPerHour, mostShare }: LeaseSettings,
  zone: string,
  speed = 1,
): LeasePlan {
  return {
    warnBeforeMs: warnBefore.map((each) => milliseconds(each) / speed).sort((a, b) => b - a),
    expireAt: timeOfDay(expireAt, zone, speed),
    mostPerHour,
    mostSharePct: mostShare,
    ...(speed !== 1 && { speed }),
  };
}
