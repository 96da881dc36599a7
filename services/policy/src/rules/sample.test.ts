import { expect, it } from 'vitest';
import { armed, fullBattery, hour, minute, PowerSpace } from '../../test/power-space.ts';
import { sample } from '../../test/sample-rule.ts';
import { rules } from './index.ts';

const twoWeeks = 14 * 24 * hour;

it('is a file and one line: armed alone, overruled by a power cut, and rehearsed until then', () => {
  const space = new PowerSpace([
    ['110', 'space-wide'],
    ['120', 'participant'],
  ]);
  space.rules = [...rules, sample];
  expect(space.look().after(twoWeeks).decided()).toEqual(['120 stopped?']);
  expect(space.last?.clauses.get('sample/PART-4')).toBe('watched');
  space.modes = new Map([...armed, ['sample/PART-4', 'enforce']]);
  expect(space.ups('ups.on-battery', fullBattery).decided()).toEqual(['120 hands-off?']);
  expect(
    space
      .ups('ups.on-mains', { charge_pct: 90 })
      .after(5 * minute)
      .decided(),
  ).toEqual(['120 stopped']);
  expect(space.of('120')).toMatchObject({ rule: 'sample', clause: 'PART-4', generation: 1 });
  // A person may start it again: the wish was met.
  expect(space.stops('120').starts('120').after(hour).decided()).toEqual(['120 hands-off']);
});
