import { describe, expect, test } from 'vitest';
import { noon, story } from '../../test/story.ts';

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

describe('what something else explains', () => {
  const needs = {
    'probe/web': ['vm/104'],
    'vm/104': ['node/pve-pve1'],
    'probe/ap': ['port/sw1/a'],
    'port/sw1/a': ['switch/sw1'],
    'switch/sw1': ['mains/rack'],
  };

  test('is down because of what carries it, and says nothing itself', () => {
    const play = story({ needs });
    play.sees(0, 'probe/web', 'answers');
    play.said();
    play.outside(50, 'node/pve-pve1', true, 'offline');
    play.outside(51, 'vm/104', true, 'stopped');
    play.sees(60, 'probe/web', 'fails', 50);
    expect(play.state('probe/web')).toBe('down because of node/pve-pve1');
    expect(play.said()).toEqual(['incident.opened incident/1']);
    expect(play.events.at(-1)?.cause).toBe('offline');
    play.outside(90, 'node/pve-pve1', false);
    play.outside(91, 'vm/104', false);
    play.sees(100, 'probe/web', 'answers', 95);
    expect(play.said()).toEqual(['incident.changed incident/1', 'incident.closed incident/1']);
  });

  test('is unknown because of what we look through, with its ports; one event, not three', () => {
    const play = story({ needs });
    play.sees(0, 'switch/sw1', 'answers');
    play.sees(0, 'port/sw1/a', 'answers');
    play.sees(0, 'probe/ap', 'answers');
    play.said();
    play.sees(20, 'switch/sw1', 'fails', 10);
    play.sees(20, 'port/sw1/a', 'unseen', 10);
    play.sees(25, 'probe/ap', 'fails', 11);
    expect(play.state('probe/ap')).toBe('unknown because of switch/sw1');
    expect(play.state('port/sw1/a')).toBe('unknown because of switch/sw1');
    expect(play.said()).toEqual([
      'switch.unreachable switch/sw1',
      'incident.opened incident/1',
      'incident.changed incident/1',
      'incident.changed incident/1',
    ]);
  });

  test('answers are up whatever the parents do', () => {
    const play = story({ needs });
    play.outside(0, 'mains/rack', true, 'cut');
    play.sees(10, 'switch/sw1', 'answers');
    expect(play.state('switch/sw1')).toBe('up');
    expect(play.incidents()).toEqual([]);
  });

  test('of a list any one is enough, and what is not looked at explains nothing', () => {
    const play = story({ needs: { 'probe/a': [['ups/one', 'ups/two'], 'vm/1'] } });
    play.outside(0, 'ups/one', true);
    play.sees(10, 'probe/a', 'fails');
    expect(play.state('probe/a')).toBe('down');
    const other = story({ needs: { 'probe/a': [['ups/one', 'ups/two']] } });
    other.outside(0, 'ups/one', true);
    other.outside(1, 'ups/two', true);
    other.sees(10, 'probe/a', 'fails');
    expect(other.state('probe/a')).toBe('down because of ups/one');
  });

  test('a root that is down for a power cut says so', () => {
    const play = story({ needs: { 'probe/a': ['vm/1'] }, outages: ['cut'] });
    play.outside(0, 'vm/1', true, 'cut');
    play.sees(10, 'probe/a', 'fails');
    expect(play.events.at(-1)?.data).toMatchObject({ root: 'vm/1', outage: true });
  });
});

describe('a verdict', () => {
  const needs = { 'probe/web': ['switch/sw1'] };

  test('waits for a parent in doubt, at most 10 s, which is looked at at once', () => {
    const play = story({ needs });
    play.sees(0, 'switch/sw1', 'answers');
    play.sees(0, 'probe/web', 'answers');
    play.said();
    play.sees(20, 'probe/web', 'fails', 10);
    expect([...play.step.lookAt]).toEqual(['switch/sw1']);
    expect(play.step.dueMs).toBe(10_000);
    expect(play.state('probe/web')).toBe('up');
    play.sees(25, 'switch/sw1', 'fails', 12);
    expect(play.said()).toEqual(['switch.unreachable switch/sw1', 'incident.opened incident/1']);
    expect(play.incidents()).toEqual(['1: switch/sw1 = switch/sw1 probe/web']);
  });

  test('comes when the parent was seen to be well, or the time is over', () => {
    const play = story({ needs });
    play.sees(0, 'switch/sw1', 'answers');
    play.sees(20, 'probe/web', 'fails', 10);
    play.at(29);
    expect(play.state('probe/web')).toBe('unknown');
    play.at(30);
    expect(play.state('probe/web')).toBe('down');
    const other = story({ needs });
    other.sees(0, 'switch/sw1', 'answers');
    other.sees(20, 'probe/web', 'fails', 10);
    other.clear('switch/sw1');
    other.at(21);
    expect(other.state('probe/web')).toBe('down');
  });

  test('is taken over by a parent that is found down within 60 s after it, and nothing is said twice', () => {
    const play = story({ needs });
    play.clear('switch/sw1');
    play.sees(0, 'switch/sw1', 'answers');
    play.sees(0, 'probe/web', 'answers');
    play.sees(20, 'probe/web', 'fails', 10);
    play.said();
    play.sees(70, 'switch/sw1', 'fails', 60);
    expect(play.said()).toEqual(['switch.unreachable switch/sw1', 'incident.changed incident/1']);
    expect(play.state('probe/web')).toBe('unknown because of switch/sw1');
    // It was never known to be down.
    expect(play.step.spans).toContainEqual(
      expect.objectContaining({
        thing: 'probe/web',
        state: 'unknown',
        at: expect.objectContaining({ ms: 10_000 }),
      }),
    );
    play.sees(100, 'switch/sw1', 'answers', 95);
    expect([...play.step.fresh]).toEqual(['probe/web']);
    play.sees(110, 'probe/web', 'answers', 105);
    expect(play.said()).toEqual([
      'switch.reachable switch/sw1',
      'incident.changed incident/1',
      'probe.up probe/web',
      'incident.closed incident/1',
    ]);
  });

  test('stands by itself when the parent fails later, which has an incident of its own', () => {
    const play = story({ needs });
    play.clear('switch/sw1');
    play.sees(0, 'switch/sw1', 'answers');
    play.sees(20, 'probe/web', 'fails', 10);
    play.said();
    play.sees(300, 'switch/sw1', 'fails', 290);
    expect(play.said()).toContain('incident.opened incident/2');
    expect(play.incidents()).toEqual(['1: probe/web = probe/web', '2: switch/sw1 = switch/sw1']);
    expect(play.state('probe/web')).toBe('unknown because of switch/sw1');
    expect(play.step.spans).toContainEqual(
      expect.objectContaining({
        thing: 'probe/web',
        state: 'unknown',
        at: expect.objectContaining({ ms: 290_000 }),
      }),
    );
  });

  test('of what still fails when its parent is back needs looks from after that, in the same incident', () => {
    const play = story({ needs });
    play.sees(0, 'switch/sw1', 'answers');
    play.sees(0, 'probe/web', 'answers');
    play.sees(20, 'switch/sw1', 'fails', 10);
    play.sees(20, 'probe/web', 'fails', 10);
    play.clear('switch/sw1');
    play.sees(60, 'switch/sw1', 'answers', 55);
    play.said();
    expect(play.state('probe/web')).toBe('unknown because of switch/sw1');
    play.sees(80, 'probe/web', 'fails', 61);
    expect(play.said()).toEqual(['probe.down probe/web', 'incident.changed incident/1']);
    expect(play.incidents()).toEqual(['1: probe/web = (switch/sw1) probe/web']);
    expect(play.state('probe/web')).toBe('down');
  });

  test('of two children whose parent is found late: one incident is left', () => {
    const play = story({ needs: { 'probe/a': ['switch/sw1'], 'probe/b': ['switch/sw1'] } });
    play.clear('switch/sw1');
    play.sees(0, 'switch/sw1', 'answers');
    play.sees(20, 'probe/a', 'fails', 10);
    play.sees(21, 'probe/b', 'fails', 11);
    expect(play.incidents()).toHaveLength(2);
    play.sees(30, 'switch/sw1', 'fails', 15);
    expect(play.incidents()).toHaveLength(1);
    expect(play.incidents()[0]).toBe('1: switch/sw1 = probe/a switch/sw1 probe/b');
    const closed = play.events.find(({ line }) => line.startsWith('incident.closed'));
    expect(closed?.data).toMatchObject({ incident: '2', merged_into: '1' });
  });

  test('of what a waiting parent explains waits with it: our own place in the network may be lost', () => {
    const play = story({ needs: { 'port/sw1/a': ['switch/sw1'], 'switch/sw1': ['switch/sw0'] } });
    for (const id of ['switch/sw0', 'switch/sw1', 'port/sw1/a']) play.sees(0, id, 'answers');
    play.said();
    play.sees(20, 'switch/sw1', 'fails', 10);
    play.sees(20, 'port/sw1/a', 'unseen', 10);
    expect([play.said(), play.state('port/sw1/a'), play.incidents()]).toEqual([[], 'up', []]);
    play.at(30);
    expect(play.said()).toEqual(['switch.unreachable switch/sw1', 'incident.opened incident/1']);
    expect(play.incidents()).toEqual(['1: switch/sw1 = switch/sw1 port/sw1/a']);
  });

  test('does not blame a parent that is itself looked at from zero, nor rest on the looks of before', () => {
    const needs = { 'port/sw1/a': ['switch/sw1'], 'switch/sw1': ['switch/sw0', 'mains/rack'] };
    const play = story({ needs });
    for (const id of ['switch/sw0', 'switch/sw1', 'port/sw1/a']) play.sees(0, id, 'answers');
    play.clear('switch/sw0');
    play.sees(20, 'switch/sw0', 'fails', 10);
    play.sees(20, 'switch/sw1', 'fails', 10);
    play.sees(20, 'port/sw1/a', 'unseen', 10);
    play.sees(60, 'switch/sw0', 'answers', 55);
    expect(play.incidents()).toEqual(['1: switch/sw0 = (switch/sw0) switch/sw1 port/sw1/a']);
    expect(play.state('port/sw1/a')).toBe('unknown because of switch/sw0');
    play.outside(62, 'mains/rack', true);
    expect(play.state('switch/sw1')).toBe('unknown because of switch/sw0');
  });

  test('of two that fail by themselves when their parent is back: an incident for each', () => {
    const play = story({ needs: { 'probe/a': ['vm/1'], 'probe/b': ['vm/1'] } });
    play.outside(0, 'vm/1', true);
    play.sees(10, 'probe/a', 'fails');
    play.sees(10, 'probe/b', 'fails');
    expect(play.incidents()).toEqual(['1: vm/1 = probe/a probe/b']);
    play.outside(60, 'vm/1', false);
    play.sees(80, 'probe/a', 'fails', 61);
    play.sees(81, 'probe/b', 'fails', 62);
    expect(play.incidents()).toEqual(['1: probe/a = probe/a', '2: probe/b = probe/b']);
    play.sees(100, 'probe/a', 'answers');
    play.sees(101, 'probe/b', 'answers');
    expect(play.incidents()).toEqual([]);
  });

  test('of what had an incident for long is taken over, too, when it is called down by itself only now', () => {
    const play = story({ needs });
    play.sees(0, 'switch/sw1', 'answers');
    play.sees(20, 'switch/sw1', 'fails', 10);
    play.sees(20, 'probe/web', 'fails', 10);
    play.clear('switch/sw1');
    play.sees(100, 'switch/sw1', 'answers', 95);
    play.sees(120, 'probe/web', 'fails', 101);
    expect(play.incidents()).toEqual(['1: probe/web = (switch/sw1) probe/web']);
    play.sees(130, 'switch/sw1', 'fails', 122);
    expect(play.incidents()).toEqual(['1: switch/sw1 = switch/sw1 probe/web']);
  });

  test('that a second failure makes another is so since that one', () => {
    const play = story({ needs: { 'probe/web': ['switch/sw1', 'vm/1'] } });
    play.sees(20, 'switch/sw1', 'fails', 10);
    play.sees(20, 'probe/web', 'fails', 10);
    play.outside(300, 'vm/1', true);
    expect(play.state('probe/web')).toBe('down because of switch/sw1');
    expect(play.step.spans).toEqual([
      { thing: 'probe/web', state: 'down', at: { time: noon + 300_000, ms: 300_000 } },
    ]);
  });
});

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
