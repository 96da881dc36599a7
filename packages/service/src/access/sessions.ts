import type { Clock } from '@huismeester/clock';
import { afterCommit, type Database, type Tx } from '@huismeester/database';
import { and, eq, lte } from 'drizzle-orm';
import { holdsMs, isLive } from './limits.ts';
import { session as table } from './schema.ts';
import { matches, newSecret, parseSecret } from './secret.ts';

/** A session as it may be shown. */
export interface Session {
  readonly id: string;
  readonly created: Date;
  readonly expires: Date;
}

/** Sessions of people who logged in: a bearer token of 256 bits, of which only a hash is kept, for 12 h. */
export interface Sessions {
  /** Its secret is in the answer and nowhere else. Throws when the person was not saved before. */
  create(tx: Pick<Tx, 'insert'>, person: string): Promise<Session & { readonly secret: string }>;
  /** The live ones of a person, newest first. */
  of(person: string): Promise<Session[]>;
  /** Ends one of this person; false when they have none of that id. It is believed no longer once this is committed. */
  end(tx: Tx, person: string, id: string): Promise<boolean>;
  /** Ends the one whose secret this is, whoever has it; anything else ends nothing. */
  endShown(tx: Tx, text: string): Promise<void>;
  /** Deletes the rows of those that are over. */
  forgetExpired(): Promise<void>;
}

/** `forget` is called once a session has ended. */
export function openSessions(options: { database: Database; clock: Clock; forget: () => void }): Sessions {
  const { database, clock, forget } = options;
  return {
    async create(tx, person) {
      const { id, text, hash } = newSecret('session');
      const created = clock.now();
      const expires = new Date(created.getTime() + holdsMs);
      await tx.insert(table).values({ id, hash, person, created, expires });
      return { id, secret: text, created, expires };
    },
    async of(person) {
      const { id, created, expires } = table;
      const found = await database.orm
        .select({ id, created, expires })
        .from(table)
        .where(eq(table.person, person));
      return found
        .filter((each) => isLive(each.expires, clock.now()))
        .sort((a, b) => b.created.getTime() - a.created.getTime());
    },
    async end(tx, person, id) {
      const ended = await tx
        .delete(table)
        .where(and(eq(table.id, id), eq(table.person, person)))
        .returning({ id: table.id });
      afterCommit(tx, forget, forget);
      return ended.length > 0;
    },
    async endShown(tx, text) {
      const shown = parseSecret(text);
      if (shown?.kind !== 'session') return;
      const [found] = await tx.select().from(table).where(eq(table.id, shown.id)).for('update');
      if (found && matches(shown.secret, found.hash)) await this.end(tx, found.person, found.id);
    },
    async forgetExpired() {
      await database.orm.delete(table).where(lte(table.expires, clock.now()));
    },
  };
}
