import { describe, expect, test } from 'vitest';
import { noon, story } from '../../test/story.ts';

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
