import { countChanges, type Flaps, flapWindow_s, noFlaps } from './flaps.ts';
import type { Now } from './moment.ts';
import type { Sight } from './thing.ts';
import type { Signal } from './world.ts';

/** Two looks so far apart must agree that a port is down. */
export const confirmDownMs = 150;
/** A port must have been up for so long. */
export const holdUpMs = 3_000;

/** ifOperStatus (RFC 2863); some agents say 0, which is none of them. */
export const operNames = [
  'unknown',
  'up',
  'down',
  'testing',
  'unknown',
  'dormant',
  'not-present',
  'lower-layer-down',
] as const;
export type Oper = (typeof operNames)[number];

/** A row of ifTable as a look read it. */
export interface PortRow {
  /** ifAdminStatus: 1 up, 2 down, 3 testing. */
  readonly admin?: number;
  /** ifOperStatus. */
  readonly oper?: number;
  /** ifLastChange, hundredths of a second of sysUpTime. */
  readonly lastChange?: number;
}

/** What one process has seen of a port; after a restart it begins empty, but for the flaps. */
export interface PortWatch {
  readonly row?: PortRow;
  /** The verdict, and when the first look began that it rests on. */
  readonly found?: { readonly sight: Sight; readonly since: Now };
  /** What the looks show now, if that is not the verdict yet, and since when. */
  readonly sign?: { readonly sight: Sight; readonly since: Now };
  /** The verdict that was signalled last; while a switch restarts verdicts are reached that are not signalled. */
  readonly signalled?: Sight;
  /** Up or down, as signalled last, also before its switch was lost. */
  readonly spoken?: 'answers' | 'fails';
  /** How the last look went that showed it up or down; `off`: it was switched off on purpose, and not seen up since. */
  readonly last?: 'up' | 'down' | 'off';
  readonly flaps: Flaps;
}

export interface PortStep {
  readonly watch: PortWatch;
  readonly signals: readonly Signal[];
  /** When the next look is due for a verdict, ms from this one. */
  readonly soonMs?: number;
}

/** @param spoken what was said last, by an earlier process */
export function newPortWatch(flaps: Flaps = noFlaps, spoken?: PortWatch['spoken']): PortWatch {
  return { flaps, ...(spoken && { spoken }) };
}

/** Nothing is known of the port any more, since its switch cannot be read: its next look is as the first. */
export function portFromZero({ flaps, spoken }: PortWatch): PortWatch {
  return { flaps, ...(spoken && { spoken }) };
}

/**
 * What one more look at a port means. While its switch restarts (`quiet`) no change counts, and only a port that is as it was before
 * is signalled.
 */
export function lookAtPort(
  id: string,
  before: PortWatch,
  row: PortRow,
  began: Now,
  { quiet }: { readonly quiet: boolean },
): PortStep {
  const sight = sightOf(row);
  const { found, sign, soonMs: verdictMs } = believe(before, sight, began);
  const last = lastOf(before, row, sight);
  const changes = quiet ? 0 : changesOf(before, row, last);
  const { flaps, turned, dueMs: stableMs } = countChanges(before.flaps, changes, began.time);
  const soonMs = sooner(verdictMs, stableMs);
  // It changed while its switch restarted and nothing was signalled. If it is on its way back to what was signalled, there is no news.
  const isReturning = sign !== undefined && sign.sight === before.signalled;
  const isNews =
    found !== undefined &&
    found.sight !== before.signalled &&
    !isReturning &&
    (!quiet || found.sight === before.spoken);
  const signalled = isNews ? found.sight : before.signalled;
  const spoken = signalled === undefined || signalled === 'unseen' ? before.spoken : signalled;
  return {
    watch: {
      row,
      flaps,
      ...(found && { found }),
      ...(sign && { sign }),
      ...(signalled && { signalled }),
      ...(spoken && { spoken }),
      ...(last && { last }),
    },
    signals: [
      ...(isNews ? [{ kind: 'sight', thing: id, ...found } as const] : []),
      ...turnedSignals(id, turned, flaps),
    ],
    ...(soonMs !== undefined && { soonMs }),
  };
}

function sooner(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

function turnedSignals(id: string, turned: 'flapping' | 'stable' | undefined, { times }: Flaps): Signal[] {
  if (turned === 'stable') return [{ kind: 'stable', thing: id }];
  if (turned === undefined) return [];
  return [{ kind: 'flapping', thing: id, changes: times.length, within_s: flapWindow_s }];
}

/**
 * Up and down alone say something: an agent that says 0, testing or dormant says neither, and a port that was switched off on purpose
 * has no fault.
 */
function sightOf({ admin, oper }: PortRow): Sight {
  if (admin === 2 || oper === undefined) return 'unseen';
  const name = operNames[oper];
  if (name === 'up') return 'answers';
  return name === 'down' || name === 'not-present' || name === 'lower-layer-down' ? 'fails' : 'unseen';
}

/** Whether this look can change nothing, so that it need not be reckoned with: with thousands of ports that is nearly every look. */
export function changesNothing({ row, found, sign, signalled, flaps }: PortWatch, seen: PortRow): boolean {
  return (
    row !== undefined &&
    found !== undefined &&
    sign === undefined &&
    found.sight === signalled &&
    flaps.times.length === 0 &&
    row.oper === seen.oper &&
    row.admin === seen.admin &&
    row.lastChange === seen.lastChange
  );
}

/** Down needs a second look, and up its time, unless it is the first sight and says nothing new. */
function believe(
  before: PortWatch,
  sight: Sight,
  began: Now,
): Pick<PortWatch, 'found' | 'sign'> & { readonly soonMs?: number } {
  const { found } = before;
  if (found?.sight === sight) return { found };
  const sign = before.sign?.sight === sight ? before.sign : { sight, since: began };
  const isKnownUp = !found && sight === 'answers' && before.spoken !== 'fails';
  const neededMs = isKnownUp ? 0 : { answers: holdUpMs, fails: confirmDownMs, unseen: 0 }[sight];
  const leftMs = neededMs - (began.ms - sign.since.ms);
  return leftMs <= 0 ? { found: sign } : { ...(found && { found }), sign, soonMs: leftMs };
}

/** Once it was switched off on purpose, coming up is the end of that and no change of its own. */
function lastOf({ last }: PortWatch, { admin }: PortRow, sight: Sight): PortWatch['last'] {
  if (admin === 2 || admin === 3) return 'off';
  if (sight === 'answers') return 'up';
  return sight === 'fails' && last !== 'off' ? 'down' : last;
}

/** Two changes between two looks are seen by ifLastChange alone; many agents have none, or one that stands still. */
function changesOf(before: PortWatch, row: PortRow, last: PortWatch['last']): number {
  if (row.admin !== before.row?.admin || before.last === undefined) return 0;
  if (last !== before.last) return before.last === 'off' || last === 'off' ? 0 : 1;
  const moved =
    row.lastChange !== undefined &&
    before.row?.lastChange !== undefined &&
    row.lastChange > before.row.lastChange;
  return moved && last === 'up' && row.oper === 1 && before.row?.oper === 1 ? 2 : 0;
}
