import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { type Clock, systemClock } from '@huismeester/clock';
import { type Signed, sign, type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger, loadSettings, type RunningProcess, runServices } from '../src/index.ts';
import { sampleService } from './sample/service.ts';

let site: TestSite;
let authority: Signed;
let running: RunningProcess;

/** Certificates are looked at every 20 ms instead of each minute. */
const clock: Clock = {
  ...systemClock,
  after: (ms, run, options) => systemClock.after(ms === 60_000 || ms === 5_000 ? 20 : ms, run, options),
};

async function writePair(name: string, days: [number, number]) {
  const { cert, key } = await sign({ name, by: authority, days });
  await writeFile(join(site.path, 'h.crt'), cert);
  await writeFile(join(site.path, 'h.key'), key);
}

beforeAll(async () => {
  site = await tempSite('https');
  authority = await sign({ name: 'ca', authority: true });
  await writePair('one', [-80, 10]);
  const tls = '{ cert: { file: h.crt }, key: { file: h.key } }';
  const file = join(site.path, 'space.yaml');
  await writeFile(
    file,
    `site: { id: test, name: Test }
http: { port: 0, socket: ${join(site.path, 'h.sock')}, tls: ${tls} }
broker: { embedded: { port: 0, tls: ${tls} } }
database: { url: "${site.url}" }
`,
  );
  const options = { version: '1.2.3', logger: createLogger({ level: 'silent' }), clock };
  running = await runServices(await loadSettings(file), { 'ups-monitor': sampleService().create }, options);
});
afterAll(async () => {
  await running?.close();
  await site.remove();
});

async function shownBy(url: string | undefined): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url ?? '').port), ca: authority.cert });
  await once(socket, 'secureConnect');
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return String(subject.CN);
}

function ready(): Promise<{ parts: { name: string; ready: boolean; detail?: string }[] }> {
  return new Promise((resolve, reject) => {
    request(`${running.url}/health/ready`, { ca: authority.cert, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => resolve(JSON.parse(text)));
    })
      .on('error', reject)
      .end();
  });
}

const certificates = async () => (await ready()).parts.filter(({ name }) => name.startsWith('certificate'));

test('a process answers HTTPS and MQTT with its certificates, and takes renewed ones as it runs', async () => {
  expect(running.url).toMatch(/^https:/);
  expect(running.mqttUrl).toMatch(/^mqtts:/);
  expect([await shownBy(running.url), await shownBy(running.mqttUrl)]).toEqual(['one', 'one']);
  const soon = (setting: string) => expect.stringMatching(`^${setting}: the certificate ends in (9|10) days`);
  const names = { name: 'certificate of the broker', ready: true };
  expect(await certificates()).toMatchObject([
    { ...names, detail: soon('broker.embedded.tls') },
    { name: 'certificate', ready: true, detail: soon('http.tls') },
  ]);
  await writePair('two', [-1, 90]);
  for (const url of [running.url, running.mqttUrl]) {
    await waitFor('the new one is shown', async () => (await shownBy(url)) === 'two');
  }
  await waitFor('nothing is said of them', async () =>
    (await certificates()).every(({ ready, detail }) => ready && detail === undefined),
  );
});
