import { createConsumer, localSource } from '@huismeester/events';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger, type Role, type RunningProcess, runServices, type Services } from '../src/index.ts';
import { ask } from './sample/ask.ts';
import { tables } from './sample/schema.ts';
import { sampleService } from './sample/service.ts';
import { siteIn } from './sample/settings.ts';

const secret = 'of-ups-monitor-and-policy';
const sites: TestSite[] = [];
const processes: RunningProcess[] = [];

async function start(services: Services): Promise<RunningProcess> {
  const site = await tempSite('people');
  sites.push(site);
  const more = `services: { policy: { url: "http://127.0.0.1:9", secret: ${secret} } }`;
  const logger = createLogger({ level: 'silent' });
  const running = await runServices(siteIn(site.path, more, site.url), services, { version: '1', logger });
  processes.push(running);
  return running;
}

let made = 0;
/** Asks as somebody with that role. */
async function asking(running: RunningProcess, role: Role, path: string, method = 'GET') {
  made += 1;
  const json = { name: `${role} ${made}`, role };
  const { socket } = running;
  const answer = await ask('http://local/api/v1/tokens', { socket, method: 'POST', json });
  const token = role === 'service' ? secret : answer.body.secret;
  return await ask(`${running.url}/api/v1${path}`, { token, method });
}

let membership: RunningProcess;
let reader: RunningProcess;

beforeAll(async () => {
  membership = await start({ membership: sampleService('membership').create });
  const sample = sampleService();
  reader = await start({
    'ups-monitor': async (context) => {
      const running = await sample.create(context);
      const { log, snapshot } = running;
      const consumer = createConsumer({
        database: context.database,
        tables,
        // Its own log, as if it were that of membership.
        source: { ...localSource(log, snapshot), service: 'membership' },
        handlers: {
          'ups.replace-battery': () => {
            throw new Error('cannot be applied to somebody');
          },
        },
        snapshot: async () => {},
      });
      const stop = async () => {
        await consumer.close();
        await running.close();
      };
      return { ...running, consumers: [consumer], start: async () => consumer.start(), close: stop };
    },
  });
});
afterAll(async () => {
  await Promise.all(processes.map((each) => each.close()));
  await Promise.all(sites.map((each) => each.remove()));
});

test.each([
  ['service', 200],
  ['administrator', 200],
  ['infrateam', 403],
  ['board', 403],
  ['participant', 403],
] as const)('a log about people is read by %s: %i', async (role, status) => {
  expect((await asking(membership, role, '/membership/events')).status).toBe(status);
  expect((await asking(membership, role, '/membership/snapshot')).status).toBe(status);
});

test('what of it could not be applied elsewhere is seen and replayed by administrators, and seen by services', async () => {
  await waitFor('the first snapshot', async () => {
    const { body } = await asking(reader, 'service', '/ups-monitor/status');
    return body.consumers[0]?.epoch !== undefined;
  });
  const { socket } = reader;
  await ask('http://local/api/v1/sample/events', { socket, method: 'POST' });
  const letters = async (role: Role) =>
    (await asking(reader, role, '/ups-monitor/dead-letters')).body.results ?? [];
  await waitFor('the dead letter', async () => (await letters('service')).length === 1);
  const path = '/api/v1/ups-monitor/dead-letters';
  const [letter] = (await ask(`http://local${path}`, { socket })).body.results;
  expect(letter).toMatchObject({ source: 'membership', error: expect.stringContaining('somebody') });
  expect(await letters('infrateam')).toEqual([]);
  const replay = `/ups-monitor/dead-letters/${letter.id}/replay`;
  expect((await asking(reader, 'infrateam', replay, 'POST')).status).toBe(404);
  const again = await ask(`http://local/api/v1${replay}`, { socket, method: 'POST' });
  expect(again.body.code).toBe('still-not-applicable');
});
