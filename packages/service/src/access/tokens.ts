import type { Clock } from '@huismeester/clock';
import { Role, type Token } from '@huismeester/contracts';
import { afterCommit, type Database, type Tx } from '@huismeester/database';
import { count, eq, sql } from 'drizzle-orm';
import { Value } from 'typebox/value';
import type { Role as RoleName } from '../http/identity.ts';
import { person, type TokenRow, token as table } from './schema.ts';
import { newSecret } from './secret.ts';

export interface NewToken {
  readonly name: string;
  readonly role: RoleName;
  readonly createdBy: string;
  readonly expires?: Date | undefined;
  /** Whose it is: it has the role as long as that person has it, and ends with them. */
  readonly person?: string | undefined;
}

/** The API tokens of a site. */
export interface TokenStore {
  /** Makes a token; its secret is in the answer and nowhere else. Undefined when another one has the name. */
  create(tx: Pick<Tx, 'insert'>, given: NewToken): Promise<{ token: Token; secret: string } | undefined>;
  /** When there is no token at all, makes one for an administrator; its secret is the answer. */
  createFirst(): Promise<string | undefined>;
  /** Whether there is such a person, who stays until the commit. */
  isPerson(tx: Tx, id: string): Promise<boolean>;
  list(): Promise<Token[]>;
  get(id: string): Promise<Token | undefined>;
  /** As `get`, and nobody changes it until the commit. */
  lock(tx: Tx, id: string): Promise<Token | undefined>;
  /** It is believed no longer as soon as this is committed. */
  remove(tx: Tx, id: string): Promise<void>;
}

/** `forget` is called once a token was revoked. */
export function openTokens(options: { database: Database; clock: Clock; forget: () => void }): TokenStore {
  const { database, clock, forget } = options;
  return {
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
    async isPerson(tx, id) {
      const found = await tx.select({ id: person.id }).from(person).where(eq(person.id, id)).for('key share');
      return found.length > 0;
    },
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
      afterCommit(tx, forget, forget);
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
  const { expires = null, person: whose = null } = given;
  const row = { ...given, id, hash, created: clock.now(), expires, lastUsed: null, person: whose };
  return { row, secret: text };
}

/** A token as it may be shown: without its hash. */
function resource(row: TokenRow): Token {
  const { id, name, role, created, createdBy, expires, lastUsed, person: whose } = row;
  return {
    id,
    name,
    role: Value.Parse(Role, role),
    created: created.toISOString(),
    createdBy,
    ...(expires !== null && { expires: expires.toISOString() }),
    ...(lastUsed !== null && { lastUsed: lastUsed.toISOString() }),
    ...(whose !== null && { person: whose }),
  };
}
