import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@huismeester/database';
import { eq, inArray, sql } from 'drizzle-orm';
import {
  directory,
  type PersonRow,
  person,
  type SessionRow,
  session,
  type TokenRow,
  token,
} from './schema.ts';
import type { Kind, Shown } from './secret.ts';

/** A token or a session as it stood in the database at one moment, with its person and the directory at that same moment. */
export type Found = (
  | { readonly kind: 'token'; readonly row: TokenRow }
  | { readonly kind: 'session'; readonly row: SessionRow }
) & {
  /** Null: nobody's. */
  readonly person: PersonRow | null;
  /** When the directory was last read whole; null when that does not count any more. */
  readonly readAt: Date | null;
};

type Id = Pick<Shown, 'kind' | 'id'>;
/** `at`: on the caller's clock, before the database was asked. */
type Answer = (found: Found | undefined, at: number) => void;
interface Asked extends Id {
  readonly found: Answer;
  readonly failed: (error: unknown) => void;
}

/** Between the begin of one look and the next: a flood of made-up tokens costs the database this and no more. */
const restMs = 50;

/**
 * Looks tokens and sessions up by their ids, one look at a time: all ids that are asked for meanwhile are in the next one. A look is a query
 * of each kind that was asked for. With what it found it says when, in ms of `now`, it began to look.
 */
export function createLookUp(
  database: Database,
  now: () => number,
): (id: Id) => Promise<{ found: Found | undefined; at: number }> {
  let waiting: Asked[] = [];
  let looking = false;
  let lookedAt = Number.NEGATIVE_INFINITY;

  const lookUp = async (): Promise<void> => {
    const asked = waiting;
    const at = now();
    waiting = [];
    const idsOf = (kind: Kind) => [
      ...new Set(asked.flatMap((each) => (each.kind === kind ? [each.id] : []))),
    ];
    try {
      const [tokens, sessions] = await Promise.all([
        findTokens(database, idsOf('token')),
        findSessions(database, idsOf('session')),
      ]);
      const all = { token: tokens, session: sessions };
      for (const { kind, id, found } of asked) found(all[kind].get(id), at);
    } catch (error) {
      for (const { failed } of asked) failed(error);
    }
  };

  const lookUpAll = async (): Promise<void> => {
    looking = true;
    while (waiting.length > 0) {
      const restLeftMs = lookedAt + restMs - performance.now();
      if (restLeftMs > 0) await sleep(restLeftMs);
      lookedAt = performance.now();
      await lookUp();
    }
    looking = false;
  };

  return ({ kind, id }) =>
    new Promise((resolve, failed) => {
      waiting.push({ kind, id, found: (found, at) => resolve({ found, at }), failed });
      if (!looking) void lookUpAll();
    });
}

async function findTokens({ orm }: Database, ids: string[]): Promise<Map<string, Found>> {
  if (ids.length === 0) return new Map();
  const found = await orm
    .select({ row: token, person, readAt: directory.readAt })
    .from(token)
    .leftJoin(person, eq(person.id, token.person))
    .leftJoin(directory, sql`true`)
    .where(inArray(token.id, ids));
  return new Map(found.map((each) => [each.row.id, { kind: 'token', ...each }]));
}

async function findSessions({ orm }: Database, ids: string[]): Promise<Map<string, Found>> {
  if (ids.length === 0) return new Map();
  const found = await orm
    .select({ row: session, person, readAt: directory.readAt })
    .from(session)
    .innerJoin(person, eq(person.id, session.person))
    .leftJoin(directory, sql`true`)
    .where(inArray(session.id, ids));
  return new Map(found.map((each) => [each.row.id, { kind: 'session', ...each }]));
}
