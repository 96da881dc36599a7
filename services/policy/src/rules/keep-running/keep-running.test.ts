import { expect, it } from 'vitest';
import { armed, hour, minute, PowerSpace, second } from '../../../test/power-space.ts';

function kept(): PowerSpace {
  const space = new PowerSpace([['110', 'space-wide']]);
  space.modes = new Map([...armed, ['keep-running/SPACE-3', 'enforce']]);
  return space;
}

/** It goes off, and after two looks the rule asks for a start. */
const falls = (space: PowerSpace): PowerSpace => space.stops('110').after(30 * second);

it('starts it three times in an hour, and then a person has to look', () => {
  const space = kept();
  for (let times = 0; times < 3; times += 1) falls(space).starts('110');
  expect(space.decided().filter((each) => each === '110 running')).toHaveLength(3);
  falls(space);
  expect(space.decided()).not.toContain('110 running');
  expect(space.open()).toEqual(['keeps-stopping vm/110']);
});

it('has not failed when a hold overrules its third start: it is asked for again after the hold', () => {
  const space = kept();
  for (let times = 0; times < 2; times += 1) falls(space).starts('110');
  falls(space).hold('110', 10 * minute);
  expect(space.open()).not.toContain('keeps-stopping vm/110');
  space.decided();
  space.after(10 * minute + second);
  expect(space.decided()).toContain('110 running');
});

it('counts the starts of the last hour alone', () => {
  const space = kept();
  falls(space)
    .starts('110')
    .after(50 * minute);
  for (let times = 0; times < 2; times += 1) falls(space).starts('110');
  space.after(hour - 20 * minute).decided();
  falls(space);
  expect(space.decided()).toContain('110 running');
});

it('starts nothing that is not seen, keeps what it asked for, and closes no violation then', () => {
  const space = kept().stops('110').hides('vm/110').after(hour);
  expect(space.decided()).toEqual([]);
  expect(space.shows().decided()).toEqual(['110 running']);
  expect(space.hides('vm/110').starts('110').after(hour).decided()).toEqual([]);
  expect(space.open()).toEqual(['found-off vm/110']);
  expect(space.shows().open()).toEqual([]);
});

it('starts nothing that is not seen when its clause is armed, but once it is seen', () => {
  const space = kept();
  space.modes = armed;
  falls(space).hides('vm/110');
  expect(space.decided()).toEqual(['110 running?']);
  space.modes = new Map([...armed, ['keep-running/SPACE-3', 'enforce']]);
  expect(space.look().decided()).toEqual([]);
  expect(space.shows().decided()).toEqual(['110 running']);
});
