import type { Clock } from '@huismeester/clock';
import { Role, type Token } from '@huismeester/contracts';
import { afterCommit, type Database, migrateSchema, type Tx } from '@huismeester/database';
import { count, eq, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import { Value } from 'typebox/value';
import type { Role as RoleName } from '../http/identity.ts';
import { type TokenRow, token as table } from './schema.ts';
import { newSecret } from './secret.ts';
import { createVerifier, type Verifier } from './verify.ts';

export interface NewToken {
  readonly name: string;
  readonly role: RoleName;
  readonly createdBy: string;
  readonly expires?: Date | undefined;
}

export interface TokenStore extends Pick<Verifier, 'verify'> {
  /** Makes a token; its secret is in the answer and nowhere else. Undefined when another one has the name. */
  create(tx: Pick<Tx, 'insert'>, given: NewToken): Promise<{ token: Token; secret: string } | undefined>;
  /** When there is no token at all, makes one for an administrator; its secret is the answer. */
  createFirst(): Promise<string | undefined>;
  list(): Promise<Token[]>;
  get(id: string): Promise<Token | undefined>;
  /** As `get`, and nobody changes it until the commit. */
  lock(tx: Tx, id: string): Promise<Token | undefined>;
  /** It is believed no longer as soon as this is committed. */
  remove(tx: Tx, id: string): Promise<void>;
}

/** Opens the tokens of a site, in the schema `access`. */
export async function openTokens(options: {
  database: Database;
  clock: Clock;
  logger: Logger;
}): Promise<TokenStore> {
  const { database, clock } = options;
  const folder = new URL('../../migrations', import.meta.url);
  await migrateSchema(database, { schema: 'access', folder });
  const { verify, forget } = createVerifier(options);
  return {
    verify,
    async create(tx, given) {
      const { row, secret } = newRow(given, clock);
      const made = await tx
        .insert(table)
        .values(row)
        .onConflictDoNothing({ target: table.name })
        .returning({ id: table.id });
      return made.length === 0 ? undefined : { token: resource(row), secret };
    },
    createFirst: () => createFirst(database, clock),
    async list() {
      const found = await database.orm.select().from(table);
      return found.map(resource);
    },
    async get(id) {
      const [row] = await database.orm.select().from(table).where(eq(table.id, id));
      return row && resource(row);
    },
    async lock(tx, id) {
      const [row] = await tx.select().from(table).where(eq(table.id, id)).for('update');
      return row && resource(row);
    },
    async remove(tx, id) {
      await tx.delete(table).where(eq(table.id, id));
      const revoked = () => forget(id);
      afterCommit(tx, revoked, revoked);
    },
  };
}

function createFirst(database: Database, clock: Clock): Promise<string | undefined> {
  return database.transaction(async (tx) => {
    // Several processes may start at once; one of them makes it.
    await tx.execute(sql`lock table ${table} in exclusive mode`);
    const [found] = await tx.select({ tokens: count() }).from(table);
    if (found && found.tokens > 0) return undefined;
    const given: NewToken = { name: 'first', role: 'administrator', createdBy: 'huismeester' };
    const { row, secret } = newRow(given, clock);
    await tx.insert(table).values(row);
    return secret;
  });
}

function newRow(given: NewToken, clock: Clock): { row: TokenRow; secret: string } {
  const { id, text, hash } = newSecret();
  const expires = given.expires ?? null;
  return { row: { ...given, id, hash, created: clock.now(), expires, lastUsed: null }, secret: text };
}

/** A token as it may be shown: without its hash. */
function resource({ id, name, role, created, createdBy, expires, lastUsed }: TokenRow): Token {
  return {
    id,
    name,
    role: Value.Parse(Role, role),
    created: created.toISOString(),
    createdBy,
    ...(expires !== null && { expires: expires.toISOString() }),
    ...(lastUsed !== null && { lastUsed: lastUsed.toISOString() }),
  };
}
