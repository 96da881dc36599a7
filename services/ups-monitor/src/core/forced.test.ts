import { describe, expect, it } from 'vitest';
import {
  dataOf,
  every,
  linesOf,
  nothing,
  onBattery,
  onMains,
  play,
  restarted,
  timeOf,
} from '../../test/story.ts';
import { decide } from './decide.ts';
import { freshWatch, type Watch } from './watch.ts';

describe('FSD that appears', () => {
  it('counts at once as OB LB', () => {
    const story = play(onMains, [1000, 'FSD OL']);
    expect(linesOf(story)).toEqual([
      '1000 on-battery',
      '1000 battery-low',
      '1000 forced-shutdown',
      '1000 battery-reading',
    ]);
    expect(story.state).toMatchObject({ mains: 'on-battery', low: true, forced: true, stuckForced: false });
  });

  it('in a cut adds what is new', () => {
    expect(linesOf(play(onBattery, [1600, 'FSD OB LB']))).toEqual([
      '1600 battery-low',
      '1600 forced-shutdown',
      '1600 battery-reading',
    ]);
  });

  it('with OB, seen once, is a cut since that', () => {
    const story = play(onMains, [1000, 'OB'], [1100, 'FSD OB']);
    expect(dataOf(story, 'ups.on-battery')).toMatchObject([{ since: timeOf(1000) }]);
  });

  it('while one poll fails is seen', () => {
    const story = play(onMains, [1000, { failure: 'unreachable' }], [1500, 'FSD OL'], [1600, 'FSD OL']);
    expect(linesOf(story)).toContain('1600 forced-shutdown');
  });

  it('that goes, with OL, is the end of the cut', () => {
    const forced = play(onMains, [1000, 'FSD OL'], [1500, 'FSD OL']);
    const story = play(forced, [11_000, 'OL'], [11_500, 'OL']);
    expect(dataOf(story, 'ups.on-mains')).toEqual([{ ups: 'rack', since: timeOf(11_000), lasted_s: 10 }]);
    expect(story.state.forced).toBe(false);
  });

  it('beside OB for minutes stays', () => {
    const story = play(onBattery, ...every(500, 2000, 200_000, 'FSD OB LB'));
    expect(linesOf(story).join()).not.toContain('stuck');
    expect(story.state).toMatchObject({ mains: 'on-battery', forced: true, low: true, stuckForced: false });
  });

  it('is not said again after a restart, and counts as before', () => {
    const forced = play(onMains, [1000, 'FSD OB'], [1100, 'FSD OB']);
    const again = play(restarted(forced, 5000), [5000, 'FSD OB'], [5100, 'FSD OB'], [5600, 'FSD OB']);
    expect(linesOf(again)).toEqual(['5100 battery-reading']);
    expect(again.state).toMatchObject({ mains: 'on-battery', forced: true, low: true });
  });
});

describe('FSD at first contact', () => {
  const stuck = play(nothing, [0, 'FSD OL'], [100, 'FSD OL'], [600, 'FSD OL']);

  it('is stuck: that is said once, and stops nothing', () => {
    expect(linesOf(stuck)).toEqual(['100 found', '100 forced-shutdown-stuck', '100 on-mains']);
    expect(dataOf(stuck, 'ups.forced-shutdown-stuck')).toEqual([{ ups: 'rack', at_contact: true }]);
    expect(stuck.state).toMatchObject({ forced: false, stuckForced: true, low: false });
    expect(linesOf(play(stuck, ...every(500, 1000, 200_000, 'FSD OL')))).toEqual([]);
  });

  it('hides no cut, and is not what makes its battery low', () => {
    const cut = play(stuck, [1000, 'FSD OB'], [1100, 'FSD OB']);
    expect(linesOf(cut)).toEqual(['1100 on-battery', '1100 battery-reading']);
    expect(cut.state.low).toBe(false);
    expect(linesOf(play(cut, [2000, 'FSD OB LB']))).toEqual(['2000 battery-low', '2000 battery-reading']);
  });

  it('beside OB is stuck too', () => {
    const story = play(nothing, [0, 'OB FSD'], [100, 'OB FSD']);
    expect(linesOf(story)).toEqual([
      '100 found',
      '100 forced-shutdown-stuck',
      '100 on-battery',
      '100 battery-reading',
    ]);
  });

  it('is said when it is there after a regained contact, or a restart', () => {
    const lost = play(onMains, ...every(500, 1000, 5000, { failure: 'unreachable' }));
    expect(linesOf(play(lost, [6000, 'FSD OL'], [6100, 'FSD OL']))).toEqual([
      '6100 found',
      '6100 forced-shutdown-stuck',
    ]);
    expect(linesOf(play(restarted(onMains, 5000), [5000, 'FSD OL'], [5100, 'FSD OL']))).toEqual([
      '5100 forced-shutdown-stuck',
    ]);
  });

  it('is said once for all contacts and processes', () => {
    const lost = play(stuck, ...every(500, 1000, 5000, { failure: 'unreachable' }));
    expect(linesOf(play(lost, [6000, 'FSD OL'], [6100, 'FSD OL']))).toEqual(['6100 found']);
    expect(linesOf(play(restarted(stuck, 5000), [5000, 'FSD OL'], [5100, 'FSD OL']))).toEqual([]);
  });

  it('after an empty status was there all the time: that says nothing of it', () => {
    const story = play(nothing, [0, ''], [100, ''], [600, 'ALARM OL FSD'], [700, 'ALARM OL FSD']);
    expect(linesOf(story)).toEqual(['100 found', '600 forced-shutdown-stuck', '700 on-mains']);
  });
});

describe('FSD beside OL', () => {
  const stuck = play(onMains, ...every(500, 1000, 70_000, 'FSD OL'));

  it('for a minute is stuck: the mains are as OL says', () => {
    expect(linesOf(stuck).filter((line) => !line.endsWith('reading'))).toEqual([
      '1000 on-battery',
      '1000 battery-low',
      '1000 forced-shutdown',
      '61000 forced-shutdown-stuck',
      '61000 on-mains',
    ]);
    expect(dataOf(stuck, 'ups.forced-shutdown-stuck')).toEqual([{ ups: 'rack', at_contact: false }]);
    expect(stuck.state).toMatchObject({ forced: false, stuckForced: true });
  });

  it('since the mains came back, when it was set in a cut', () => {
    const cut = play(onBattery, ...every(500, 2000, 100_000, 'FSD OB LB'));
    expect(linesOf(play(cut, ...every(500, 100_500, 159_500, 'FSD OL'))).join()).not.toContain('stuck');
    const story = play(cut, ...every(500, 100_500, 170_000, 'FSD OL'));
    expect(linesOf(story).slice(-2)).toEqual(['160500 forced-shutdown-stuck', '160500 on-mains']);
  });

  it('is counted anew after a restart', () => {
    const forced = play(onMains, [1000, 'FSD OL'], [1100, 'FSD OL']);
    const again = play(restarted(forced, 50_000), ...every(500, 50_000, 115_000, 'FSD OL'));
    expect(dataOf(again, 'ups.forced-shutdown-stuck')).toEqual([{ ups: 'rack', at_contact: false }]);
    expect(linesOf(again).slice(-2)).toEqual(['110000 forced-shutdown-stuck', '110000 on-mains']);
  });

  it('is waited for as long as is asked', () => {
    const tokens = new Set(['OL', 'FSD']);
    const { state } = play(onMains, [1000, 'FSD OL']);
    const sight = { mains: 'on-mains', first: { time: timeOf(0), ms: 0 }, confirmed: true } as const;
    const watch: Watch = { ...freshWatch(), answers: 2, tokens, sight, fsd: { set: true, sinceMs: 1000 } };
    const at = (ms: number) =>
      decide(
        { kind: 'status', tokens },
        state,
        watch,
        { time: timeOf(ms), ms },
        { stuckMs: 2000, awayMs: 0 },
      ).events.map(({ type }) => type);
    expect(at(2999)).not.toContain('ups.forced-shutdown-stuck');
    expect(at(3000)).toContain('ups.forced-shutdown-stuck');
  });
});

describe('a stuck FSD', () => {
  const stuck = play(nothing, [0, 'FSD OL'], [100, 'FSD OL']);

  it('that is away for a minute is cleared, and the next one counts', () => {
    const cleared = play(stuck, ...every(500, 1000, 62_000, 'OL'));
    expect(linesOf(cleared)).toEqual(['61000 forced-shutdown-cleared']);
    expect(cleared.state.stuckForced).toBe(false);
    expect(linesOf(play(cleared, [63_000, 'FSD OL']))).toContain('63000 forced-shutdown');
  });

  it('that flickers sheds nothing, however often', () => {
    const looks = every(40_000, 1000, 400_000, 'OL').flatMap(([ms]) => [
      ...every(500, ms, ms + 30_000, 'OL'),
      ...every(500, ms + 30_500, ms + 39_500, 'FSD OL'),
    ]);
    expect(linesOf(play(stuck, ...looks))).toEqual([]);
  });

  it('is not cleared by an empty status', () => {
    expect(linesOf(play(stuck, ...every(500, 1000, 100_000, '')))).toEqual([]);
  });

  it('is cleared after a restart that finds it gone', () => {
    const again = play(restarted(stuck, 10_000), ...every(500, 10_000, 75_000, 'OL'));
    expect(linesOf(again)).toEqual(['70000 forced-shutdown-cleared']);
  });

  it('is cleared in a new contact that finds it gone, as when upsd was restarted', () => {
    const lost = play(stuck, ...every(500, 1000, 5000, { failure: 'unreachable' }));
    expect(linesOf(play(lost, ...every(500, 6000, 70_000, 'OL')))).toEqual([
      '6500 found',
      '66000 forced-shutdown-cleared',
    ]);
  });
});
