import { isBefore, type Moment } from './moment.ts';
import type { Evidence } from './thing.ts';

/** Something that failed, with what fails because of it. Stored. */
export interface Incident {
  readonly id: string;
  readonly root: string;
  /** What else failed that would explain its members. */
  readonly others: readonly string[];
  /** The first failed look, not the verdict. */
  readonly since: Moment;
  /** The verdict on its root: a parent found down within 60 s after it takes the incident over. */
  readonly rootedAt: Moment;
  readonly members: Readonly<Record<string, Membership>>;
  /** The event that opened it, or opened it again; all that is said of it after that carries its correlation id. */
  readonly cause: Evidence;
  /** Whether a power cut explains it, by its root when it got that, or since it boots after one: policy opens no violation for it then. */
  readonly outage: boolean;
  /** Since when its root is no longer part of the power cut, while the cut still explains it: what was off needs time to boot. */
  readonly bootingSince?: Moment;
  /** Members and root as the last event said them: what is the same is not said again. */
  readonly said: string;
  /** The first good look of the last member that came back; absent: open. */
  readonly until?: Moment;
  readonly closedAt?: Moment;
  readonly mergedInto?: string;
}

export interface Membership {
  /** Its first failed look. */
  readonly since: Moment;
  /** Its first good look; absent: it is not back. */
  readonly backAt?: Moment;
}

export function isOpen({ closedAt }: Incident): boolean {
  return closedAt === undefined;
}

export function isAllBack({ members }: Pick<Incident, 'members'>): boolean {
  return Object.values(members).every(({ backAt }) => backAt !== undefined);
}

/** When the last member came back, by their first good looks; the civil clock may have been set back meanwhile. */
export function lastBack({ members, since }: Incident): Moment {
  const [first = since, ...others] = Object.values(members).flatMap(({ backAt }) => backAt ?? []);
  return others.reduce((last, backAt) => (isBefore(last, backAt) ? backAt : last), first);
}
