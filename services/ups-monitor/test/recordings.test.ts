import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NutSimulator, parseDevFile, startNutSimulator } from '@huismeester/simulators';
import { tempSite, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ears, listenTo } from './ears.ts';
import { startMonitor } from './monitor.ts';

const ours = fileURLToPath(new URL('../../../packages/nut/test/recordings', import.meta.url));
/** Another folder of them, such as NUT's own collection; nobody needs it to test this. */
const theirs = process.env.HUISMEESTER_RECORDINGS;

const alarming = ['ups.on-battery', 'ups.battery-low', 'ups.forced-shutdown'];
const lost = ['ups.lost', 'ups.stale'];

describe.each([ours, ...(theirs === undefined ? [] : [theirs])])('each recording in %s', async (dir) => {
  const recordings = await readRecordings(dir);
  const cleanups: (() => Promise<void>)[] = [];
  let simulator: NutSimulator;
  let ears: Ears;

  beforeAll(async () => {
    simulator = await startNutSimulator({ upses: recordings });
    cleanups.push(simulator.close);
    const database = await tempSite('ups');
    cleanups.push(database.remove);
    const { port } = simulator;
    const monitor = await startMonitor({
      upses: recordings.map(({ name }) => ({
        id: name,
        name,
        port,
        pollStatus: '200ms',
        pollVariables: '500ms',
      })),
      site: database,
    });
    cleanups.push(monitor.close);
    ears = listenTo(monitor);
    await Promise.all(recordings.map(({ name }) => seen(name, 'ups.found')));
    await Promise.all(recordings.filter(({ vars }) => 'ups.status' in vars).map(({ name }) => looked(name)));
  });

  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
  });

  const saidOf = async (name: string, types: readonly string[]) =>
    (await ears.eventsOf(name)).filter(({ type }) => types.includes(type)).map(({ type }) => type);

  const seen = (name: string, type: string) =>
    waitFor(`${type} of ${name}`, async () => (await saidOf(name, [type])).length > 0, {
      timeoutMs: 30_000,
      everyMs: 100,
    });

  async function looked(name: string): Promise<void> {
    for (let looks = 0; looks < 6; looks += 1) {
      await simulator.glimpse(name, 'ups.status', simulator.get(name, 'ups.status') ?? '');
    }
  }

  it.each(recordings)('$title is read, and says nothing that is not so', async ({ name, cut }) => {
    expect(await saidOf(name, lost)).toEqual([]);
    expect(await saidOf(name, alarming)).toEqual(cut ? ['ups.on-battery'] : []);
    const ups = await ears.monitor.ups(name);
    expect(ups).toMatchObject({ contact: 'ok', low: false, forced: false });
    const {
      charge_pct = 0,
      runtime_s = 1,
      load_pct = 0,
      input_v = 0,
      output_v = 0,
      battery_v = 0,
    } = ups ?? {};
    expect(charge_pct).toBeLessThanOrEqual(100);
    expect(runtime_s).toBeGreaterThan(0);
    expect(runtime_s).not.toBe(65_535);
    expect(load_pct).toBeLessThan(200);
    expect(Math.max(input_v, output_v, battery_v)).toBeLessThan(500);
  });

  it('has a power cut when there is one, but for those in a test', async () => {
    const upses = await Promise.all(
      recordings.map(async ({ name }) => ({ name, ups: await ears.monitor.ups(name) })),
    );
    const able = upses.filter(({ ups }) => ups?.testing === false);
    expect(able.length).toBeGreaterThan(recordings.length / 2);
    for (const { name } of able) simulator.set(name, 'ups.status', 'OB DISCHRG');
    await Promise.all(able.map(({ name }) => seen(name, 'ups.on-battery')));
  });
});

async function readRecordings(dir: string) {
  const files = (await readdir(dir)).filter((file) => file.endsWith('.dev'));
  return await Promise.all(
    files.map(async (file, index) => {
      const text = await readFile(join(dir, file), 'utf8');
      const [, status = ''] = /^ups\.status:(.*)$/m.exec(text) ?? [];
      const tokens = (status.split('#')[0] ?? '').split(/\s+/);
      // `#BAD` is how recordings mark what the device says and is not so.
      const cut = tokens.includes('OB') && !tokens.includes('OL') && !status.includes('#BAD');
      return { name: `ups-${index}`, title: file, vars: parseDevFile(text), cut };
    }),
  );
}
