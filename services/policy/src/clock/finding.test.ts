import { expect, it } from 'vitest';
import { clockFinding } from './finding.ts';

const [second, hour] = [1000, 3_600_000];
const now = 1_800_000_000_000;

it('is that the clock jumped by over an hour, ahead or back', () => {
  expect(clockFinding(now + hour, now)).toBeUndefined();
  expect(clockFinding(now - hour, now)).toBeUndefined();
  expect(clockFinding(now + hour + second, now)).toEqual({ why: 'jumped', by_s: 3601 });
  expect(clockFinding(now - 25 * hour, now, now)).toEqual({ why: 'jumped', by_s: -90_000 });
});

it('is that it stands before the newest event, by more than clocks differ', () => {
  expect(clockFinding(now, now, now + 10 * second)).toBeUndefined();
  expect(clockFinding(now, now, now + 11 * second)).toEqual({ why: 'before-last-event', by_s: -11 });
});
