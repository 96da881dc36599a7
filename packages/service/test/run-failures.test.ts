import { type AddressInfo, createServer } from 'node:net';
import { collectLines, type TempDir, tempDirWithDatabase } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger, runServices } from '../src/index.ts';
import { ask } from './sample/ask.ts';
import { sampleService } from './sample/service.ts';
import { siteIn } from './sample/settings.ts';

let dir: TempDir;
beforeAll(async () => {
  dir = await tempDirWithDatabase('fail');
});
afterAll(() => dir.remove());

const { stream, lines } = collectLines();
const options = { version: '1', logger: createLogger({ level: 'info', destination: stream }) };

/** Holds a port of the loopback for as long as the work takes. */
async function withTakenPort(work: (port: number) => Promise<void>): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work((server.address() as AddressInfo).port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

test('what goes wrong at the start stops it, but for the broker, and all that was opened is closed again', async () => {
  const settings = siteIn(dir.path);
  const lost = runServices(
    settings,
    {
      'ups-monitor': async (context) => {
        context.sources('policy');
        throw new Error('not reached');
      },
    },
    options,
  );
  await expect(lost).rejects.toThrow(/^services\.policy: found nothing, allowed: \{ url, secret \}/);

  const sample = sampleService();
  const services = { 'ups-monitor': sample.create };
  await withTakenPort(async (taken) => {
    const http = { ...settings.http, port: taken };
    await expect(runServices({ ...settings, http }, services, options)).rejects.toMatchObject({
      code: 'cannot-listen',
    });
    expect(sample.seen).toEqual(['created', 'closed']);

    const broker = {
      embedded: { host: '127.0.0.1', port: taken, anonymousRead: false, readers: [] },
      root: 'space',
    };
    const running = await runServices({ ...settings, broker }, services, options);
    // The starts that came to nothing gave no token away.
    expect(running.firstToken).toBeDefined();
    expect(sample.seen).toEqual(['created', 'closed', 'created', 'started']);
    expect(sample.context?.broker).toBeUndefined();
    expect(running.mqttUrl).toBeUndefined();
    const { status, body } = await ask(`${running.url}/health/ready`);
    expect([status, body.notReady]).toEqual([200, ['broker']]);
    const reason = expect.stringContaining(`another process listens on port ${taken} of 127.0.0.1`);
    expect(running.mqttProblem).toEqual(reason);
    expect(body.parts).toContainEqual({ name: 'broker', essential: false, ready: false, detail: reason });
    const msg = 'embedded broker cannot start; going on without MQTT';
    expect(lines()).toContainEqual(expect.objectContaining({ msg, reason }));
    await running.close();
  });
});
