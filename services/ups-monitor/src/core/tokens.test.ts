import { describe, expect, it } from 'vitest';
import {
  dataOf,
  every,
  type Look,
  linesOf,
  onBattery,
  onMains,
  play,
  restarted,
  type Story,
  timeOf,
} from '../../test/story.ts';

const without = (story: Story, ...types: string[]) =>
  linesOf(story).filter((line) => !types.some((type) => line.endsWith(` ${type}`)));

describe('LB', () => {
  it('counts with OB, once in a cut', () => {
    const story = play(onBattery, [1600, 'OB LB'], [2100, 'OB'], [2600, 'OB LB']);
    expect(without(story, 'battery-reading')).toEqual(['1600 battery-low']);
    expect(dataOf(story, 'ups.battery-reading').map((data) => (data as { low: boolean }).low)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('is said again in the next cut', () => {
    const back = play(onBattery, [1600, 'OB LB'], [2100, 'OL'], [2200, 'OL']);
    expect(without(play(back, [3000, 'OB LB'], [3100, 'OB LB']), 'battery-reading')).toEqual([
      '3100 on-battery',
      '3100 battery-low',
    ]);
  });

  it.each(['OL LB', 'OL CHRG LB', 'LB', 'OL OB LB'])('does not count in "%s" on mains', (status) => {
    expect(linesOf(play(onMains, [1000, status], [1100, status]))).toEqual([]);
  });

  it('is not said a second time after a restart', () => {
    const story = play(restarted(play(onBattery, [1600, 'OB LB'])), [5000, 'OB LB'], [5100, 'OB LB']);
    expect(without(story, 'battery-reading')).toEqual([]);
  });
});

describe('a calibration', () => {
  it('is no outage, however long and however low', () => {
    const story = play(
      onMains,
      ...every(500, 1000, 1_800_000, 'OB CAL LB'),
      [1_800_500, 'OL'],
      [1_800_600, 'OL'],
    );
    expect(linesOf(story)).toEqual(['1000 test-started', '1800500 test-ended']);
  });

  it('that ends in a power cut is one from its end', () => {
    const story = play(onMains, [1000, 'OB CAL'], [1500, 'OB CAL'], [2000, 'OB'], [2100, 'OB']);
    expect(without(story, 'battery-reading')).toEqual([
      '1000 test-started',
      '2000 test-ended',
      '2100 on-battery',
    ]);
    expect(dataOf(story, 'ups.on-battery')).toMatchObject([{ since: timeOf(2000) }]);
  });

  it('does not undo a power cut', () => {
    const story = play(onBattery, [1600, 'OB CAL LB'], [2100, 'OB CAL LB']);
    expect(story.state).toMatchObject({ mains: 'on-battery', saidLow: false, testing: true });
  });
});

describe('a self-test that ups.test.result reports', () => {
  const inProgress = { variables: { testResult: 'In progress' } };

  it('is no outage', () => {
    const story = play(onMains, [1000, 'OB'], [1050, inProgress], [1100, 'OB'], [1600, 'OB']);
    expect(linesOf(story)).toEqual(['1050 test-started']);
    const ended = play(
      story,
      [9000, 'OL'],
      [9050, { variables: { testResult: 'Done and passed' } }],
      [9100, 'OL'],
    );
    expect(linesOf(ended)).toEqual(['9050 test-ended']);
  });

  it('that never ends hides no power cut after ten minutes', () => {
    const story = play(onMains, [1000, inProgress], ...every(60_000, 2000, 700_000, 'OL'));
    expect(linesOf(story)).toEqual(['1000 test-started', '602000 test-ended']);
    expect(play(story, [700_000, inProgress], [701_000, 'OB'], [701_100, 'OB']).state.mains).toBe(
      'on-battery',
    );
  });
});

describe('RB', () => {
  const asks = play(onMains, [1000, 'OL RB']);

  it('is said at once, and once', () => {
    expect(linesOf(asks)).toEqual(['1000 replace-battery']);
    expect(linesOf(play(asks, ...every(500, 1500, 100_000, 'OL RB')))).toEqual([]);
  });

  it('that is away for a minute was followed', () => {
    const story = play(asks, ...every(500, 2000, 90_000, 'OL'));
    expect(linesOf(story)).toEqual(['62000 battery-replaced']);
    expect(linesOf(play(story, [90_500, 'OL RB']))).toEqual(['90500 replace-battery']);
  });

  it('that flickers, as around a self-test, is one', () => {
    const looks = every(40_000, 2000, 400_000, 'OL').flatMap<Look>((away) => [
      away,
      [away[0] + 30_000, 'OL RB'],
    ]);
    expect(linesOf(play(asks, ...looks))).toEqual([]);
  });

  it('is not gone because the status is empty', () => {
    expect(linesOf(play(asks, ...every(500, 2000, 90_000, '')))).toEqual([]);
  });

  it('is not said again after a restart, and that it is gone is seen after one', () => {
    expect(linesOf(play(restarted(asks, 5000), [5000, 'OL RB'], [5100, 'OL RB']))).toEqual([]);
    expect(linesOf(play(restarted(asks, 5000), ...every(500, 5000, 70_000, 'OL')))).toEqual([
      '65500 battery-replaced',
    ]);
  });
});
