import { readFile } from 'node:fs/promises';
import type { EventData, EventType, ServiceName } from '@huismeester/contracts';
import { type EventLog, eventTables, newEvent, openEventLog } from '@huismeester/events';
import type { CreateService, Entity, ServiceContext } from '@huismeester/service';
import { waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { pgSchema } from 'drizzle-orm/pg-core';
import { tables as policyTables } from '../src/schema.ts';

/** A log in the name of one of policy's sources, in which a test says what is so. */
export interface Facts {
  readonly create: CreateService;
  say<T extends EventType>(type: T, subject: string, data: EventData<T>, time?: Date): Promise<void>;
  /** Waits until these readers of policy's, or that which is named as the source, have read all that was said. */
  read(...readers: readonly string[]): Promise<void>;
}

const schemas = {
  'ups-monitor': 'facts_of_ups',
  'vm-lifecycle': 'facts_of_vms',
  netwatch: 'facts_of_network',
  membership: 'facts_of_people',
  inventory: 'facts_of_things',
} as const;

/** `entities`: what its snapshot has; all that is said in its log comes after it. */
export function facts(
  service: keyof typeof schemas & ServiceName,
  entities: Omit<Entity, 'version'>[] = [],
): Facts {
  const schema = schemas[service];
  const tables = eventTables(pgSchema(schema));
  let log: EventLog | undefined;
  let context: ServiceContext | undefined;
  let said = 0;
  return {
    create: async (given) => {
      context = given;
      await makeTables(given, schema);
      const { database, settings } = given;
      log = await openEventLog({ database, tables, service, siteId: settings.site.id });
      const { epoch } = log;
      return {
        name: service,
        log,
        tables,
        // From before the first event: a reader that begins late has to read all that was said.
        snapshot: async () => ({
          epoch,
          position: 0,
          entities: entities.map((each) => ({ ...each, version: 1 })),
        }),
        routes: async () => {},
        parts: () => [],
        start: async () => {},
        close: async () => {},
      };
    },
    say: async (type, subject, data, time) => {
      if (!log || !context) throw new Error('the source was not created');
      const { append } = log;
      const [stored] = await context.database.transaction((tx) =>
        append(tx, [newEvent(type, subject, data, time ? { time } : {})]),
      );
      said = stored?.position ?? said;
    },
    read: async (...readers) => {
      const { consumeCursor } = policyTables;
      await waitFor(`${service} is read`, async () => {
        const cursors = await context?.database.orm.select().from(consumeCursor);
        const isRead = (name: string) =>
          cursors?.some(({ reader, position }) => reader === name && position >= said);
        return (readers.length === 0 ? [service] : readers).every(isRead);
      });
    },
  };
}

/** A log's tables are the same in every schema, so policy's own migration makes these too. */
async function makeTables({ database }: ServiceContext, schema: string): Promise<void> {
  const found = await database.orm
    .select({ name: sql`schema_name` })
    .from(sql`information_schema.schemata`)
    .where(sql`schema_name = ${schema}`);
  if (found.length > 0) return;
  const text = await readFile(new URL('../migrations/0000_init.sql', import.meta.url), 'utf8');
  await database.transaction(async (tx) => {
    for (const statement of text.replaceAll('"policy"', `"${schema}"`).split('--> statement-breakpoint')) {
      await tx.execute(sql.raw(statement));
    }
  });
}
