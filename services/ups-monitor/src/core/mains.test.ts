import { describe, expect, it } from 'vitest';
import {
  dataOf,
  every,
  type Look,
  linesOf,
  nothing,
  onBattery,
  onMains,
  play,
  restarted,
  timeOf,
} from '../../test/story.ts';

describe('at first contact', () => {
  it('believes the second look, and says what was found and how the mains are', () => {
    const variables = { manufacturer: 'Eaton', model: '5P', charge_pct: 98, runtime_s: 1800 };
    const first = play(nothing, [0, 'OL CHRG'], [50, { variables }]);
    expect(linesOf(first)).toEqual([]);
    expect(first.confirm).toBe(true);
    const second = play(first, [100, 'OL CHRG']);
    expect(second.said.map(({ event }) => event)).toEqual([
      {
        type: 'ups.found',
        data: { ups: 'rack', after: 'unknown', status: 'OL CHRG', manufacturer: 'Eaton', model: '5P' },
      },
      { type: 'ups.on-mains', data: { ups: 'rack', since: timeOf(0), charge_pct: 98, runtime_s: 1800 } },
    ]);
    expect(second.confirm).toBe(false);
  });

  it('says on-battery when that is what it finds', () => {
    expect(linesOf(play(nothing, [0, 'OB'], [100, 'OB']))).toEqual([
      '100 found',
      '100 on-battery',
      '100 battery-reading',
    ]);
  });

  it.each(['', 'OFF', 'BYPASS', 'OL OB', 'ALARM', 'OB CAL', 'HE ECO'])(
    'infers nothing about the mains from "%s"',
    (status) => {
      const story = play(nothing, [0, status], [100, status], [600, status]);
      expect(story.state).toMatchObject({ contact: 'ok', mains: 'unknown' });
      expect(story.confirm).toBe(false);
    },
  );

  it('accepts tokens that it does not know', () => {
    expect(play(nothing, [0, 'ALARM OL HE'], [100, 'ALARM OL HE']).state.mains).toBe('on-mains');
  });
});

describe('a power cut', () => {
  it('is said at the confirming look, since the first', () => {
    const first = play(onMains, [1000, 'OB DISCHRG']);
    expect(linesOf(first)).toEqual([]);
    expect(first.confirm).toBe(true);
    const second = play(first, [1100, 'OB DISCHRG']);
    expect(dataOf(second, 'ups.on-battery')).toEqual([{ ups: 'rack', since: timeOf(1000) }]);
    expect(second.confirm).toBe(false);
  });

  it('is not a flicker', () => {
    expect(
      linesOf(play(onMains, [1000, 'OB'], [1100, 'OL'], [1600, 'OB'], [1700, 'OL'], [2200, 'OL'])),
    ).toEqual([]);
  });

  it('is said once', () => {
    expect(linesOf(play(onBattery, [1600, 'OB'], [2100, 'OB LB'], [2600, 'OB'])).join()).not.toContain(
      'on-battery',
    );
  });

  it.each<[string, Look[]]>([
    ['OL OB', [[1600, 'OL OB']]],
    ['an empty status', [[1600, '']]],
    ['OFF alone', [[1600, 'OFF']]],
    ['one OL', [[1600, 'OL']]],
  ])('is not ended by %s', (_, looks) => {
    expect(play(onBattery, ...looks).state.mains).toBe('on-battery');
  });

  it('ends at the confirming look, and says how long it lasted', () => {
    const story = play(onBattery, [31_000, 'OL CHRG'], [31_100, 'OL CHRG']);
    expect(dataOf(story, 'ups.on-mains')).toEqual([{ ups: 'rack', since: timeOf(31_000), lasted_s: 30 }]);
  });
});

describe.each([
  ['1 s', 1000],
  ['3 h', 3 * 3_600_000],
])('a power cut before a restart that took %s', (_, downMs) => {
  const at = 2000 + downMs;
  const again = restarted(onBattery, at);

  it('goes on after it, since its own beginning', () => {
    const story = play(again, [at, 'OB'], [at + 100, 'OB']);
    expect(linesOf(story)).toEqual([`${at + 100} battery-reading`]);
    expect(story.state).toMatchObject({ mains: 'on-battery', since: timeOf(1000) });
  });

  it('has its whole length when it ends', () => {
    const story = play(again, [at, 'OB'], [at + 100, 'OB'], [at + 60_000, 'OL'], [at + 60_100, 'OL']);
    expect(dataOf(story, 'ups.on-mains')).toEqual([
      { ups: 'rack', since: timeOf(at + 60_000), lasted_s: (at + 59_000) / 1000 },
    ]);
  });

  it('is confirmed to be over before that is said', () => {
    const first = play(again, [at, 'OL']);
    expect(linesOf(first)).toEqual([]);
    expect(first.confirm).toBe(true);
    const second = play(first, [at + 100, 'OL']);
    expect(dataOf(second, 'ups.on-mains')).toMatchObject([{ lasted_s: (at - 1000) / 1000 }]);
  });

  it('is not said to be low once more', () => {
    const low = restarted(play(onBattery, [1600, 'OB LB']), at);
    expect(linesOf(play(low, [at, 'OB LB'], [at + 100, 'OB LB']))).toEqual([`${at + 100} battery-reading`]);
  });

  it('and the contact lost after it too: both keep its beginning', () => {
    const lost = play(again, ...every(500, at, at + 4000, { failure: 'unreachable' }));
    expect(dataOf(lost, 'ups.lost')).toMatchObject([{ on_battery: true }]);
    const found = play(lost, [at + 5000, 'OB'], [at + 5100, 'OB']);
    expect(linesOf(found)).toEqual([`${at + 5100} found`, `${at + 5100} battery-reading`]);
    expect(found.state.since).toBe(timeOf(1000));
  });
});

it('a cut that began while nobody looked, for 3 h, is one since it was seen', () => {
  const at = 3 * 3_600_000;
  const story = play(restarted(onMains, at), [at, 'OB'], [at + 100, 'OB']);
  expect(dataOf(story, 'ups.on-battery')).toEqual([{ ups: 'rack', since: timeOf(at) }]);
});

it('a civil clock that was set back makes a cut no shorter than nothing', () => {
  const story = play(restarted(onBattery, 500), [500, 'OL'], [600, 'OL']);
  expect(dataOf(story, 'ups.on-mains')).toMatchObject([{ lasted_s: 0 }]);
});

describe('OB at first contact, beside a healthy input', () => {
  const variables = { charge_pct: 100, input_v: 122.4, transfer: { low_v: 65, high_v: 140 } };
  const doubted = play(
    nothing,
    [0, 'OB LB'],
    [50, { variables }],
    [100, 'OB LB'],
    ...every(500, 600, 60_000, 'OB LB'),
  );

  it('is not believed: what never was seen on mains may be a driver that does not know its device', () => {
    expect(linesOf(doubted)).toEqual(['100 found']);
    expect(doubted.state).toMatchObject({ mains: 'unknown', low: false });
    expect(doubted.confirm).toBe(false);
  });

  it('is believed once the charge falls', () => {
    const story = play(doubted, [61_000, { variables: { ...variables, charge_pct: 99 } }]);
    expect(linesOf(story)).toEqual(['61000 on-battery', '61000 battery-low', '61000 battery-reading']);
  });

  it('is believed once it was seen on mains', () => {
    const story = play(doubted, [61_000, 'OL'], [61_100, 'OL'], [62_000, 'OB'], [62_100, 'OB']);
    expect(linesOf(story).filter((line) => !line.endsWith('reading'))).toEqual([
      '61100 on-mains',
      '62100 on-battery',
    ]);
  });

  it.each([
    ['it says DISCHRG', 'OB DISCHRG', variables],
    ['no input', 'OB', { ...variables, input_v: 0 }],
    ['too much of it', 'OB', { ...variables, input_v: 150 }],
    ['no limits known', 'OB', { charge_pct: 100, input_v: 122.4 }],
    ['no voltage known', 'OB', { transfer: variables.transfer }],
    ['nothing known', 'OB', {}],
  ])('is believed at once: %s', (_, status, seen) => {
    const story = play(nothing, [0, status], [50, { variables: seen }], [100, status]);
    expect(linesOf(story)).toContain('100 on-battery');
  });
});

it('OB after OL is believed whatever the voltage, which may be older', () => {
  const variables = { charge_pct: 100, input_v: 230, transfer: { low_v: 180, high_v: 264 } };
  const story = play(onMains, [900, { variables }], [1000, 'OB'], [1050, { variables }], [1100, 'OB']);
  expect(linesOf(story)).toContain('1100 on-battery');
});

it('says nothing after a restart that finds all as it was', () => {
  expect(linesOf(play(restarted(onMains), [5000, 'OL'], [5100, 'OL'], [5600, 'OL']))).toEqual([]);
});
