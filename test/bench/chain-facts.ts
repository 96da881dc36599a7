import { type Database, migrateSchema } from '@huismeester/database';
import { type EventLog, type NewEvent, newEvent, openEventLog } from '@huismeester/events';
import type { CreateService, ServiceContext } from '@huismeester/service';
import { sourceTables } from './schema.ts';

/** Says something of one UPS; answers when that was committed, ms since 1970. */
type Fact = (ups: string) => Promise<number>;

export interface FactSource {
  /** The service that says them. */
  readonly create: CreateService;
  readonly cut: Fact;
  readonly low: Fact;
  readonly back: Fact;
}

/** A log in ups-monitor's name that says what the benchmark tells it to. */
export function factSource(): FactSource {
  let log: EventLog | undefined;
  let database: Database | undefined;
  const create = async (context: ServiceContext) => {
    database = context.database;
    await migrateSchema(database, { schema: 'bench_source', folder: new URL('migrations', import.meta.url) });
    const siteId = context.settings.site.id;
    const opened = await openEventLog({ database, tables: sourceTables, service: 'ups-monitor', siteId });
    log = opened;
    return {
      name: 'ups-monitor' as const,
      log,
      tables: sourceTables,
      snapshot: async () => ({ epoch: opened.epoch, position: opened.head(), entities: [] }),
      routes: async () => {},
      parts: () => [],
      start: async () => {},
      close: async () => {},
    };
  };
  const say = async (events: NewEvent[]): Promise<number> => {
    await database?.transaction(async (tx) => await log?.append(tx, events));
    return Date.now();
  };
  const now = () => new Date().toISOString();
  return {
    create,
    cut: (ups) =>
      say([
        newEvent('ups.found', `ups/${ups}`, { ups, after: 'unknown', status: 'OB' }),
        newEvent('ups.on-battery', `ups/${ups}`, { ups, since: now(), charge_pct: 50 }),
      ]),
    low: (ups) => say([newEvent('ups.battery-low', `ups/${ups}`, { ups })]),
    back: (ups) => say([newEvent('ups.on-mains', `ups/${ups}`, { ups, since: now(), charge_pct: 90 })]),
  };
}
