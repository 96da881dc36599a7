import { systemClock } from '@huismeester/clock';
import type { Database } from '@huismeester/database';
import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { saveSpans } from '../src/adapters/spans.ts';
import { availabilityNow, sumSpans } from '../src/availability.ts';
import { newThing } from '../src/core/thing.ts';
import { emptyWorld } from '../src/core/world.ts';
import { span } from '../src/schema.ts';
import { openStore, type StoreUnderTest } from './stored.ts';

const hourMs = 3_600_000;
const noon = Date.UTC(2026, 10, 30, 12);
/** A time by hours before noon. */
const ago = (hours: number) => noon - hours * hourMs;

let opened: StoreUnderTest;
let database: Database;
beforeAll(async () => {
  opened = await openStore();
  ({ database } = opened);
});
beforeEach(() => opened.empty());
afterAll(() => opened.close());

type State = 'up' | 'down' | 'unknown';

/** Records that a thing is so from a moment on; at that moment, if left out. */
async function record(thing: string, at: number, state: State, now = at): Promise<void> {
  await database.transaction((tx) => saveSpans(tx, [{ thing, at: { time: at }, state }], { time: now }));
}

/** A history by hours before noon. */
async function recordAll(thing: string, history: readonly (readonly [number, State])[]): Promise<void> {
  for (const [hours, state] of history) await record(thing, ago(hours), state);
}

/** The spans of a thing, in minutes after 10:00, as they lie in the table. */
async function minutesOf(thing: string) {
  const all = await database.orm.select().from(span).orderBy(asc(span.from));
  return all
    .filter((each) => each.thing === thing)
    .map(({ state, from, until }) => [state, minutes(from), until === null ? 'on' : minutes(until)]);
}
const minutes = (time: number) => (time - ago(2)) / 60_000;
const at = (minute: number) => ago(2) + minute * 60_000;

test('availability over 24 h, 30 and 365 days is of what lies in them, to the millisecond', async () => {
  await recordAll('probe/web', [
    [9_000, 'up'], // Over the edge of the year, of 8,760 h.
    [8_000, 'down'],
    [7_990, 'unknown'],
    [7_000, 'up'],
    [6_000, 'unknown'],
    [730, 'down'], // Over the edge of the 30 days, of 720 h.
    [718, 'up'],
    [30, 'unknown'],
    [26, 'down'], // Over the edge of the day.
    [23, 'unknown'],
    [10.25, 'up'],
  ]);
  await recordAll('probe/new', [
    [6, 'up'],
    [3, 'unknown'],
    [2, 'up'],
  ]);
  await recordAll('probe/old', [
    [9_500, 'down'],
    [8_760, 'unknown'],
  ]);
  const known = { 'probe/web': 9_000, 'probe/new': 6, 'probe/old': 9_500 };
  const things = Object.entries(known).map(([id, hours]) => ({
    ...newThing(id),
    knownSince: { time: ago(hours) },
  }));
  const world = {
    ...emptyWorld,
    things: new Map([...things, newThing('probe/never')].map((each) => [each.id, each])),
  };
  const [web, fresh, old, never] = await availabilityNow(
    { database, clock: { ...systemClock, now: () => new Date(noon) } },
    {
      ledger: { world: () => world, post: () => undefined },
      about: () => ({ core: true, incidents: true, silent: false, here: false }),
    },
  );
  const figure = (up: number, down: number, window: number) => ({
    availability_ratio: up / (up + down),
    coverage_ratio: (up + down) / window,
    down_s: down * 3_600,
  });
  expect(web).toMatchObject({
    day: figure(10.25, 1, 24),
    month: figure(698.25, 5, 720),
    year: figure(2_458.25, 25, 8_760),
  });
  const halfHours = (count: number, up_ratio: number, down_ratio: number) =>
    Array.from({ length: count }, () => ({ up_ratio, down_ratio }));
  expect(web?.half_hours).toEqual(
    [halfHours(2, 0, 1), halfHours(25, 0, 0), halfHours(1, 0.5, 0), halfHours(20, 1, 0)].flat(),
  );
  // No window is longer than the time for which a thing is known.
  expect(fresh).toMatchObject({ day: figure(5, 0, 6), month: figure(5, 0, 6), year: figure(5, 0, 6) });
  const nothing = { coverage_ratio: 0, down_s: 0 };
  for (const each of [old, never]) {
    expect([each?.day, each?.month, each?.year]).toEqual([nothing, nothing, nothing]);
  }
});

test('what ended before all windows is removed; what is open or ended within them is not, however long ago it began', async () => {
  const day = 24;
  await recordAll('probe/ended', [
    [500 * day, 'up'],
    [401 * day, 'down'],
    [399 * day, 'unknown'],
  ]);
  await recordAll('probe/open', [[500 * day, 'up']]);
  await opened.store.prune(new Date(ago(400 * day)));
  const left = await database.orm.select().from(span).orderBy(asc(span.thing));
  expect(left).toEqual([
    { thing: 'probe/ended', state: 'down', from: ago(401 * day), until: ago(399 * day) },
    { thing: 'probe/open', state: 'up', from: ago(500 * day), until: null },
  ]);
});

test('a cause found late changes what was since then, of that thing alone', async () => {
  for (const thing of ['probe/web', 'probe/other']) {
    await record(thing, at(0), 'up');
    await record(thing, at(30), 'down', at(31));
  }
  await record('probe/web', at(29), 'unknown', at(32));
  expect(await minutesOf('probe/web')).toEqual([['up', 0, 29]]);
  expect(await minutesOf('probe/other')).toEqual([
    ['up', 0, 30],
    ['down', 30, 'on'],
  ]);
});

describe('the clock, set back from 12:00 to 11:00,', () => {
  test('takes nothing of the history that was recorded for that hour', async () => {
    await record('probe/web', at(0), 'up');
    await record('probe/web', at(100), 'down', at(101));
    await record('probe/web', at(110), 'up');
    await record('probe/web', at(65), 'down', at(66));
    await record('probe/web', at(90), 'up');
    expect(await minutesOf('probe/web')).toEqual([
      ['up', 0, 100],
      ['down', 65, 90],
      ['up', 90, 'on'],
      // What was open when the clock was set back is not: nobody knows when that was.
      ['down', 100, 110],
    ]);
    // A cause found late changes no more than what is recorded since the clock was set back.
    await record('probe/web', at(85), 'unknown', at(91));
    expect(await minutesOf('probe/web')).toEqual([
      ['up', 0, 100],
      ['down', 65, 85],
      ['down', 100, 110],
    ]);
    const sums = await sumSpans(database, { from: at(0), until: at(120) });
    expect(sums.get('probe/web')).toMatchObject({ up: 100 * 60_000, down: 30 * 60_000 });
  });

  test('ends what is open from before that hour at the next change', async () => {
    await record('probe/web', at(0), 'up');
    await record('probe/web', at(65), 'down', at(66));
    expect(await minutesOf('probe/web')).toEqual([
      ['up', 0, 65],
      ['down', 65, 'on'],
    ]);
  });
});
