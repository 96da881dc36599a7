import { expect, test } from 'vitest';
import { ageMs, earlier, isBefore, type Length, lengthOf, type Moment } from './moment.ts';

/** A moment by its civil and its monotonic clock, in s; without the second it is of an earlier process. */
const moment = (time: number, ms?: number): Moment => ({
  time: time * 1000,
  ...(ms !== undefined && { ms: ms * 1000 }),
});

test.each<[string, Moment, Moment, Length]>([
  ['both clocks agree', moment(100, 5), moment(160, 65), { lasted_s: 60 }],
  ['nothing passed', moment(100, 5), moment(100, 5), { lasted_s: 0 }],
  ['the civil clock was corrected by 2 s', moment(100, 5), moment(162, 65), { lasted_s: 60 }],
  ['it was corrected by 2 s the other way', moment(100, 5), moment(158, 65), { lasted_s: 60 }],
  ['it was set on by an hour', moment(100, 5), moment(3_760, 65), { lasted_s: 60, approximate: true }],
  ['it was set back by an hour', moment(3_700, 5), moment(160, 65), { lasted_s: 60, approximate: true }],
  ['it was set by more than 2 s', moment(100, 5), moment(162.001, 65), { lasted_s: 60, approximate: true }],
  ['it began in an earlier process', moment(100), moment(3_700, 1), { lasted_s: 3_600 }],
  ['it began and ended in an earlier process', moment(100), moment(160), { lasted_s: 60 }],
  ['it ended in an earlier process', moment(100, 5), moment(160), { lasted_s: 60 }],
  [
    'across a start the civil clock runs backwards',
    moment(3_700),
    moment(160, 65),
    { lasted_s: 0, approximate: true },
  ],
])(
  'a length is of the monotonic clock within a process, else of the civil one: %s',
  (_, from, to, length) => {
    expect(lengthOf(from, to)).toEqual(length);
  },
);

test.each<[string, Moment, Moment, boolean]>([
  ['by the monotonic clock within a process', moment(9_000, 5), moment(100, 6), true],
  ['so also when the civil one says otherwise', moment(100, 6), moment(9_000, 5), false],
  ['by the civil clock across a start', moment(100), moment(101, 1), true],
  ['not if it is the same moment', moment(100, 5), moment(100, 5), false],
])('one moment is before another: %s', (_, one, other, before) => {
  expect(isBefore(one, other)).toBe(before);
  expect(earlier(one, other)).toBe(isBefore(other, one) ? other : one);
  expect(earlier(other, one)).toBe(before ? one : other);
});

test('an age is of the monotonic clock, and of the civil one for what an earlier process saw', () => {
  const now = { time: 100_000, ms: 7_000 };
  expect([ageMs(moment(0, 5), now), ageMs(moment(40), now)]).toEqual([2_000, 60_000]);
});
