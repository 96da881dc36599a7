import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@huismeester/database';
import { inArray } from 'drizzle-orm';
import { type TokenRow, token as table } from './schema.ts';

type Answer = (row: TokenRow | undefined) => void;
interface Asked {
  readonly found: Answer;
  readonly failed: (error: unknown) => void;
}

/** Between the begin of one query and the next: a flood of made-up tokens costs the database this and no more. */
const restMs = 50;

/** Looks tokens up by their ids, one query at a time: all ids that are asked for meanwhile are in the next one. */
export function createLookUp(database: Database): (id: string) => Promise<TokenRow | undefined> {
  let waiting = new Map<string, Asked[]>();
  let looking = false;
  let lookedAt = Number.NEGATIVE_INFINITY;

  const lookUp = async (): Promise<void> => {
    const asked = waiting;
    waiting = new Map();
    try {
      const rows = await database.orm
        .select()
        .from(table)
        .where(inArray(table.id, [...asked.keys()]));
      const byId = new Map(rows.map((row) => [row.id, row]));
      for (const [id, all] of asked) for (const { found } of all) found(byId.get(id));
    } catch (error) {
      for (const { failed } of [...asked.values()].flat()) failed(error);
    }
  };

  const lookUpAll = async (): Promise<void> => {
    looking = true;
    while (waiting.size > 0) {
      const restLeftMs = lookedAt + restMs - performance.now();
      if (restLeftMs > 0) await sleep(restLeftMs);
      lookedAt = performance.now();
      await lookUp();
    }
    looking = false;
  };

  return (id) =>
    new Promise((found, failed) => {
      waiting.set(id, [...(waiting.get(id) ?? []), { found, failed }]);
      if (!looking) void lookUpAll();
    });
}
