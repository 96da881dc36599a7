import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import type { Cable } from '../core/cable.ts';
import type { Items } from '../core/graph.ts';
import type { ThingNeed } from '../core/things.ts';
import type { Outside, Reader } from '../ports.ts';
import { cable, steward } from '../schema.ts';
import type { Beside, StewardRow } from './shown.ts';
import { readItems } from './world.ts';

/** Our own rows of the register. */
interface Rows {
  readonly items: Items;
  /** By item. */
  readonly stewardsOf: ReadonlyMap<string, readonly StewardRow[]>;
  readonly cables: ReadonlyMap<string, Cable>;
}

/** All that is shown of the register. */
export interface Shown extends Beside, Rows {
  readonly needs: readonly ThingNeed[];
}

/** The register for those who read it: kept in memory until the log goes on. */
export interface Register {
  read(): Promise<Shown>;
}

/** Keeps the register in memory. Nobody else writes its rows: of a service one process acts. */
export function createRegister({
  database,
  log,
  outside,
}: {
  readonly database: Database;
  readonly log: Pick<EventLog, 'head'>;
  readonly outside: Outside;
}): Register {
  const { orm } = database;
  let known: { readonly head: number; readonly rows: Promise<Rows> } | undefined;
  return {
    async read() {
      const head = log.head();
      // What is committed while they are read makes another head, by which they are read again.
      if (known?.head !== head) known = { head, rows: readRows(orm) };
      const { rows } = known;
      try {
        return { ...(await rows), ...(await readBeside(orm, outside)) };
      } catch (error) {
        if (known?.rows === rows) known = undefined;
        throw error;
      }
    },
  };
}

/** The register as a transaction sees it. */
export async function readShown(tx: Reader, { outside }: { readonly outside: Outside }): Promise<Shown> {
  return { ...(await readRows(tx)), ...(await readBeside(tx, outside)) };
}

async function readRows(tx: Reader): Promise<Rows> {
  const stewards = await tx.select().from(steward).orderBy(steward.item, steward.person);
  return {
    items: await readItems(tx),
    stewardsOf: Map.groupBy(stewards, ({ item }) => item),
    cables: await readCables(tx),
  };
}

/** All cables, by id. */
export async function readCables(tx: Reader): Promise<ReadonlyMap<string, Cable>> {
  const rows = await tx.select().from(cable);
  return new Map(rows.map(({ id, version: _, ...state }): [string, Cable] => [id, state]));
}

async function readBeside(tx: Reader, outside: Outside) {
  const needs = await outside.needs(tx);
  return { needs, things: await outside.things(tx), needsOf: Map.groupBy(needs, ({ from }) => from) };
}
