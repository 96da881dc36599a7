import { describe, expect, it } from 'vitest';
import { dataOf, every, linesOf, nothing, onBattery, onMains, play, restarted } from '../../test/story.ts';
import type { Trouble } from './observation.ts';

const failing = (failure: Trouble, fromMs: number, toMs: number) => every(500, fromMs, toMs, { failure });

describe.each<[Trouble, string]>([
  ['stale', 'ups.stale'],
  ['driver-gone', 'ups.lost'],
  ['unreachable', 'ups.lost'],
  ['refused', 'ups.lost'],
])('%s', (contact, type) => {
  it('is said after 3 s, once', () => {
    expect(linesOf(play(onMains, ...failing(contact, 1000, 3500)))).toEqual([]);
    const story = play(onMains, ...failing(contact, 1000, 60_000));
    expect(story.said).toEqual([
      { ms: 4000, event: { type, data: { ups: 'rack', contact, on_battery: false } } },
    ]);
  });

  it('begins anew after an answer', () => {
    const story = play(
      onMains,
      ...failing(contact, 1000, 3500),
      [3600, 'OL'],
      ...failing(contact, 4000, 6500),
    );
    expect(linesOf(story)).toEqual([]);
  });

  it('is said of a UPS that was never seen', () => {
    expect(dataOf(play(nothing, ...failing(contact, 0, 3000)), type as 'ups.lost')).toHaveLength(1);
  });

  it('is not said again after a restart', () => {
    const lost = restarted(play(onMains, ...failing(contact, 1000, 5000)));
    expect(linesOf(play(lost, ...failing(contact, 10_000, 20_000)))).toEqual([]);
  });
});

describe('WAIT', () => {
  it('infers nothing, and is stale after 3 s', () => {
    const story = play(onBattery, ...every(500, 2000, 5000, 'WAIT OL'));
    expect(story.said).toEqual([
      {
        ms: 5000,
        event: { type: 'ups.stale', data: { ups: 'rack', contact: 'waiting', on_battery: true } },
      },
    ]);
    expect(story.state.mains).toBe('on-battery');
  });
});

describe('a contact that is lost', () => {
  it('is not by one poll, however late its answer is', () => {
    expect(linesOf(play(onMains, [60_000, { failure: 'unreachable' }]))).toEqual([]);
  });

  it('in several ways by turns is one', () => {
    const story = play(
      onMains,
      [1000, { failure: 'unreachable' }],
      [2000, { failure: 'driver-gone' }],
      [3000, { failure: 'unreachable' }],
      [4000, { failure: 'driver-gone' }],
      [4500, { failure: 'driver-gone' }],
    );
    expect(dataOf(story, 'ups.lost')).toMatchObject([{ contact: 'driver-gone' }]);
  });

  it('in another way than before is said again, after 3 s of that', () => {
    const story = play(onMains, ...failing('stale', 1000, 5000), ...failing('unreachable', 5500, 9000));
    expect(linesOf(story)).toEqual(['4000 stale', '8500 lost']);
  });

  it('is found again at the second answer, with the mains as they were', () => {
    const lost = play(onMains, ...failing('unreachable', 1000, 5000));
    const story = play(lost, [6000, 'OL'], [6100, 'OL']);
    expect(story.said).toEqual([
      { ms: 6100, event: { type: 'ups.found', data: { ups: 'rack', after: 'unreachable', status: 'OL' } } },
    ]);
  });

  it('is found again on battery', () => {
    const lost = play(onMains, ...failing('driver-gone', 1000, 5000));
    expect(linesOf(play(lost, [6000, 'OB'], [6100, 'OB']))).toEqual([
      '6100 found',
      '6100 on-battery',
      '6100 battery-reading',
    ]);
  });

  it('on battery says so; found on battery it goes on with a reading', () => {
    const lost = play(onBattery, ...failing('unreachable', 2000, 6000));
    expect(dataOf(lost, 'ups.lost')).toMatchObject([{ on_battery: true }]);
    expect(linesOf(play(lost, [7000, 'OB'], [7100, 'OB']))).toEqual(['7100 found', '7100 battery-reading']);
  });

  it('on battery and found on mains ends the cut', () => {
    const lost = play(onBattery, ...failing('unreachable', 2000, 6000));
    const story = play(lost, [11_000, 'OL'], [11_100, 'OL']);
    expect(linesOf(story)).toEqual(['11100 found', '11100 on-mains']);
    expect(dataOf(story, 'ups.on-mains')).toMatchObject([{ lasted_s: 10 }]);
  });
});

describe('on battery, when the status is read and the numbers are not', () => {
  const variables = { charge_pct: 90, runtime_s: 900, load_pct: 20 };
  const known = play(onBattery, [2000, { variables }]);
  const unread = play(known, [7000, { unread: 'unreachable' }], [7100, 'OB'], [7200, 'OB']);

  it('old numbers are not said again as if they were new', () => {
    expect(dataOf(unread, 'ups.battery-reading')).toEqual([{ ups: 'rack', on_battery: true, low: false }]);
    const looks = every(500, 7500, 40_000, 'OB');
    expect(dataOf(play(unread, ...looks), 'ups.battery-reading')).toEqual([
      { ups: 'rack', on_battery: true, low: false },
      { ups: 'rack', on_battery: true, low: false },
    ]);
  });

  it('new ones are said as soon as they come', () => {
    const story = play(unread, [12_000, { variables: { ...variables, runtime_s: 880 } }]);
    expect(dataOf(story, 'ups.battery-reading')).toMatchObject([{ runtime_s: 880 }]);
  });

  it('one failed look at the status changes none of it', () => {
    expect(linesOf(play(known, [7000, { failure: 'unreachable' }], [7500, 'OB'], [7600, 'OB']))).toEqual([]);
  });
});

it('on battery nothing is said while the contact is lost: who counts down goes on from the last reading', () => {
  const variables = { charge_pct: 90, runtime_s: 900 };
  const known = play(onBattery, [2000, { variables }]);
  const lost = play(known, ...every(500, 3000, 600_000, { failure: 'unreachable' }));
  expect(linesOf(lost)).toEqual(['6000 lost']);
  const found = play(lost, [601_000, 'OB'], [601_100, 'OB']);
  expect(dataOf(found, 'ups.battery-reading')).toEqual([{ ups: 'rack', on_battery: true, low: false }]);
});
