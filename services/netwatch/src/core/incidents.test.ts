import { describe, expect, test } from 'vitest';
import { story } from '../../test/story.ts';

describe('down again within 10 min', () => {
  const options = { needs: { 'probe/web': ['vm/1'] }, outages: ['cut', 'cut-2'] };
  /** VM 1 stops and starts, and its website with it. */
  const stops = (play: ReturnType<typeof story>, s: number, event: string) => {
    play.outside(s, 'vm/1', true, event);
    play.sees(s + 10, 'probe/web', 'fails', s);
    play.outside(s + 50, 'vm/1', false);
    play.sees(s + 60, 'probe/web', 'answers', s + 55);
  };

  test('in a power cut, after a failure of its own: another incident, which the cut explains', () => {
    const play = story(options);
    stops(play, 0, 'reboot');
    stops(play, 200, 'cut');
    const opened = play.events.filter(({ line }) => line.startsWith('incident.opened'));
    expect(opened.map(({ data, cause }) => [data.incident, data.outage, cause])).toEqual([
      ['1', false, 'reboot'],
      ['2', true, 'cut'],
    ]);
    expect(play.events.filter(({ line }) => line.startsWith('incident.reopened'))).toEqual([]);
  });

  test('by itself, after a power cut: another incident, which no cut explains', () => {
    const play = story(options);
    stops(play, 0, 'cut');
    stops(play, 200, 'reboot');
    expect(play.said().filter((line) => line.startsWith('incident.opened'))).toEqual([
      'incident.opened incident/1',
      'incident.opened incident/2',
    ]);
    expect(play.events.at(-1)?.data).toMatchObject({ incident: '2', outage: false });
  });

  test('for the same kind of reason: the same incident, in the chain of what happened now', () => {
    const play = story(options);
    stops(play, 0, 'cut');
    stops(play, 200, 'reboot');
    stops(play, 300, 'cut-2');
    const reopened = play.events.find(({ line }) => line.startsWith('incident.reopened'));
    expect(reopened).toMatchObject({ cause: 'cut-2', data: { incident: '1', outage: true } });
    expect(play.events.at(-1)).toMatchObject({ line: 'incident.closed incident/1', cause: 'cut-2' });
  });
});

test('an incident that a power cut takes over is in the chain of the cut from then on', () => {
  const play = story({ needs: { 'probe/web': ['mains/rack'] }, outages: ['cut'] });
  play.sees(0, 'probe/web', 'answers');
  play.sees(20, 'probe/web', 'fails', 10);
  play.outside(30, 'mains/rack', true, 'cut');
  expect(play.events.at(-1)).toMatchObject({
    line: 'incident.changed incident/1',
    cause: 'cut',
    data: { root: 'mains/rack', outage: true },
  });
});

test('an incident that another one turns out to be a part of brings its beginning along', () => {
  const play = story({ needs: { 'probe/a': ['switch/sw1'], 'probe/b': ['switch/sw1'] } });
  play.clear('switch/sw1');
  play.sees(0, 'switch/sw1', 'answers');
  play.sees(20, 'probe/a', 'fails', 10);
  play.sees(21, 'probe/b', 'fails', 5);
  play.sees(30, 'switch/sw1', 'fails', 15);
  expect(play.incidents()).toEqual(['1: switch/sw1 = probe/a switch/sw1 probe/b']);
  expect(play.world.incidents.get('1')?.since).toMatchObject({ ms: 5_000 });
});

test('a member that is back is not down in an incident that goes on without it', () => {
  const play = story({ needs: { 'probe/b': ['probe/a'] }, about: { 'probe/b': { core: true } } });
  play.clear('probe/a', 'vantage/main');
  play.sees(0, 'probe/a', 'answers');
  play.sees(0, 'probe/b', 'answers');
  play.sees(20, 'probe/a', 'fails', 10);
  play.sees(20, 'probe/b', 'fails', 10);
  play.sees(60, 'probe/a', 'answers', 55);
  play.sees(70, 'probe/b', 'answers', 61);
  // Now by itself; a minute later what it needs fails again, too.
  play.sees(100, 'probe/b', 'fails', 90);
  play.sees(200, 'probe/a', 'fails', 190);
  play.sees(220, 'probe/b', 'answers', 210);
  expect(play.incidents()).toEqual(['1: probe/a = probe/a (probe/b)']);
  const last = play.events.findLast(({ data }) => data.incident === '1');
  expect(last?.data).toMatchObject({
    core: false,
    members: [
      { thing: 'probe/a', state: 'down' },
      { thing: 'probe/b', state: 'up' },
    ],
  });
});

describe('what does not answer yet when its VM runs again after a power cut', () => {
  /** Two services of one VM that was off in a cut, looked at from zero since it runs. */
  const booting = () => {
    const play = story({ needs: { 'probe/web': ['vm/1'], 'probe/mail': ['vm/1'] }, outages: ['cut'] });
    play.clear('probe/web', 'probe/mail', 'vantage/main');
    play.outside(0, 'vm/1', true, 'cut');
    play.sees(20, 'probe/web', 'fails', 10);
    play.sees(20, 'probe/mail', 'fails', 10);
    play.outside(100, 'vm/1', false);
    play.sees(120, 'probe/web', 'fails', 101);
    play.sees(121, 'probe/mail', 'fails', 101);
    return play;
  };

  test('boots for 10 min at most: then its failure is its own', () => {
    const play = booting();
    expect(play.incidents()).toEqual(['1: probe/web = probe/web', '2: probe/mail = probe/mail']);
    const said = play.events.filter(({ line }) => line.startsWith('incident.'));
    expect(said.map(({ data, cause }) => [data.outage, cause])).toEqual(said.map(() => [true, 'cut']));
    play.said();
    play.at(719);
    expect(play.said()).toEqual([]);
    play.at(721);
    expect(play.said()).toEqual(['incident.changed incident/1', 'incident.changed incident/2']);
    expect(play.events.at(-1)?.data).toMatchObject({ root: 'probe/mail', outage: false });
  });

  test('is looked at after a start before anything is said of that', () => {
    const play = booting();
    play.restart();
    play.said();
    play.at(100_800);
    expect(play.said()).toEqual([]);
    play.sees(100_810, 'probe/web', 'answers');
    expect(play.said()).toEqual(['probe.up probe/web', 'incident.closed incident/1']);
    play.sees(100_820, 'probe/mail', 'fails');
    expect(play.said()).toEqual(['incident.changed incident/2']);
  });
});
