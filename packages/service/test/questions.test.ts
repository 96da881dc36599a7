import { join } from 'node:path';
import type { SpaceSettings } from '@huismeester/contracts';
import { sign, type TestSite, tempSite } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Answers,
  createLogger,
  parseSettings,
  type RunningProcess,
  runServices,
  Unanswered,
} from '../src/index.ts';
import { ask } from './sample/ask.ts';
import { type Sample, sampleService } from './sample/service.ts';
import { siteIn } from './sample/settings.ts';

const person = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const secret = 'that-policy-shows-to-others';
const known = {
  state: 'known',
  name: 'Ann "de" Boer',
  enabled: true,
  mail: ['ann@space.example'],
  language: 'nl',
};
const sites: TestSite[] = [];
const processes: RunningProcess[] = [];
const logger = createLogger({ level: 'silent' });

async function run(
  settings: SpaceSettings,
  samples: Readonly<Record<string, Sample>>,
): Promise<RunningProcess> {
  const services = Object.fromEntries(Object.entries(samples).map(([name, { create }]) => [name, create]));
  const running = await runServices(settings, services, { version: '1', logger });
  processes.push(running);
  return running;
}

async function settings(more = '', database?: string): Promise<SpaceSettings> {
  const site = await tempSite('questions');
  sites.push(site);
  return siteIn(site.path, more, database ?? site.url);
}

const askFor = (sample: Sample) => sample.context?.ask('membership', 'contact', { person });
let answer: unknown = known;
const answers = (): Answers => ({
  contact: () => answer,
  'ssh-keys': () => {
    throw new Error('the database is away');
  },
});
const answering = (): Sample => Object.assign(sampleService('membership'), { answers: answers() });

afterAll(async () => {
  await Promise.all(processes.map((each) => each.close()));
  await Promise.all(sites.map((each) => each.remove()));
});

describe('a service of the same process', () => {
  // Whoever asks in a process is answered in it, so that one service is enough: two samples would share their tables.
  const asking = answering();
  beforeAll(async () => void (await run(await settings(), { membership: asking })));

  test('answers', async () => {
    answer = known;
    expect(await askFor(asking)).toEqual(known);
  });

  test('answers nothing that is no answer, nor when it fails', async () => {
    answer = { state: 'known', mail: 'ann@space.example' };
    const failed = (await askFor(asking)?.catch((error) => error)) as Unanswered;
    expect(failed).toBeInstanceOf(Unanswered);
    expect(failed.message).not.toContain('ann@');
    await expect(asking.context?.ask('membership', 'ssh-keys', { person })).rejects.toThrow(Unanswered);
    await expect(asking.context?.ask('membership', 'contact', { person: 'ann' })).rejects.toThrow('wrongly');
  });
});

describe('a service of another process', () => {
  const asking = sampleService('policy');
  let membership: RunningProcess;
  let authority: Awaited<ReturnType<typeof sign>>;
  let path: string;

  beforeAll(async () => {
    authority = await sign({ name: 'ca', authority: true });
    const { cert, key } = await sign({ name: 'one', by: authority });
    const site = await tempSite('questions');
    sites.push(site);
    path = site.path;
    const text = `site: { id: test, name: Test }
http: { port: 0, socket: ${join(path, 'h.sock')}, tls: { cert: { file: h.crt }, key: { file: h.key } } }
broker: { embedded: { port: 0 } }
database: { url: "${site.url}" }
services: { policy: { url: "https://127.0.0.1:9", secret: ${secret} } }`;
    const readFile = (name: string) => (name.endsWith('h.crt') ? cert : key);
    membership = await run(parseSettings(text, { file: join(path, 'space.yaml'), env: {}, readFile }), {
      membership: answering(),
    });
    await run(
      await settings(`services:
  membership: { url: "${membership.url}", secret: of-membership-itself, ca: ${JSON.stringify(authority.cert)} }
  policy: { url: "http://127.0.0.1:9", secret: ${secret} }`),
      { policy: asking },
    );
  });

  test('answers over TLS of its own authority', async () => {
    answer = known;
    expect(await askFor(asking)).toEqual(known);
    answer = { state: 'gone' };
    expect(await askFor(asking)).toEqual({ state: 'gone' });
  });

  test('answers nobody but services', async () => {
    const { socket } = membership;
    const url = 'http://local/api/v1/membership/questions/contact';
    const asked = { method: 'POST', json: { person } };
    expect((await ask(url, { ...asked, socket })).status).toBe(403);
  });

  test('is unanswered where it fails, or answers nonsense', async () => {
    await expect(asking.context?.ask('membership', 'ssh-keys', { person })).rejects.toThrow('500');
    answer = { state: 'asleep' };
    await expect(askFor(asking)).rejects.toThrow(Unanswered);
  });

  test('is unanswered while it is away, and where settings do not say where it is', async () => {
    await membership.close();
    processes.splice(processes.indexOf(membership), 1);
    await expect(askFor(asking)).rejects.toThrow(/cannot be asked: .*refused/);
    const alone = sampleService('policy');
    await run(await settings(), { policy: alone });
    await expect(askFor(alone)).rejects.toThrow('services.membership: found nothing');
  });
});
