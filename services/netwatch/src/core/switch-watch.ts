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
  /** Looks in a row that went the same way, and when the first of them began. */
  readonly run?: { readonly sight: Sight; readonly count: number; readonly since: Now };
  readonly uptime?: Uptime;
  /** Until when ports that change say nothing, monotonic ms. */
  readonly quietUntilMs?: number;
}

export interface SwitchStep {
  readonly watch: SwitchWatch;
  /** Whether the verdict is another than before. */
  readonly turned: boolean;
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
  const sight = seen.kind === 'read' ? 'answers' : refuses(seen.reason) ? 'unseen' : 'fails';
  const same = before.run?.sight === sight;
  const run = {
    sight,
    count: same ? before.run.count + 1 : 1,
    since: same ? before.run.since : seen.began,
  } as const;
  const reason = seen.kind === 'failed' ? { reason: seen.reason } : {};
  const believed = isBelieved(run, seen.began, before.found === undefined);
  const turned = believed && before.found?.sight !== sight;
  const found = turned ? { sight, since: run.since, ...reason } : before.found;
  const uptime = seen.kind === 'read' ? seen.uptime : undefined;
  const restarted = uptime !== undefined && before.uptime !== undefined && isRestart(before.uptime, uptime);
  const quietUntilMs = restarted ? seen.began.ms + quietMs : before.quietUntilMs;
  const watch: SwitchWatch = {
    run,
    ...(found && { found }),
    ...((uptime ?? before.uptime) && { uptime: uptime ?? before.uptime }),
    ...(quietUntilMs !== undefined && { quietUntilMs }),
  } as SwitchWatch;
  return { watch, turned, restarted, inDoubt: found?.sight !== sight };
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

function isBelieved(
  { sight, count, since }: NonNullable<SwitchWatch['run']>,
  began: Now,
  isFirst: boolean,
): boolean {
  if (sight === 'fails') return count >= failedLooks && began.ms - since.ms >= failedMs;
  return count >= (isFirst && sight === 'answers' ? 1 : believedLooks);
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
