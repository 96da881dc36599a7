import { distributed, type Layout, type LinkName, type ProcessName } from './layout.ts';
import { type Random, randomOf } from './random.ts';

/** What is done to the space. Times in milliseconds: `at` from the begin of the plan, `forMs` until it is undone. */
export type Fault = { readonly at: number; readonly forMs: number } & Deed;

type Deed =
  | { readonly kind: 'kill'; readonly target: ProcessName }
  /** PostgreSQL, asked to end at once and leave recovery to the next start. */
  | { readonly kind: 'halt'; readonly target: 'postgres' }
  | { readonly kind: 'pause'; readonly target: Pausable }
  | { readonly kind: 'cut' | 'silent'; readonly target: LinkName }
  | { readonly kind: 'slow'; readonly target: LinkName; readonly ms: number }
  /** A client that subscribes to everything and reads nothing. */
  | { readonly kind: 'deaf'; readonly target: 'broker' }
  | { readonly kind: 'flood'; readonly target: 'broker'; readonly messages: number }
  /** What was heard on the broker, again and in another order, and messages that nobody meant. */
  | { readonly kind: 'forge'; readonly target: 'broker'; readonly messages: number }
  | { readonly kind: 'tasks'; readonly target: 'vm-lifecycle'; readonly tasks: number }
  /** The civil clock of every process, to be wrong by so much. */
  | { readonly kind: 'jump'; readonly target: 'clock'; readonly offsetMs: number }
  /** The database of the beginning takes the place of the present one. */
  | { readonly kind: 'restore'; readonly target: 'postgres' };

/** PostgreSQL is many processes. */
type Pausable = Exclude<ProcessName, 'postgres'>;
const isPausable = (name: ProcessName): name is Pausable => name !== 'postgres';

export type Kind = Deed['kind'];

/** How often each kind comes in one round of a plan. */
const deck: Readonly<Record<Kind, number>> = {
  kill: 5,
  halt: 1,
  pause: 2,
  cut: 3,
  silent: 2,
  slow: 2,
  deaf: 1,
  flood: 1,
  forge: 1,
  tasks: 1,
  jump: 2,
  restore: 1,
};
export const kinds = Object.keys(deck) as Kind[];

const jumpsMs = [-3 * 3_600_000, -600_000, -30_000, 0, 30_000, 600_000, 3 * 3_600_000];

export interface Pace {
  /** The time from one fault to the next, on average. */
  readonly everyMs: number;
  /** By how much faults last longer than the shortest that make sense. */
  readonly length: number;
  /** The kinds that come at all. */
  readonly kinds: readonly Kind[];
}

/**
 * Faults without end, in the order of their times. What one of them takes hold of is let go before the next one takes
 * it; a restore waits until all is let go. A seed and a pace always give the same.
 */
export function* faults(seed: number, pace: Pace, layout: Layout = distributed): Generator<Fault, never> {
  const random = randomOf(seed);
  const targets = targetsOf(random);
  const freeAt = new Map<string, number>();
  let at = 0;
  for (;;) {
    const cards = pace.kinds.flatMap((kind) => Array.from({ length: deck[kind] }, () => kind));
    for (const kind of random.shuffled(cards)) {
      const deed = deedOf(kind, { random, target: targets, layout });
      const forMs = Math.round(lastsMs(kind, random) * pace.length);
      at += random.between(0.2, 1.8) * pace.everyMs;
      const free = kind === 'restore' ? Math.max(0, ...freeAt.values()) : (freeAt.get(deed.target) ?? 0);
      at = Math.round(Math.max(at, free));
      yield { ...deed, at, forMs };
      freeAt.set(deed.target, at + forMs);
      if (kind === 'restore') at += forMs;
    }
  }
}

/** All targets of a kind have their turn before one has its next. */
function targetsOf(random: Random): <T extends string>(kind: Kind, all: readonly T[]) => T {
  const left = new Map<Kind, string[]>();
  return (kind, all) => {
    const bag = left.get(kind) ?? [];
    if (bag.length === 0) bag.push(...random.shuffled(all));
    left.set(kind, bag);
    return bag.pop() as (typeof all)[number];
  };
}

interface Draw {
  readonly random: Random;
  readonly target: ReturnType<typeof targetsOf>;
  readonly layout: Layout;
}

function deedOf(kind: Kind, { random, target, layout }: Draw): Deed {
  switch (kind) {
    case 'kill':
      return { kind, target: target(kind, layout.processes) };
    case 'pause':
      return { kind, target: target(kind, layout.processes.filter(isPausable)) };
    case 'cut':
    case 'silent':
      return { kind, target: target(kind, layout.links) };
    case 'slow':
      return { kind, target: target(kind, layout.links), ms: random.whole(20, 700) };
    case 'flood':
      return { kind, target: 'broker', messages: random.whole(2_000, 10_000) };
    case 'forge':
      return { kind, target: 'broker', messages: random.whole(50, 400) };
    case 'tasks':
      return { kind, target: 'vm-lifecycle', tasks: random.whole(200, 3_000) };
    case 'jump':
      return { kind, target: 'clock', offsetMs: random.pick(jumpsMs) };
    case 'halt':
    case 'restore':
      return { kind, target: 'postgres' };
    case 'deaf':
      return { kind, target: 'broker' };
  }
}

function lastsMs(kind: Kind, random: Random): number {
  switch (kind) {
    case 'kill':
    case 'halt':
      return random.between(0, 2_000);
    case 'pause':
      return random.between(300, 6_000);
    case 'cut':
    case 'slow':
      return random.between(300, 4_000);
    case 'silent':
      return random.between(500, 7_000);
    case 'deaf':
      return random.between(2_000, 8_000);
    default:
      return 0;
  }
}

/** A fault in words. */
export function inWords({ kind, target, forMs, ...more }: Fault): string {
  const details = Object.entries(more).flatMap(([name, value]) =>
    name === 'at' ? [] : [`${name} ${value}`],
  );
  if (forMs > 0) details.push(`for ${(forMs / 1000).toFixed(1)} s`);
  return `${kind} ${target}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}
