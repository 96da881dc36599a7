import { createRatedClock } from '@huismeester/clock';
import { waitFor } from '@huismeester/testkit';
import { afterEach, expect, test } from 'vitest';
import type { Save } from './adapters/store.ts';
import type { FaultySignal } from './core/faulty.ts';
import { graphOf } from './core/graph.ts';
import { emptyWorld, type Signal } from './core/world.ts';
import { createLedger, type Ledger } from './ledger.ts';

const clock = createRatedClock({ rate: 100 });
const since = { time: clock.now().getTime(), ms: clock.monotonicMs() };
const about = { core: false, incidents: true, silent: false, here: false };
const sees = (thing: string, sight: 'answers' | 'fails'): Signal => ({ kind: 'sight', thing, sight, since });
const lost: Signal = { kind: 'vantage-lost', since, asked: 3 };
const regained: Signal = { kind: 'vantage-regained', at: since };
const flapping: Signal = { kind: 'flapping', thing: 'probe/web', changes: 6, within_s: 600 };

let ledger: Ledger | undefined;
afterEach(() => ledger?.close());

/** A ledger over a store of which some commits fail: before they are stored, or after. */
function storing(fates: ('lost-before' | 'lost-after')[]) {
  const saves: Save[] = [];
  const dropped: FaultySignal[] = [];
  const stepped: string[][] = [];
  ledger = createLedger({
    world: emptyWorld,
    clock,
    store: {
      async save(save) {
        const fate = fates.shift();
        if (fate !== 'lost-before') saves.push(save);
        if (fate !== undefined) throw new Error('the connection was lost');
      },
      lastStep: async () => saves.at(-1)?.id,
    },
    around: () => ({
      graph: graphOf(new Map()),
      about: () => about,
      isClear: () => true,
      outages: new Set(),
    }),
    stepped: ({ events }) => stepped.push(events.map(({ type }) => type)),
    dropped: (faulty) => dropped.push(faulty),
    failed: () => undefined,
  });
  ledger.start();
  const said = () => saves.flatMap(({ changes }) => changes.events).map(({ type }) => type);
  return { ledger, said, stepped, dropped };
}

test.each<[string, Signal[], string[]]>([
  ['our place in the network lost', [lost], ['vantage.lost', 'incident.opened']],
  [
    'it lost and regained',
    [lost, regained],
    ['vantage.lost', 'vantage.regained', 'incident.opened', 'incident.closed'],
  ],
  ['a service that flaps', [flapping], ['probe.flapping', 'incident.opened']],
])('%s is said once, though the answer to the commit was lost', async (_, signals, expected) => {
  for (const fate of ['lost-before', 'lost-after'] as const) {
    const { said, stepped, ledger: playing } = storing([fate]);
    playing.post(signals);
    playing.post([sees('probe/other', 'answers')]);
    await waitFor('it is stored', () => playing.world().things.has('probe/other'));
    // Something later, after which nothing of before may come again.
    playing.post([sees('probe/last', 'answers')]);
    await waitFor('it is stored', () => playing.world().things.has('probe/last'));
    expect(said().filter((type) => type !== 'probe.up')).toEqual(expected);
    // What was stored is shown, too, and once.
    expect(stepped.flat().filter((type) => type !== 'probe.up')).toEqual(expected);
    await playing.close();
  }
});

test('signals that no step can be made with are dropped and named; the others go on', async () => {
  const { dropped, ledger: playing } = storing([]);
  const faulty: Signal = {
    kind: 'sight',
    thing: 'probe/bad',
    sight: 'fails',
    since: undefined as never,
  };
  const all = Array.from({ length: 20 }, (_, index) => sees(`probe/${index}`, 'answers'));
  playing.post([...all.slice(0, 7), faulty, ...all.slice(7), faulty]);
  await waitFor('it is stored', () => playing.world().things.size === 20);
  expect(dropped.map(({ signal }) => signal)).toEqual([faulty, faulty]);
});
