import { openDatabase } from '@huismeester/database';

// The reference of the demo's start: what PGlite alone takes, with an idle connection kept open.
const database = await openDatabase({ embedded: { dir: './db' } }, {});
await database.health();
process.stdout.write('open\n');
process.once('SIGTERM', () => void database.close().finally(() => process.exit(0)));
setInterval(() => undefined, 60_000);
