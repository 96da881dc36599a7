import { fileURLToPath } from 'node:url';
import { startNutSimulator } from '@huismeester/simulators';
import { skipWithout, startUpsd } from '@huismeester/testkit';
import { describe, expect, it } from 'vitest';
import { type NutClient, parseIdentity, parseReadings, parseStatus } from '../src/index.ts';
import { oddities, readRecordings } from './oddities.ts';
import { expected } from './recordings/expected.ts';
import { withClient } from './servers.ts';

const recordings = await readRecordings(fileURLToPath(new URL('./recordings', import.meta.url)));
const theirs = process.env.HUISMEESTER_RECORDINGS;

async function read(client: NutClient, ups: string) {
  const vars = await client.listVars(ups);
  const { 'ups.status': status = '' } = vars;
  return { status: [...parseStatus(status)], readings: parseReadings(vars), identity: parseIdentity(vars) };
}

describe('UPSes as odd as real ones', () => {
  it('are all known', () => {
    expect(new Set(recordings.map(({ name }) => name))).toEqual(new Set(Object.keys(expected)));
  });

  it('read the same through the simulator', async () => {
    const simulator = await startNutSimulator({ upses: recordings });
    await withClient(simulator, async (client) => {
      for (const { name } of recordings) expect(await read(client, name), name).toEqual(expected[name]);
    });
    await simulator.close();
  });

  it.skipIf(skipWithout('upsd', 'dummy-ups'))('read the same through the real upsd', async () => {
    // dummy-ups makes up a status where a recording has none.
    const playable = recordings.filter(({ vars }) => 'ups.status' in vars);
    const upsd = await startUpsd({ ups: playable.map(({ name, file }) => ({ name, file })) });
    try {
      await withClient({ host: upsd.host, port: upsd.port }, async (client) => {
        for (const { name, vars } of playable) {
          const seen = await read(client, name);
          const facts = expected[name];
          // It also makes up a maker and a model, and has an order of its own.
          const identity = vars['ups.mfr'] && vars['ups.model'] ? facts?.identity : seen.identity;
          const told = { ...seen, status: new Set(seen.status) };
          expect(told, name).toEqual({ ...facts, identity, status: new Set(facts?.status) });
        }
      });
    } finally {
      await upsd.close();
    }
  });
});

// Real ones, such as NUT's own collection; nobody needs them to test this.
if (theirs !== undefined) {
  it(`have every oddity of the recordings in ${theirs}`, async () => {
    const ours = new Set(recordings.flatMap(oddities));
    const lacking = (await readRecordings(theirs)).flatMap((recording) =>
      oddities(recording).flatMap((oddity) => (ours.has(oddity) ? [] : [`${recording.name}: ${oddity}`])),
    );
    expect(lacking).toEqual([]);
  });
}
