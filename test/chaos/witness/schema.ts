import { eventTables } from '@huismeester/events';
import { bigint, bigserial, integer, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core';

const schema = pgSchema('chaos_witness');
export const witnessTables = eventTables(schema);
export const { eventLog, logHead, publishCursor, consumeCursor, deadLetter, task, idempotencyKey } =
  witnessTables;
export { schema as witnessSchema };

const position = () => bigint({ mode: 'number' });

/** Every event that was applied. A second time it cannot be, and `nth` tells in which order they came. */
export const applied = schema.table(
  'applied',
  {
    nth: bigserial({ mode: 'number' }).notNull(),
    source: text().notNull(),
    epoch: uuid().notNull(),
    position: position().notNull(),
    id: uuid().notNull(),
    subject: text().notNull(),
    version: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.epoch, table.position] })],
);

/** Every snapshot that was taken. */
export const taken = schema.table('taken', {
  nth: bigserial({ mode: 'number' }).primaryKey(),
  source: text().notNull(),
  epoch: uuid().notNull(),
  position: position().notNull(),
});
