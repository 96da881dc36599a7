import { type Clock, createLoop, type Loop } from '@huismeester/clock';
import { afterCommit, type Tx } from '@huismeester/database';
import type { Reads } from '@huismeester/service';
import type { Store } from './adapters/store.ts';
import type { Needs } from './core/graph.ts';
import type { OutsideFact } from './core/outside.ts';
import { type Feeds, type OutsideWorld, outsideWorld } from './core/outside-world.ts';
import type { Signal } from './core/world.ts';

/** What other services' logs say, kept at hand; their readers write it to the database, and it is read from there. */
export interface OutsideReader {
  readonly latest: () => OutsideWorld;
  /** Reads it for the first time. */
  open(): Promise<void>;
  readonly loop: Loop;
  /** The reader of a log, after whose batches it is read anew. */
  waking(reads: Omit<Reads, 'from'>): Omit<Reads, 'from'>;
}

interface Options {
  readonly store: Pick<Store, 'facts'>;
  readonly feeds: Feeds;
  readonly clock: Clock;
  readonly changed: (signals: readonly Signal[], isMoved: boolean) => void;
  readonly failed: (error: unknown) => void;
}

const hourMs = 3_600_000;

export function createOutsideReader({ store, feeds, clock, changed, failed }: Options): OutsideReader {
  const worldOf = (facts: readonly OutsideFact[], before: OutsideWorld['things']) =>
    outsideWorld(facts, feeds, { before, now: clock.now().getTime() });
  let world = worldOf([], new Map());
  const read = async () => {
    const before = world;
    world = worldOf(await store.facts(), before.things);
    changed(difference(before.things, world.things), !isSame(before.needs, world.needs));
  };
  const pass = async () => {
    await read();
    return undefined;
  };
  const loop = createLoop({ everyMs: hourMs, clock, onError: failed, pass });
  const wakeAfter = (tx: Tx) => afterCommit(tx, loop.wake, loop.wake);
  return {
    latest: () => world,
    open: read,
    loop,
    waking: ({ snapshot, ...reads }) => ({
      ...reads,
      snapshot: (tx, found) => {
        wakeAfter(tx);
        return snapshot(tx, found);
      },
      afterBatch: async (tx) => wakeAfter(tx),
    }),
  };
}

function difference(before: OutsideWorld['things'], now: OutsideWorld['things']): Signal[] {
  const gone = [...before.keys()].filter((thing) => !now.has(thing));
  return [
    ...gone.map((thing): Signal => ({ kind: 'outside', thing, outside: undefined })),
    ...[...now].flatMap(([thing, outside]): Signal[] =>
      JSON.stringify(before.get(thing)) === JSON.stringify(outside)
        ? []
        : [{ kind: 'outside', thing, outside }],
    ),
  ];
}

function isSame(one: ReadonlyMap<string, Needs>, other: ReadonlyMap<string, Needs>): boolean {
  return JSON.stringify([...one]) === JSON.stringify([...other]);
}
