import type { LookReason } from '@huismeester/contracts';
import type { Now } from './moment.ts';
import type { Sight } from './thing.ts';
import { type Timing, usualTiming } from './timing.ts';

/** So many looks without an answer, over at least so long, and a switch is unreachable. */
const failedLooks = 3;
const failedMs = 6_000;
/** So many looks in a row are believed that it answers, or refuses us. */
const believedLooks = 2;
/** sysUpTime is a TimeTicks of 32 bits: it begins anew after 497 days. */
const ticksModulo = 2 ** 32;
const toleranceTicks = 3_000;

/** The agent's own clock as a look read it. */
export interface Uptime {
  /** sysUpTime, hundredths of a second. */
  readonly ticks: number;
  /** snmpEngineBoots; many agents without SNMPv3 have none. */
  readonly boots?: number;
  readonly at: Now;
}

/** What a look at a switch came to. */
export type SwitchSeen =
  | { readonly kind: 'read'; readonly uptime: Uptime | undefined; readonly began: Now }
  | { readonly kind: 'failed'; readonly reason: LookReason; readonly began: Now };

/** What one process has seen of a switch. */
export interface SwitchWatch {
  readonly found?: { readonly sight: Sight; readonly since: Now; readonly reason?: LookReason };
  /** Looks in a row that went the same way, when the first of them began, and how many of the last had the same reason. */
  readonly run?: Run;
  readonly uptime?: Uptime;
  /** Until when ports that change say nothing, monotonic ms. */
  readonly quietUntilMs?: number;
}

interface Run {
  readonly sight: Sight;
  readonly count: number;
  readonly since: Now;
  readonly reason?: LookReason;
  readonly alike: number;
}

export interface SwitchStep {
  readonly watch: SwitchWatch;
  /** Whether the verdict is another than before. */
  readonly turned: boolean;
  /** Whether the verdict, or the reason of it, is another than before. */
  readonly isNews: boolean;
  readonly restarted: boolean;
  /** The last look differs from the verdict: look again soon. */
  readonly inDoubt: boolean;
}

/** What one more look at a switch means. */
export function lookAtSwitch(
  before: SwitchWatch,
  seen: SwitchSeen,
  { quietMs }: Pick<Timing, 'quietMs'> = usualTiming,
): SwitchStep {
  const run = runOf(before.run, seen);
  const { sight, since, reason } = run;
  const turned = before.found?.sight !== sight && isBelieved(run, seen.began, before.found === undefined);
  // It may refuse us in one way first, and then in another.
  const isOtherReason =
    before.found?.sight === sight && before.found.reason !== reason && run.alike >= believedLooks;
  const found = turned
    ? { sight, since, ...(reason && { reason }) }
    : isOtherReason
      ? { sight, since: before.found.since, ...(reason && { reason }) }
      : before.found;
  const uptime = seen.kind === 'read' ? seen.uptime : undefined;
  const latest = uptime ?? before.uptime;
  const restarted = uptime !== undefined && before.uptime !== undefined && isRestart(before.uptime, uptime);
  const quietUntilMs = restarted ? seen.began.ms + quietMs : before.quietUntilMs;
  const watch: SwitchWatch = {
    run,
    ...(found && { found }),
    ...(latest && { uptime: latest }),
    ...(quietUntilMs !== undefined && { quietUntilMs }),
  };
  return { watch, turned, isNews: turned || isOtherReason, restarted, inDoubt: found?.sight !== sight };
}

/** The looks in a row that went as this one did. */
function runOf(before: Run | undefined, seen: SwitchSeen): Run {
  const sight = seen.kind === 'read' ? 'answers' : refuses(seen.reason) ? 'unseen' : 'fails';
  const reason = seen.kind === 'failed' ? seen.reason : undefined;
  const same = before?.sight === sight ? before : undefined;
  return {
    sight,
    count: (same?.count ?? 0) + 1,
    since: same?.since ?? seen.began,
    alike: same && same.reason === reason ? same.alike + 1 : 1,
    ...(reason && { reason }),
  };
}

/** A switch that was not seen since the start, or since our place in the network was lost. */
export function switchFromZero({ uptime, quietUntilMs }: SwitchWatch): SwitchWatch {
  return { ...(uptime && { uptime }), ...(quietUntilMs !== undefined && { quietUntilMs }) };
}

export function isQuiet({ quietUntilMs }: SwitchWatch, now: Now): boolean {
  return quietUntilMs !== undefined && now.ms < quietUntilMs;
}

/** Whatever it answers, it is not down: it is we who cannot read it. */
function refuses(reason: LookReason): boolean {
  return reason !== 'no-answer';
}

function isBelieved({ sight, count, since, reason, alike }: Run, began: Now, isFirst: boolean): boolean {
  if (sight === 'answers') return count >= (isFirst ? 1 : believedLooks);
  // A refusal is clear. An answer that makes no sense is as little of one as none, and may be somebody else's.
  if (sight === 'unseen' && reason !== 'wrong-answer') return alike >= believedLooks;
  return count >= failedLooks && began.ms - since.ms >= failedMs;
}

/**
 * Whether the agent began anew: its uptime went back, and did not only wrap, or it counts another boot. What stands still is neither:
 * recordings and some agents have such an uptime.
 */
export function isRestart(before: Uptime, now: Uptime): boolean {
  const bootsKnown = before.boots !== undefined && now.boots !== undefined;
  if (bootsKnown && before.boots !== now.boots) return true;
  if (now.ticks >= before.ticks) return false;
  const passed = Math.round((now.at.ms - before.at.ms) / 10);
  const expected = (before.ticks + passed) % ticksModulo;
  const wrapped = before.ticks + passed >= ticksModulo - toleranceTicks;
  return !(wrapped && distance(now.ticks, expected) <= toleranceTicks);
}

function distance(one: number, other: number): number {
  const apart = Math.abs(one - other);
  return Math.min(apart, ticksModulo - apart);
}
