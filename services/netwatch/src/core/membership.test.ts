import { expect, test } from 'vitest';
import { story } from '../../test/story.ts';
import type { Said } from './world.ts';

const events: Said[] = [
  {
    type: 'probe.degraded',
    subject: 'probe/web',
    data: { probe: 'web', defect: 'slow', since: '2026-11-30T12:00:00.000Z', median_ms: 3_000 },
  },
  {
    type: 'certificate.expiring',
    subject: 'certificate/web',
    data: { probe: 'web', stage: 'urgent', until: '2026-12-01T12:00:00.000Z', left_d: 1 },
  },
  { type: 'probe.recovered', subject: 'probe/web', data: { probe: 'web', lasted_s: 60 } },
];

test.each(events)('$type is said, opens no incident and counts as up', (event) => {
  const play = story({ about: { 'probe/web': { core: true } } });
  play.sees(0, 'probe/web', 'answers');
  play.said();
  play.at(10, { kind: 'said', id: 'one', event });
  expect(play.said()).toEqual([`${event.type} ${event.subject}`]);
  expect([play.incidents(), play.state('probe/web')]).toEqual([[], 'up']);
  // The thing stayed up: its history is one.
  expect(play.step.spans).toEqual([]);
});

/** A probe behind either of two switches, of which the first failed first. */
function explained() {
  const play = story({ needs: { 'probe/ap': [['switch/sw1', 'switch/sw2']] } });
  play.clear('switch/sw1', 'switch/sw2');
  for (const thing of ['switch/sw1', 'switch/sw2', 'probe/ap']) play.sees(0, thing, 'answers');
  play.sees(20, 'switch/sw1', 'fails', 10);
  play.sees(21, 'switch/sw2', 'fails', 11);
  play.sees(22, 'probe/ap', 'fails', 12);
  return play;
}

test('a member that left an incident, since it fails by itself, is neither waited for nor counted by it', () => {
  const play = explained();
  expect(play.incidents()).toEqual(['1: switch/sw1 = switch/sw1 probe/ap', '2: switch/sw2 = switch/sw2']);
  play.sees(100, 'switch/sw2', 'answers', 99);
  play.sees(110, 'probe/ap', 'fails', 101);
  expect(play.incidents()).toEqual(['1: switch/sw1 = switch/sw1', '3: probe/ap = probe/ap']);
  play.said();
  play.sees(200, 'switch/sw1', 'answers', 199);
  expect(play.said()).toEqual(['switch.reachable switch/sw1', 'incident.closed incident/1']);
  expect(play.events.at(-1)?.data).toMatchObject({
    until: '2026-11-30T12:03:19.000Z',
    members: [{ thing: 'switch/sw1' }],
  });
  expect(play.incidents()).toEqual(['3: probe/ap = probe/ap']);
  play.sees(300, 'probe/ap', 'answers', 299);
  expect(play.said()).toEqual(['probe.up probe/ap', 'incident.closed incident/3']);
});

test('a member that settings name no more is not waited for', () => {
  const play = explained();
  play.said();
  play.at(50, { kind: 'gone', thing: 'switch/sw1' });
  play.sees(60, 'probe/ap', 'answers', 59);
  expect(play.said()).toContain('incident.closed incident/1');
  expect(play.incidents()).toEqual(['2: switch/sw2 = switch/sw2']);
});
