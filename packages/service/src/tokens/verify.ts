import type { Clock } from '@huismeester/clock';
import { Role } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import { eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import { Value } from 'typebox/value';
import type { Identity } from '../http/identity.ts';
import { createLookUp } from './look-up.ts';
import { type TokenRow, token as table } from './schema.ts';
import { matches, parseToken } from './secret.ts';
import { createStrangers } from './strangers.ts';

const cacheMs = 3_000;
const cacheSize = 1_000;
const unknownSize = 10_000;
/** How old `lastUsed` may be: not every request is a write. */
const lastUsedMs = 60_000;

export interface Verifier {
  /**
   * Whose token it is; undefined when it is none, has expired, or was revoked (by any process) over 3 s ago. Throws a Problem (429) when
   * its address has shown too many that do not exist.
   */
  verify(text: string, address: string): Promise<Identity | undefined>;
  /** The token is no longer to be believed, from now on. */
  forget(id: string): void;
}

/**
 * Looks up tokens, and keeps what it found, or did not find, for a short while. Long, since its functions share what is kept.
 */
export function createVerifier(options: { database: Database; clock: Clock; logger: Logger }): Verifier {
  const { database, clock, logger } = options;
  const strangers = createStrangers(() => clock.monotonicMs());
  const lookUp = createLookUp(database);
  const cache = new Map<string, { row: TokenRow; until: number }>();
  const unknown = new Map<string, number>();
  let forgotten = 0;

  const find = async (id: string, secret: string, address: string): Promise<TokenRow | undefined> => {
    const now = clock.monotonicMs();
    const known = cache.get(id);
    if (known && known.until > now) return known.row;
    if ((unknown.get(id) ?? 0) > now) return undefined;
    // Whoever had a good token a while ago has it still, most likely, whatever others at the address do.
    if (!known || !matches(secret, known.row.hash)) strangers.check(address);
    const before = forgotten;
    const row = await lookUp(id);
    cache.delete(id);
    if (row === undefined) {
      // Once a look-up: one client that goes on with a revoked token must not lock out others behind the same address.
      strangers.count(address);
      if (unknown.size >= unknownSize) unknown.clear();
      unknown.set(id, clock.monotonicMs() + cacheMs);
      return undefined;
    }
    if (cache.size >= cacheSize) cache.clear();
    // What was revoked while it was looked up is not kept.
    if (forgotten === before) cache.set(id, { row, until: clock.monotonicMs() + cacheMs });
    return row;
  };

  const touch = async ({ id, lastUsed }: TokenRow): Promise<void> => {
    const now = clock.now();
    if (lastUsed !== null && now.getTime() - lastUsed.getTime() < lastUsedMs) return;
    try {
      await database.orm.update(table).set({ lastUsed: now }).where(eq(table.id, id));
      const known = cache.get(id);
      if (known) cache.set(id, { ...known, row: { ...known.row, lastUsed: now } });
    } catch (error) {
      // A token is good even when its use cannot be written down.
      logger.warn({ err: error, id }, 'use of an API token not recorded');
    }
  };

  return {
    async verify(text, address) {
      const parts = parseToken(text);
      const row = parts && (await find(parts.id, parts.secret, address));
      if (!row || !parts) return undefined;
      if (!matches(parts.secret, row.hash)) {
        strangers.count(address);
        return undefined;
      }
      if (row.expires !== null && row.expires <= clock.now()) return undefined;
      await touch(row);
      return { roles: [Value.Parse(Role, row.role)], name: row.name };
    },
    forget: (id) => {
      forgotten += 1;
      cache.delete(id);
      unknown.delete(id);
    },
  };
}
