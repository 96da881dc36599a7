import { expect, test } from 'vitest';
import { decidingOf, endOf, isGoingOn, stepsOf } from './applications.ts';

const inShort = (steps: ReturnType<typeof stepsOf>) => steps.map(({ name, state }) => `${name} ${state}`);

test.each([
  [{ state: 'proposed', backer: 'b' }, ['consent now', 'vote later', 'board later', 'team later']],
  [{ state: 'open' }, ['vote now', 'board later', 'team later']],
  [{ state: 'awaiting-board', backer: 'b' }, ['consent done', 'vote done', 'board now', 'team later']],
  [{ state: 'carried-out' }, ['vote done', 'board done', 'team done']],
  [{ state: 'rejected' }, ['vote no', 'board later', 'team later']],
  [{ state: 'vetoed' }, ['vote done', 'board no', 'team later']],
] as const)('how far an application is: %j', (application, steps) => {
  expect(inShort(stepsOf(application))).toEqual(steps);
});

test('who withdrew after the votes stopped at the board', () => {
  const approved = { at: '2026-12-01T12:00:00.000Z', how: 'votes' } as const;
  expect(inShort(stepsOf({ state: 'withdrawn', approved }))).toEqual(['vote done', 'board no', 'team later']);
});

test('what goes on has an end by its state', () => {
  const dates = {
    ends: '2026-12-16T12:00:00.000Z',
    board: { until: '2026-12-05T12:00:00.000Z', waits_for: [] },
  };
  expect(endOf({ state: 'open', ...dates })).toBe(dates.ends);
  expect(endOf({ state: 'awaiting-board', ...dates })).toBe(dates.board.until);
  expect(endOf({ state: 'rejected', ...dates })).toBeUndefined();
  expect(isGoingOn({ state: 'awaiting-board' })).toBe(true);
  expect(isGoingOn({ state: 'lapsed' })).toBe(false);
});

test('a vote that was refused since it decides is asked about with what it decides', () => {
  const refused = (code: string, allowed: string) => ({
    kind: 'problem' as const,
    problem: {
      type: 'about:blank',
      status: 409,
      title: '',
      code,
      errors: [{ field: 'body.decides', allowed }],
    },
  });
  expect(decidingOf('yes', refused('would-decide', 'approved'))).toEqual({
    vote: 'yes',
    outcome: 'approved',
    hasChanged: true,
  });
  expect(decidingOf('yes', refused('decides-otherwise', 'nothing'))?.outcome).toBeUndefined();
  expect(decidingOf('yes', refused('not-open', 'open'))).toBeUndefined();
  expect(decidingOf('yes', { kind: 'unreachable' })).toBeUndefined();
});
