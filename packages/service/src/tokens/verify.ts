import type { Clock } from '@huismeester/clock';
import { Role } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import { eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import { Value } from 'typebox/value';
import type { Identity } from '../http/identity.ts';
import { type TokenRow, token as table } from './schema.ts';
import { matches, parseToken } from './secret.ts';

const cacheMs = 3_000;
const cacheSize = 1_000;
/** How old `lastUsed` may be: not every request is a write. */
const lastUsedMs = 60_000;

export interface Verifier {
  /** Whose token it is; undefined when it is none, has expired, or was revoked (by any process) over 3 s ago. */
  verify(text: string): Promise<Identity | undefined>;
  /** The token is no longer to be believed, from now on. */
  forget(id: string): void;
}

/** Looks up tokens, and keeps what it found for a short while. */
export function createVerifier(options: { database: Database; clock: Clock; logger: Logger }): Verifier {
  const { database, clock, logger } = options;
  const cache = new Map<string, { row: TokenRow; until: number }>();

  /** Only tokens that exist are kept: made-up ones would fill the cache. */
  const lookUp = async (id: string): Promise<TokenRow | undefined> => {
    const known = cache.get(id);
    if (known && known.until > clock.monotonicMs()) return known.row;
    cache.delete(id);
    const [row] = await database.orm.select().from(table).where(eq(table.id, id));
    if (row === undefined) return undefined;
    if (cache.size >= cacheSize) cache.clear();
    cache.set(id, { row, until: clock.monotonicMs() + cacheMs });
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
    async verify(text) {
      const parts = parseToken(text);
      const row = parts && (await lookUp(parts.id));
      if (!row || !parts || !matches(parts.secret, row.hash)) return undefined;
      if (row.expires !== null && row.expires <= clock.now()) return undefined;
      await touch(row);
      return { role: Value.Parse(Role, row.role), name: row.name };
    },
    forget: (id) => cache.delete(id),
  };
}
