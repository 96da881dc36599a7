import { setTimeout } from 'node:timers/promises';
import { openDatabase } from '@huismeester/database';
import { openEventLog } from '@huismeester/events';
import { createLogger, systemClock } from '@huismeester/service';
import { tables } from '../../src/schema.ts';
import { stayAt } from '../moments.ts';
import { carryingOut, movingSettings } from './carrying-out.ts';

/*
 * Carries out what was decided about a project, as vm-lifecycle does, until it is killed: `node mover-process.ts <database> <url and CA of the
 * hypervisor, as JSON> <the request> <token or none> <the moment at which it stays>`. Says how many moments there were when it came to the end.
 */

const [url = '', at = '', request = '', token = '', nth = ''] = process.argv.slice(2);
const say = (text: string) => process.stdout.write(`${text}\n`);
say('begun');
const database = await openDatabase({ url });
const logger = createLogger({ level: 'silent' });
const log = await openEventLog({ database, tables, service: 'vm-lifecycle', siteId: 'test', logger });
const staying = stayAt(Number(nth), say);
const settings = movingSettings(JSON.parse(at), token === 'token');
const { run } = carryingOut({ database, log, clock: systemClock, logger }, settings, staying);
// As the task does, that is run again until nothing is left.
while ((await run(request)) !== undefined) {
  if (token !== 'token') say('waits');
  await setTimeout(100);
}
say(`over after ${staying.passed}`);
process.exit();
