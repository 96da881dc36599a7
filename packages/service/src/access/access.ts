import { createHmac } from 'node:crypto';
import type { Clock } from '@huismeester/clock';
import { type Database, migrateSchema } from '@huismeester/database';
import type { Logger } from 'pino';
import { openPeople, type People, personWith } from './people.ts';
import { openSessions, type Sessions } from './sessions.ts';
import { openTokens, type TokenStore } from './tokens.ts';
import { createVerifier, type Verifier } from './verify.ts';

/** Who people are and how they were let in, in the schema `access`, which every process reads. Membership alone writes it. */
export interface Access {
  readonly people: People;
  readonly sessions: Sessions;
  /** The keyed hash of a uid as `normalUid` of packages/directory makes it; undefined where settings have no `secrets.key`. */
  uidHash(normalUid: string): string | undefined;
}

/** What the process itself needs beside that. */
export interface OpenAccess extends Access, Pick<Verifier, 'verify'> {
  readonly tokens: TokenStore;
  /** The id of the person who has this uid; undefined when nobody known has it. */
  personOf(uid: string): Promise<string | undefined>;
}

/** Opens tokens, people and sessions of a site; `key` is `secrets.key` of the settings. */
export async function openAccess(options: {
  database: Database;
  clock: Clock;
  logger: Logger;
  key?: string | undefined;
}): Promise<OpenAccess> {
  const { database, clock, key } = options;
  const folder = new URL('../../migrations', import.meta.url);
  await migrateSchema(database, { schema: 'access', folder });
  const { verify, forget } = createVerifier(options);
  const shared = { database, clock, forget };
  const uidHash = (normalUid: string) =>
    key === undefined ? undefined : createHmac('sha256', key).update(normalUid).digest('hex');
  return {
    verify,
    tokens: openTokens(shared),
    people: openPeople(forget),
    sessions: openSessions(shared),
    uidHash,
    async personOf(uid) {
      // Only for root's socket: the clients of directories need not be loaded by every process.
      const { normalUid } = await import('@huismeester/directory');
      const hash = uidHash(normalUid(uid));
      return hash === undefined ? undefined : await personWith(database, hash);
    },
  };
}
