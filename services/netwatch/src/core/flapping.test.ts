import { describe, expect, test } from 'vitest';
import { story } from '../../test/story.ts';
import type { Signal } from './world.ts';

const flapping: Signal = { kind: 'flapping', thing: 'probe/web', changes: 6, within_s: 600 };

/** A website that goes up and down with its switch, until that is well; what was said is passed over. */
function flapsWithItsSwitch() {
  const play = story({ needs: { 'probe/web': ['switch/sw1'] } });
  play.clear('switch/sw1');
  play.sees(0, 'switch/sw1', 'answers');
  play.sees(0, 'probe/web', 'answers');
  play.sees(20, 'switch/sw1', 'fails', 10);
  play.sees(20, 'probe/web', 'fails', 10);
  play.at(21, flapping);
  play.sees(60, 'switch/sw1', 'answers', 55);
  play.sees(70, 'probe/web', 'answers', 61);
  play.said();
  return play;
}

test('that goes on by itself, when what explained it is well, is said once', () => {
  const play = flapsWithItsSwitch();
  play.sees(100, 'probe/web', 'fails', 90);
  expect(play.said()).toEqual(['probe.flapping probe/web', 'incident.opened incident/2']);
  play.sees(110, 'probe/web', 'answers', 105);
  play.sees(130, 'probe/web', 'fails', 120);
  play.sees(150, 'probe/web', 'answers', 140);
  expect(play.said()).toEqual([]);
  play.at(750, { kind: 'stable', thing: 'probe/web' });
  expect(play.said()).toEqual(['probe.stable probe/web', 'incident.closed incident/2']);
});

test('that goes on by itself after a restart, too', () => {
  const play = flapsWithItsSwitch();
  play.restart();
  play.sees(100_010, 'probe/web', 'fails', 100_001);
  expect(play.said()).toContain('probe.flapping probe/web');
});

test('that ended with what explained it says nothing: what fails later is down', () => {
  const play = flapsWithItsSwitch();
  play.at(640, { kind: 'stable', thing: 'probe/web' });
  expect(play.said()).toEqual([]);
  play.sees(700, 'probe/web', 'fails', 690);
  expect(play.said()[0]).toBe('probe.down probe/web');
});

test('that is reported twice is said once', () => {
  const play = story();
  play.sees(0, 'probe/web', 'answers');
  play.at(10, flapping);
  play.at(11, flapping);
  expect(play.said().filter((line) => line.startsWith('probe.flapping'))).toHaveLength(1);
});

describe('flapping', () => {
  test('of what its parent explains says nothing, whichever is told first', () => {
    const play = story({ needs: { 'probe/a': ['switch/sw1'] } });
    play.sees(0, 'switch/sw1', 'answers');
    play.sees(0, 'probe/a', 'answers');
    play.said();
    play.at(
      20,
      { kind: 'flapping', thing: 'probe/a', changes: 6, within_s: 600 },
      { kind: 'sight', thing: 'probe/a', sight: 'fails', since: { time: 0, ms: 10_000 } },
      { kind: 'sight', thing: 'switch/sw1', sight: 'fails', since: { time: 0, ms: 10_000 } },
    );
    play.at(30);
    expect(play.said()).toEqual(['switch.unreachable switch/sw1', 'incident.opened incident/1']);
    play.at(640, { kind: 'stable', thing: 'probe/a' });
    expect(play.said()).toEqual([]);
  });

  test('ends the incident of what is silent, too', () => {
    const play = story({ about: { 'probe/a': { silent: true } } });
    play.sees(0, 'probe/a', 'fails');
    play.at(12, { kind: 'flapping', thing: 'probe/a', changes: 6, within_s: 600 });
    play.sees(40, 'probe/a', 'answers');
    play.at(640, { kind: 'stable', thing: 'probe/a' });
    expect(play.incidents()).toEqual([]);
  });

  test('is one event and one incident; what it is at the end is said by `stable`', () => {
    const play = story();
    play.sees(0, 'probe/web', 'answers');
    play.sees(10, 'probe/web', 'fails', 5);
    play.said();
    play.at(12, { kind: 'flapping', thing: 'probe/web', changes: 6, within_s: 600 });
    play.sees(20, 'probe/web', 'answers', 15);
    play.sees(30, 'probe/web', 'fails', 25);
    play.sees(40, 'probe/web', 'answers', 35);
    expect(play.said()).toEqual(['probe.flapping probe/web']);
    expect(play.state('probe/web')).toBe('up');
    play.at(640, { kind: 'stable', thing: 'probe/web' });
    expect(play.said()).toEqual(['probe.stable probe/web', 'incident.closed incident/1']);
    expect(play.events.at(-1)?.data).toMatchObject({ until: '2026-11-30T12:00:35.000Z' });
    play.sees(700, 'probe/web', 'fails', 690);
    expect(play.said()[0]).toBe('probe.down probe/web');
  });
});
