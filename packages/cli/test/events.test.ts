import { serviceNames } from '@huismeester/contracts';
import { waitFor } from '@huismeester/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Log } from './log.ts';
import { type Running, runCli, startCli } from './run-cli.ts';
import { type AnsweringServer, startServer } from './server.ts';

let server: AnsweringServer;
let logs: { [service: string]: Log };
let following: Running | undefined;

beforeEach(async () => {
  logs = Object.fromEntries(serviceNames.map((service) => [service, new Log(service)]));
  server = await startServer((asked) => log(asked.path.split('/')[3] ?? '').answer(asked));
});
afterEach(async () => {
  following?.stop();
  await following?.ended;
  await server.close();
});

function log(service: string): Log {
  const found = logs[service];
  if (!found) throw new Error(`no log of ${service}`);
  return found;
}

const ids = (stdout: string): string[] =>
  stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).id]));
const events = (...args: string[]) => runCli(['events', '--json', '--socket', server.socket, ...args]);

it('are those of all services by time', async () => {
  const [late, early] = ['2026-11-22T12:00:02.000Z', '2026-11-22T12:00:01.000Z'];
  const second = log('ups-monitor').append('ups/rack', late);
  const first = log('policy').append('outage/rack', early);
  expect(ids((await events()).stdout)).toEqual([first.id, second.id]);
});

it('are the newest, unless a position is given', async () => {
  const all = Array.from({ length: 5 }, () => log('policy').append('outage/rack').id);
  expect(ids((await events('--limit', '2')).stdout)).toEqual(all.slice(3));
  const since = await events('--limit', '2', '--since', '1', '--service', 'policy');
  expect(ids(since.stdout)).toEqual(all.slice(1, 3));
});

it('are the newest of a subject, however far back', async () => {
  const all = Array.from({ length: 2100 }, (_, at) => log('policy').append(at < 2050 ? 'a/1' : 'b/1').id);
  expect(ids((await events('--subject', 'a/1', '--limit', '3')).stdout)).toEqual(all.slice(2047, 2050));
});

it('are followed through a restart: none missed, none twice', async () => {
  const before = log('policy').append('outage/rack');
  following = startCli(['events', '--follow', '--json', '--socket', server.socket]);
  const { stdout, stderr } = following;
  await waitFor('the first event is shown', () => ids(stdout()).includes(before.id));
  await server.stop();
  await waitFor('it says that it waits', () => stderr().includes('waiting for it'));
  const meanwhile = log('ups-monitor').append('ups/rack');
  await server.start();
  await waitFor('what happened meanwhile is shown', () => ids(stdout()).includes(meanwhile.id));
  const after = log('policy').append('outage/rack');
  await waitFor('it goes on', () => ids(stdout()).includes(after.id));
  following.stop();
  const { code } = await following.ended;
  expect(code).toBe(0);
  expect(ids(stdout())).toEqual([before.id, meanwhile.id, after.id]);
  expect(stderr()).toContain('answers again');
});

it('are followed into a log that takes the place of another', async () => {
  log('policy').append('outage/rack');
  following = startCli(['events', '--follow', '--json', '--socket', server.socket]);
  const { stdout, stderr } = following;
  await waitFor('the first event is shown', () => ids(stdout()).length === 1);
  logs = { ...logs, policy: new Log('policy') };
  const fresh = log('policy').append('outage/rack');
  await waitFor('the new log is shown', () => ids(stdout()).includes(fresh.id));
  expect(stderr()).toContain('the log of policy was replaced');
});

it('of one subject are followed too', async () => {
  following = startCli(['events', '--follow', '--json', '--subject', 'b/1', '--socket', server.socket]);
  const { stdout } = following;
  await waitFor('it polls', () => server.asked.length > 6);
  log('policy').append('a/1');
  const wanted = log('policy').append('b/1');
  await waitFor('it is shown', () => ids(stdout()).length > 0);
  expect(ids(stdout())).toEqual([wanted.id]);
});
