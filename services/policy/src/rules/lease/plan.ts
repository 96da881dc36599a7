import { type LeaseSettings, milliseconds } from '@huismeester/contracts';
import { minutesOf, type TimeOfDay } from '../civil-time.ts';

/** What settings say of how leases end (PART-4). */
export interface LeasePlan {
  /** How long before its planned stop a VM's owner is warned, the longest first; the last of them at once, the other in a digest, ms. */
  readonly warnBeforeMs: readonly number[];
  readonly expireAt: TimeOfDay;
  /** So many VMs are stopped in an hour at most, and no more than that share of those that run (`leastMost` in any case). */
  readonly mostPerHour: number;
  readonly mostSharePct: number;
}

/** As `policy.lease` of the settings says, in the zone of the site. */
export function leasePlan(
  { warnBefore, expireAt, mostPerHour, mostShare }: LeaseSettings,
  zone: string,
): LeasePlan {
  return {
    warnBeforeMs: warnBefore.map(milliseconds).sort((a, b) => b - a),
    expireAt: { zone, minutes: minutesOf(expireAt) },
    mostPerHour,
    mostSharePct: mostShare,
  };
}
