import type { Decision, StoredEvent } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { isRehearsed, nextOf, storyOf } from './story.ts';

const decision = (id: string, minute: number, more: Partial<Decision> = {}): Decision => ({
  id,
  time: `2026-12-02T18:${String(minute).padStart(2, '0')}:00.000Z`,
  correlationid: 'c',
  target: 'vm/104',
  state: 'stopped',
  generation: 3,
  rule: 'power',
  tier: 'power',
  clause: 'SPACE-3',
  reason: 'x',
  evidence: ['e1', 'e9'],
  settingsHash: 'h',
  mode: 'enforce',
  ...more,
});

let position = 0;
const event = (id: string, type: string, minute: number, subject: string, data: object = {}): StoredEvent => {
  position += 1;
  return {
    specversion: '1.0',
    id,
    source: 'https://space.example/x',
    type,
    subject,
    time: `2026-12-02T18:${String(minute).padStart(2, '0')}:30.000Z`,
    dataschema: 'urn:x:1',
    correlationid: 'c',
    position,
    data,
  } as StoredEvent;
};

test('a decision stands between what it rests on and what became of its target', () => {
  const events = [
    event('after', 'vm.stopped', 12, 'vm/104'),
    event('e1', 'ups.on-battery', 1, 'ups/rack'),
    event('other', 'vm.stopped', 12, 'vm/105'),
    event('before', 'vm.started', 2, 'vm/104'),
    event('later', 'vm.started', 30, 'vm/104'),
    event('named', 'vm.power-requested', 40, 'vm/104', { decision: 'd1' }),
    event('of-other', 'vm.power-requested', 11, 'vm/104', { decision: 'd2' }),
    event('decided', 'desired-state.decided', 10, 'desired-state/vm/104'),
  ];
  const story = storyOf(decision('d1', 10), events, decision('d2', 20).time);
  expect(story.facts.map(({ id }) => id)).toEqual(['e1']);
  expect(story.missing).toBe(1);
  expect(story.after.map(({ id }) => id)).toEqual(['after', 'named']);
});

test('the next decision is the first one about the same target that came later', () => {
  const all = [
    decision('d4', 40),
    decision('d3', 30),
    decision('d2', 20, { target: 'vm/105' }),
    decision('d1', 10),
    decision('d0', 5),
  ];
  expect(nextOf(decision('d1', 10), all)?.id).toBe('d3');
  expect(nextOf(decision('d4', 40), all)).toBeUndefined();
});

test.each([
  [{ mode: 'enforce' as const }, false],
  [{ mode: 'dry-run' as const }, true],
])('of %j it is said whether it was rehearsed: %s', (more, is) => {
  expect(isRehearsed(decision('d1', 1, more))).toBe(is);
});

test('what has no generation was never acted upon', () => {
  const { generation: _, ...rest } = decision('d1', 1);
  expect(isRehearsed(rest)).toBe(true);
});
