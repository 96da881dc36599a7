import type { LiveHeads } from '@huismeester/contracts';
import type { RunningProcess } from '@huismeester/service';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { facts } from './facts.ts';
import { startPolicy } from './site.ts';
import { withLogins } from './someone.ts';

const ups = facts('ups-monitor');
const people = withLogins(facts('membership'));
const settings = {
  directory: { file: '/var/lib/huismeester/directory.yaml', every: '40s' },
  secrets: { key: 'a key of which nobody knows anything' },
};
let site: TestSite;
let running: RunningProcess;
const opened: AbortController[] = [];

const start = (publicNow: boolean) =>
  startPolicy(site, {
    ups,
    vms: facts('vm-lifecycle'),
    people: people.source,
    settings: { ...settings, web: { publicNow } },
  });

beforeAll(async () => {
  site = await tempSite('live');
  running = await start(false);
});
afterEach(() => {
  for (const each of opened.splice(0)) each.abort();
});
afterAll(async () => {
  await running.close();
  await site.remove();
});

/** Opens the stream, and keeps what it says. */
async function listen(secret?: string) {
  const controller = new AbortController();
  opened.push(controller);
  const answer = await fetch(`${running.url}/api/v1/live`, {
    signal: controller.signal,
    headers: secret === undefined ? {} : { authorization: `Bearer ${secret}` },
  });
  const stream = { answer, text: '', is: 'open' as 'open' | 'ended' | 'broken' };
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) stream.text += decoder.decode(chunk, { stream: true });
  };
  void read().then(
    () => {
      stream.is = 'ended';
    },
    () => {
      stream.is = 'broken';
    },
  );
  const heads = () =>
    [...stream.text.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => JSON.parse(json) as LiveHeads);
  return { stream, heads };
}

const reading = (charge_pct: number) =>
  ups.say('ups.on-battery', 'ups/rack', {
    ups: 'rack',
    since: new Date().toISOString(),
    charge_pct,
    runtime_s: 600,
  } as never);

it('says the heads of all logs at once, and again as they change, and nothing else', async () => {
  const { stream, heads } = await listen(running.firstToken);
  expect(stream.answer.status).toBe(200);
  expect(stream.answer.headers.get('content-type')).toBe('text/event-stream');
  const [first] = await waitFor('the first message', () => heads().length > 0 && heads());
  expect(Object.keys(first?.heads ?? {})).toEqual(
    expect.arrayContaining(['policy', 'ups-monitor', 'netwatch']),
  );
  const before = first?.heads['ups-monitor'] ?? 0;
  await reading(90);
  await waitFor('the change', () => heads().some((each) => (each.heads['ups-monitor'] ?? 0) > before));
  for (const each of heads())
    expect(new Set(Object.keys(each))).toEqual(new Set(['evaluated', 'heads', 'version']));
  expect(stream.text).toMatch(/^retry: 2000\n\n/);
});

it('is for whoever says who they are, and ends when their session does', async () => {
  expect((await listen()).stream.answer.status).toBe(401);
  const [one, other] = [await people.logIn('participant'), await people.logIn('participant')];
  const [mine, theirs] = [await listen(one.secret), await listen(other.secret)];
  expect(mine.stream.answer.status).toBe(200);
  await people.logOut(one);
  await waitFor('it has ended', () => mine.stream.is === 'ended');
  expect(theirs.stream.is).toBe('open');
});

it('is for anybody where settings say so, and closing waits for no stream', async () => {
  await running.close();
  running = await start(true);
  const all = await Promise.all(Array.from({ length: 3 }, () => listen()));
  await waitFor('all have the heads', () => all.every(({ heads }) => heads().length > 0));
  await running.close();
  // What the server waits for in vain it breaks off, after 5 s.
  await waitFor('none is open', () => all.every(({ stream }) => stream.is !== 'open'));
  expect(all.map(({ stream }) => stream.is)).toEqual(['ended', 'ended', 'ended']);
  running = await start(true);
});
