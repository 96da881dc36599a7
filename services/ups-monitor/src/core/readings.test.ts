import { describe, expect, it } from 'vitest';
import { dataOf, type Look, linesOf, nothing, onBattery, onMains, play } from '../../test/story.ts';

const charge = (ms: number, charge_pct: number): Look => [ms, { variables: { charge_pct } }];

describe('on battery', () => {
  const values = { charge_pct: 90, runtime_s: 900, load_pct: 20 };
  const known = play(onMains, [900, { variables: values }]);
  const cut = play(known, [1000, 'OB'], [1100, 'OB']);

  it('a reading follows on-battery at once', () => {
    expect(linesOf(cut)).toEqual(['1100 on-battery', '1100 battery-reading']);
    expect(dataOf(cut, 'ups.on-battery')).toMatchObject([{ charge_pct: 90, runtime_s: 900 }]);
    expect(dataOf(cut, 'ups.battery-reading')).toEqual([
      { ups: 'rack', on_battery: true, low: false, ...values },
    ]);
  });

  it.each([{ charge_pct: 89 }, { runtime_s: 890 }, { load_pct: 21 }])(
    'a change is a reading: %o',
    (change) => {
      const story = play(cut, [2000, { variables: { ...values, ...change } }]);
      expect(dataOf(story, 'ups.battery-reading')).toEqual([
        { ups: 'rack', on_battery: true, low: false, ...values, ...change },
      ]);
    },
  );

  it('a value that is known no more is left out', () => {
    const story = play(cut, [2000, { variables: { charge_pct: 90, load_pct: 20 } }]);
    expect(dataOf(story, 'ups.battery-reading')).toEqual([
      { ups: 'rack', on_battery: true, low: false, charge_pct: 90, load_pct: 20 },
    ]);
    expect(story.state).not.toHaveProperty('runtime_s');
  });

  it('other variables are none', () => {
    expect(linesOf(play(cut, [2000, { variables: { ...values, input_v: 0 } }]))).toEqual([]);
  });

  it('one comes every 15 s without a change, even when nothing is known of the battery', () => {
    const looks: Look[] = [...Array(80).keys()].map((n) => [1600 + n * 500, 'OB'] as const);
    expect(linesOf(play(onBattery, ...looks))).toEqual(['16100 battery-reading', '31100 battery-reading']);
  });
});

describe('on mains', () => {
  it('a reading follows on-mains when the variables are read next', () => {
    const back = play(onBattery, charge(2000, 60), [3000, 'OL'], [3100, 'OL']);
    expect(linesOf(play(back, [3600, 'OL'], charge(4000, 60), charge(9000, 60)))).toEqual([
      '4000 battery-reading',
    ]);
  });

  const charging = play(onMains, charge(1000, 50));

  it('5 points are worth one, 4 are not', () => {
    expect(linesOf(play(charging, charge(20_000, 54)))).toEqual([]);
    expect(dataOf(play(charging, charge(20_000, 55)), 'ups.battery-reading')).toEqual([
      { ups: 'rack', on_battery: false, low: false, charge_pct: 55 },
    ]);
  });

  it('there is at most one in 10 s', () => {
    expect(linesOf(play(charging, charge(5000, 60), charge(10_500, 70), charge(11_000, 70)))).toEqual([
      '11000 battery-reading',
    ]);
  });

  it('reaching 100 is worth one, wavering around it is not', () => {
    const nearly = play(charging, charge(20_000, 97));
    const looks = [charge(40_000, 100), charge(60_000, 99), charge(80_000, 100)];
    expect(linesOf(play(nearly, ...looks))).toEqual(['40000 battery-reading']);
  });

  it('a UPS that knows nothing of its battery has none', () => {
    expect(linesOf(play(onMains, [1000, { variables: { input_v: 230 } }]))).toEqual([]);
  });
});

it('there is none while the mains are unknown', () => {
  expect(linesOf(play(nothing, [0, ''], [100, ''], charge(200, 50)))).toEqual(['100 found']);
});
