import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@huismeester/clock';
import { openDatabase } from '@huismeester/database';
import { openEventLog } from '@huismeester/events';
import { createMailer, type Mailer } from '@huismeester/mail';
import { createLogger } from '@huismeester/service';
import { createSender } from '../src/notices/sender.ts';
import { tables } from '../src/schema.ts';
import { askOf, planOf } from './notice-plan.ts';

/*
 * Sends what is queued in a database, as policy does, until it is killed: `node sender-process.ts <database> <port of the mail server> <where it
 * stays> <ms that its clock is ahead>`. It stays, and says so, `before` a message is handed over, `after` it was, or nowhere.
 */

const [url = '', port = '', stays = '', ahead = '0'] = process.argv.slice(2);
const logger = createLogger({ level: 'silent' });
const database = await openDatabase({ url }, { logger });
const clock = { ...systemClock, now: () => new Date(Date.now() + Number(ahead)) };
const log = await openEventLog({ database, tables, service: 'policy', siteId: 'test', logger, clock });

async function stay(): Promise<never> {
  process.stdout.write(`stays ${stays}\n`);
  for (;;) await sleep(60_000);
}

/** The real one, that stays where it was asked to. */
const openMailer = (options: Parameters<typeof createMailer>[0]): Mailer => {
  const mailer = createMailer(options);
  return {
    ...mailer,
    async send(message) {
      if (stays === 'before') await stay();
      const outcome = await mailer.send(message);
      if (stays === 'after') await stay();
      return outcome;
    },
  };
};
createSender({
  letters: new Map(),
  database,
  log,
  clock,
  ask: askOf(async ({ person }) => ({
    state: 'known',
    enabled: true,
    mail: [`p-${person}@space.example`],
    language: 'nl',
  })),
  plan: planOf(url, { mail: { url: `smtp://127.0.0.1:${port}`, from: 'noreply@space.example' } }),
  hasDirectory: false,
  changed: () => undefined,
  failed: (error) => {
    throw error;
  },
  openMailer,
}).start();
