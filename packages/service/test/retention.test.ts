import { openDatabase } from '@huismeester/database';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger, type RunningProcess, runServices } from '../src/index.ts';
import { ask } from './sample/ask.ts';
import { sampleService } from './sample/service.ts';
import { siteIn } from './sample/settings.ts';

let site: TestSite;
let running: RunningProcess | undefined;

beforeEach(async () => {
  site = await tempSite('kept');
});
afterEach(async () => {
  await running?.close();
  await site.remove();
});

test('a service removes from its log what is older than log.retention, and says up to where', async () => {
  const settings = siteIn(site.path, 'log: { retention: 48h }', site.url);
  const run = () =>
    runServices(
      settings,
      { 'ups-monitor': sampleService().create },
      { version: '1.2.3', logger: createLogger({ level: 'silent' }) },
    );
  const local = (path: string, question = {}) =>
    ask(`http://local${path}`, { ...question, socket: running?.socket ?? '' });
  const metric = async (name: string) => {
    const { body } = await local('/metrics');
    return new RegExp(`^${name}{service="ups-monitor"} (\\d+)$`, 'm').exec(body)?.[1];
  };

  running = await run();
  for (let count = 0; count < 4; count += 1) {
    expect(await local('/api/v1/sample/events', { method: 'POST', json: {} })).toMatchObject({ status: 200 });
  }
  await waitFor('all is published', async () => (await metric('huismeester_publisher_lag')) === '0');
  expect(await metric('huismeester_log_horizon')).toBe('0');
  await running.close();

  const database = await openDatabase(settings.database, {});
  const age = sql`update sample.event_log set time = now() - interval '49 hours' where position <= 3`;
  await database.orm.execute(age);
  await database.close();

  running = await run();
  await waitFor('the old ones are gone', async () => (await metric('huismeester_log_horizon')) === '3');
  const { body } = await local('/api/v1/ups-monitor/events');
  expect(body.events).toMatchObject([{ position: 4 }]);
  const gone = await local(`/api/v1/ups-monitor/events?after=0&epoch=${body.epoch}`);
  expect(gone).toMatchObject({ status: 409, body: { code: 'position-gone' } });
});
