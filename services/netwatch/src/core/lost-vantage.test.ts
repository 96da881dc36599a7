import { describe, expect, test } from 'vitest';
import { story } from '../../test/story.ts';

describe('our own place in the network', () => {
  test('is one incident: everything else is unknown, nothing is down, and all is looked at from zero afterwards', () => {
    const play = story({ about: { 'probe/here': { here: true } } });
    for (const id of ['probe/web', 'probe/ldap', 'switch/sw1', 'probe/here']) play.sees(0, id, 'answers');
    play.said();
    play.at(20, { kind: 'vantage-lost', since: { time: 0, ms: 10_000 }, asked: 3 });
    play.sees(21, 'probe/web', 'fails', 10);
    play.sees(21, 'probe/here', 'fails', 10);
    expect(play.said()).toEqual([
      'vantage.lost vantage/main',
      'incident.opened incident/1',
      'probe.down probe/here',
      'incident.opened incident/2',
    ]);
    expect(play.state('probe/web')).toBe('unknown because of vantage/main');
    play.at(60, { kind: 'vantage-regained', at: { time: 0, ms: 59_000 } });
    expect([...play.step.fresh].toSorted((a, b) => a.localeCompare(b))).toEqual([
      'probe/ldap',
      'probe/web',
      'switch/sw1',
    ]);
    play.sees(70, 'probe/web', 'answers', 61);
    play.sees(70, 'probe/ldap', 'fails', 61);
    expect(play.said()).toEqual([
      'vantage.regained vantage/main',
      'incident.closed incident/1',
      'probe.down probe/ldap',
      'incident.opened incident/3',
    ]);
  });
});

describe('what answers while our own place in the network is lost', () => {
  test('is up, until it does not answer any more', () => {
    const play = story();
    for (const id of ['probe/gate', 'probe/command']) play.sees(0, id, 'answers');
    play.at(20, { kind: 'vantage-lost', since: { time: 0, ms: 10_000 }, asked: 3 });
    expect(play.state('probe/command')).toBe('unknown because of vantage/main');
    play.sees(30, 'probe/command', 'answers');
    expect(play.state('probe/command')).toBe('up');
    play.sees(40, 'probe/command', 'fails');
    expect(play.state('probe/command')).toBe('up');
    play.sees(50, 'probe/command', 'unseen');
    expect(play.state('probe/command')).toBe('unknown because of vantage/main');
    play.at(60, { kind: 'vantage-regained', at: { time: 0, ms: 59_000 } });
    play.sees(70, 'probe/command', 'answers');
    expect(play.state('probe/command')).toBe('up');
  });
});

describe('our own place in the network, lost again', () => {
  test('is the same incident, and no refusal that was found before is said for it', () => {
    const play = story();
    play.at(0, {
      kind: 'sight',
      thing: 'switch/sw1',
      sight: 'fails',
      since: { time: 0, ms: 0 },
      reason: 'refused',
    });
    play.said();
    play.at(20, { kind: 'vantage-lost', since: { time: 0, ms: 10_000 }, asked: 3 });
    play.at(60, { kind: 'vantage-regained', at: { time: 0, ms: 59_000 } });
    play.at(80, { kind: 'vantage-lost', since: { time: 0, ms: 70_000 }, asked: 3 });
    expect(play.said().filter((each) => /refused|incident.2/.test(each))).toEqual([
      'incident.opened incident/2',
      'incident.closed incident/2',
      'incident.reopened incident/2',
    ]);
  });
});
