import { describe, expect, test } from 'vitest';
import { story } from '../../test/story.ts';

describe('a thing by itself', () => {
  test('is said to be up at first, down after its verdict, and up with the time from look to look', () => {
    const play = story();
    play.sees(10, 'probe/web', 'answers', 5);
    expect(play.said()).toEqual(['probe.up probe/web']);
    play.sees(100, 'probe/web', 'fails', 90);
    expect(play.said()).toEqual(['probe.down probe/web', 'incident.opened incident/1']);
    expect(play.incidents()).toEqual(['1: probe/web = probe/web']);
    play.sees(200, 'probe/web', 'answers', 195);
    expect(play.said()).toEqual(['probe.up probe/web', 'incident.closed incident/1']);
    expect(play.events.at(-2)?.data).toMatchObject({ lasted_s: 105 });
    expect(play.events.at(-1)?.data).toMatchObject({
      since: '2026-11-30T12:01:30.000Z',
      until: '2026-11-30T12:03:15.000Z',
      lasted_s: 105,
    });
    const [down, opened, up, closed] = play.events.slice(1);
    expect(new Set([opened, up, closed].map((each) => each?.cause)).size).toBe(1);
    expect(down?.cause).toBeUndefined();
  });

  test('that fails again within 10 min has the same incident', () => {
    const play = story();
    play.sees(0, 'probe/web', 'answers');
    play.sees(100, 'probe/web', 'fails');
    play.sees(200, 'probe/web', 'answers');
    play.said();
    play.sees(700, 'probe/web', 'fails');
    expect(play.said()).toEqual(['probe.down probe/web', 'incident.reopened incident/1']);
    play.sees(800, 'probe/web', 'answers');
    play.said();
    play.sees(1500, 'probe/web', 'fails');
    expect(play.said()).toEqual(['probe.down probe/web', 'incident.opened incident/2']);
  });

  test('that cannot be looked at is unknown: nothing is said, and its incident stays open', () => {
    const play = story();
    play.sees(0, 'probe/web', 'fails');
    play.said();
    play.at(60, {
      kind: 'sight',
      thing: 'probe/web',
      sight: 'unseen',
      since: { time: 0, ms: 1 },
      reason: 'not-allowed-here',
    });
    expect(play.said()).toEqual(['incident.changed incident/1']);
    expect([play.state('probe/web'), play.incidents()]).toEqual(['unknown', ['1: probe/web = probe/web']]);
  });

  test('a port says nothing at first sight, and one without a role opens no incident', () => {
    const play = story({ about: { 'port/sw1/a': { incidents: false } } });
    play.sees(0, 'port/sw1/a', 'answers');
    play.sees(1, 'port/sw1/b', 'fails');
    expect(play.said()).toEqual(['incident.opened incident/1']);
    play.sees(10, 'port/sw1/a', 'fails');
    play.sees(20, 'port/sw1/b', 'answers');
    expect(play.said()).toEqual(['port.down port/sw1/a', 'port.up port/sw1/b', 'incident.closed incident/1']);
  });

  test('a switch of which nothing can be read for want of sense says so, and so does one that refuses us then', () => {
    const play = story();
    const unseen = {
      kind: 'sight',
      thing: 'switch/sw1',
      sight: 'unseen',
      since: { time: 0, ms: 9 },
    } as const;
    play.sees(0, 'switch/sw1', 'answers');
    play.at(10, { ...unseen, reason: 'wrong-answer' });
    play.at(15, { ...unseen, reason: 'wrong-answer' });
    expect(play.events.at(-1)?.data).toMatchObject({ error: 'wrong-answer' });
    play.at(20, { ...unseen, reason: 'wrong-secret' });
    play.sees(30, 'switch/sw1', 'answers');
    expect(play.said()).toEqual([
      'switch.reachable switch/sw1',
      'switch.unreachable switch/sw1',
      'switch.refused switch/sw1',
      'switch.reachable switch/sw1',
    ]);
  });

  test('a switch that refuses us is not down', () => {
    const play = story();
    play.sees(0, 'switch/sw1', 'answers');
    play.at(10, {
      kind: 'sight',
      thing: 'switch/sw1',
      sight: 'unseen',
      since: { time: 0, ms: 9 },
      reason: 'wrong-secret',
    });
    play.sees(20, 'switch/sw1', 'answers');
    expect(play.said()).toEqual([
      'switch.reachable switch/sw1',
      'switch.refused switch/sw1',
      'switch.reachable switch/sw1',
    ]);
  });
});

describe('what could not be stored for a while', () => {
  test('is told from its beginning to its end in one step', () => {
    const play = story();
    play.at(
      60,
      { kind: 'vantage-lost', since: { time: 0, ms: 10_000 }, asked: 3 },
      { kind: 'vantage-regained', at: { time: 0, ms: 40_000 } },
    );
    expect(play.said()).toEqual([
      'vantage.lost vantage/main',
      'vantage.regained vantage/main',
      'incident.opened incident/1',
      'incident.closed incident/1',
    ]);
  });
});

describe('a restart', () => {
  test('says nothing of what is still down, and one up with the true start of what came up meanwhile', () => {
    const play = story();
    play.sees(0, 'probe/web', 'answers');
    play.sees(0, 'probe/ldap', 'answers');
    play.sees(100, 'probe/web', 'fails', 90);
    play.sees(100, 'probe/ldap', 'fails', 90);
    play.said();
    play.restart();
    play.at(200_000);
    play.sees(200_010, 'probe/web', 'fails', 200_001);
    play.sees(200_010, 'probe/ldap', 'answers', 200_002);
    expect(play.said()).toEqual(['probe.up probe/ldap', 'incident.closed incident/2']);
    expect(play.events.at(-2)?.data).toMatchObject({ lasted_s: 199_912 });
    expect(play.incidents()).toEqual(['1: probe/web = probe/web']);
    // The time without us is not counted as down.
    play.sees(200_100, 'probe/web', 'answers', 200_095);
    expect(play.said()).toEqual(['probe.up probe/web', 'incident.closed incident/1']);
  });
});
