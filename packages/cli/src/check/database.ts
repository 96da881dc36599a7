import type { SpaceSettings } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import { type Finding, look } from './finding.ts';

/** What PostgreSQL says of itself and of our user. */
interface Server {
  readonly name: string;
  readonly user: string;
  /** Whether the user may make a schema for each service. */
  readonly mayCreate: boolean;
  readonly isStandby: boolean;
  readonly fsync: boolean;
}

/** PostgreSQL answers, lets us in, can be written to, and the user may make what services need; changes nothing. */
export async function checkDatabase(settings: SpaceSettings['database']): Promise<Finding[]> {
  // The embedded one is made at the first start.
  if (!('url' in settings)) return [];
  const { openDatabase } = await import('@huismeester/database');
  const reached = await look('database: PostgreSQL answers and lets us in', () =>
    openDatabase(settings, { max: 1 }),
  );
  const database = reached.value;
  if (database === undefined) return [reached.finding];
  try {
    const server = await look('database: what the user may', () => askServer(database));
    return [reached.finding, ...(server.value ? findingsOf(server.value) : [server.finding])];
  } finally {
    await database.close();
  }
}

async function askServer(database: Database): Promise<Server> {
  const { rows } = await import('@huismeester/database');
  const [server] = rows<Server>(
    await database.orm.execute(`select current_database() as name, current_user as user,
      has_database_privilege(current_database(), 'CREATE') as "mayCreate",
      pg_is_in_recovery() as "isStandby", current_setting('fsync')::boolean as fsync`),
  );
  if (!server) throw new Error('PostgreSQL answered nothing');
  return server;
}

function findingsOf({ name, user, mayCreate, isStandby, fsync }: Server): Finding[] {
  const create = `database: ${user} may make schemas in ${name}`;
  const safe = 'database: it survives a power cut';
  const writable = 'database: it can be written to';
  return [
    mayCreate
      ? { what: create }
      : {
          what: create,
          problem: 'not granted, so no service can start',
          remedy: `as a superuser of PostgreSQL: GRANT CREATE ON DATABASE "${name}" TO "${user}";`,
        },
    isStandby
      ? { what: writable, problem: 'it is a standby: name the primary in database.url' }
      : { what: writable },
    fsync
      ? { what: safe }
      : {
          what: safe,
          problem: 'fsync is off: a power cut can lose or break it',
          remedy: 'in postgresql.conf: fsync = on, then reload it',
        },
  ];
}
