import type { Clock } from '@huismeester/clock';
import type { Database } from '@huismeester/database';
import { eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Identity } from '../http/identity.ts';
import { identityOf } from './identity-of.ts';
import { createLookUp, type Found } from './look-up.ts';
import { token as table } from './schema.ts';
import { matches, parseSecret, type Shown } from './secret.ts';
import { createStrangers } from './strangers.ts';

/** From the begin of a look on: what is changed elsewhere is seen within 1 s. */
const cacheMs = 900;
const cacheSize = 1_000;
/** What is not there never comes: ids are random. So long a client that goes on with an ended session counts once. */
const unknownMs = 10_000;
const unknownSize = 10_000;
/** How old `lastUsed` may be: not every request is a write. */
const lastUsedMs = 60_000;

export interface Verifier {
  /**
   * Whose token or session it is; undefined when it is none, has expired, or was ended (by any process, at most 1 s ago). Throws a
   * Problem (429) when its address has shown too many that do not exist.
   */
  verify(text: string, address: string): Promise<Identity | undefined>;
  /** What was found so far is to be looked up anew, from now on. */
  forget(): void;
}

interface Kept {
  readonly found: Found;
  readonly until: number;
  /** How many times all was forgotten before it was looked up. */
  readonly forgotten: number;
}

/**
 * Looks up tokens and sessions, and keeps what it found, or did not find, for a short while. Long, since its functions share what is kept.
 */
export function createVerifier(options: { database: Database; clock: Clock; logger: Logger }): Verifier {
  const { database, clock, logger } = options;
  const monotonicMs = () => clock.monotonicMs();
  const strangers = createStrangers(monotonicMs);
  const lookUp = createLookUp(database, monotonicMs);
  const cache = new Map<string, Kept>();
  const unknown = new Map<string, number>();
  let forgotten = 0;

  const find = async (key: string, shown: Shown, address: string): Promise<Found | undefined> => {
    const now = monotonicMs();
    const known = cache.get(key);
    if (known && known.until > now && known.forgotten === forgotten) return known.found;
    if ((unknown.get(key) ?? 0) > now) return undefined;
    // Whoever had a good token a while ago has it still, most likely, whatever others at the address do.
    if (!known || !matches(shown.secret, known.found.row.hash)) strangers.check(address);
    const before = forgotten;
    const { found, at } = await lookUp(shown);
    cache.delete(key);
    if (found === undefined) {
      // Once a look-up: one client that goes on with a revoked token must not lock out others behind the same address.
      strangers.count(address);
      if (unknown.size >= unknownSize) unknown.clear();
      unknown.set(key, at + unknownMs);
      return undefined;
    }
    if (cache.size >= cacheSize) cache.clear();
    // What was changed while it was looked up counts as forgotten.
    cache.set(key, { found, until: at + cacheMs, forgotten: before });
    return found;
  };

  const touch = async (key: string, found: Found): Promise<void> => {
    if (found.kind === 'session') return;
    const { id, lastUsed } = found.row;
    const now = clock.now();
    if (lastUsed !== null && now.getTime() - lastUsed.getTime() < lastUsedMs) return;
    try {
      await database.orm.update(table).set({ lastUsed: now }).where(eq(table.id, id));
      const known = cache.get(key);
      if (known?.found === found) {
        cache.set(key, { ...known, found: { ...found, row: { ...found.row, lastUsed: now } } });
      }
    } catch (error) {
      // A token is good even when its use cannot be written down.
      logger.warn({ err: error, id }, 'use of an API token not recorded');
    }
  };

  return {
    async verify(text, address) {
      const shown = parseSecret(text);
      if (!shown) return undefined;
      const key = `${shown.kind} ${shown.id}`;
      const found = await find(key, shown, address);
      if (!found) return undefined;
      if (!matches(shown.secret, found.row.hash)) {
        strangers.count(address);
        return undefined;
      }
      const identity = identityOf(found, clock.now());
      if (identity) await touch(key, found);
      return identity;
    },
    forget: () => {
      forgotten += 1;
    },
  };
}
