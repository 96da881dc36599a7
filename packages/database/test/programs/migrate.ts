import { migrateSchema, openDatabase } from '../../src/index.ts';

const database = await openDatabase({ url: process.env.DATABASE_URL ?? '' });
await migrateSchema(database, { schema: 'migrated', folder: process.env.MIGRATIONS ?? '' });
await database.close();
process.stdout.write('migrated\n');
