import { describe, expect, test } from 'vitest';
import { noon, story } from '../../test/story.ts';

describe('our own place in the network', () => {
  const lost = { kind: 'vantage-lost', since: { time: noon + 10_000, ms: 10_000 }, asked: 3 } as const;

  test('lost: everything is unknown since the first look that nobody answered', () => {
    const play = story();
    play.sees(0, 'probe/web', 'answers');
    play.at(20, lost);
    expect(play.step.spans).toEqual([{ thing: 'probe/web', at: lost.since, state: 'unknown' }]);
    expect(play.world.things.get('probe/web')?.since).toEqual(lost.since);
  });

  test('that is reported lost twice is said once, and its incident closes', () => {
    const play = story();
    play.sees(0, 'probe/web', 'answers');
    play.said();
    play.at(20, lost);
    play.at(21, lost);
    play.at(60, { kind: 'vantage-regained', at: { time: noon + 59_000, ms: 59_000 } });
    expect(play.said()).toEqual([
      'vantage.lost vantage/main',
      'incident.opened incident/1',
      'vantage.regained vantage/main',
      'incident.closed incident/1',
    ]);
    expect(play.incidents()).toEqual([]);
  });
});

test('a pause is unknown until all is looked at from zero; what was found in it stays, and nothing is said', () => {
  const play = story({ about: { 'port/sw1/a': { incidents: false } } });
  for (const id of ['probe/web', 'probe/ldap', 'port/sw1/a']) play.sees(0, id, 'answers');
  play.sees(120, 'probe/ldap', 'fails', 110);
  play.said();
  const since = { time: noon + 100_000, ms: 100_000 };
  play.at(400, { kind: 'paused', since });
  expect(play.step.spans).toEqual([{ thing: 'probe/web', at: since, state: 'unknown' }]);
  expect([...play.step.fresh]).toEqual(['probe/web', 'probe/ldap', 'port/sw1/a']);
  play.sees(410, 'probe/web', 'answers', 405);
  expect(play.step.spans).toEqual([
    { thing: 'probe/web', at: { time: noon + 405_000, ms: 405_000 }, state: 'up' },
  ]);
  expect(play.said()).toEqual([]);
});
