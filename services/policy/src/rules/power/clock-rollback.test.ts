import { describe, expect, it } from 'vitest';
import { fullBattery, minute, PowerSpace, second } from '../../../test/power-space.ts';
import { withoutFuture } from '../../facts/clock-rollback.ts';

const hour = 60 * minute;

function house(): PowerSpace {
  const space = new PowerSpace([
    ['101', 'core'],
    ['120', 'participant'],
  ]);
  space.now = 10 * hour;
  return space;
}

/** The clock is set back by so much, and policy notices. */
function setBack(space: PowerSpace, ms: number): PowerSpace {
  space.decided();
  space.now -= ms;
  space.startedAt = space.now;
  return space.look();
}

describe('a clock that is set back', () => {
  it('makes nobody wait for mains to be trusted for as long as it was set back', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute)
      .stops('120')
      .ups('ups.on-mains', { charge_pct: 90 })
      .after(second);
    setBack(space, 3 * hour).after(5 * minute - second);
    expect(space.decided()).toEqual([]);
    expect(space.after(second).decided()).toEqual(['120 running']);
    expect(space.starts('120').after(second).decided()).toEqual(['120 hands-off']);
  });

  it('counts a guest that goes off after it as gone by what was decided before it', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute);
    setBack(space, hour).after(second).stops('120');
    // Somebody starts it in the midst of the power cut, and is not fought.
    expect(space.after(second).starts('120').after(minute).decided()).toEqual([]);
  });

  it.each([
    ['a few seconds ahead of the new time', 24 * second],
    ['further ahead than clocks may differ', second],
  ])('does not take an older stop, %s, for one that followed from the next power cut', (_, before) => {
    const space = house()
      .after(minute)
      .stops('120')
      .after(second / 2)
      .starts('120')
      .after(before);
    setBack(space, 30 * second)
      .ups('ups.on-battery', fullBattery)
      .ups('ups.battery-low', {})
      .after(second);
    expect(space.decided()).toEqual(['120 stopped', '101 stopped']);
    // Nor once the clock has caught up with it, nor for a life of the guest that ended.
    expect(space.after(hour).decided()).not.toContain('120 hands-off');
    space.stops('120').ups('ups.on-mains', { charge_pct: 90 }).decided();
    expect(space.after(5 * minute).decided()).toEqual(['120 running']);
  });

  it('asks the next class after a step of the restore, not after an hour', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .ups('ups.battery-low', {})
      .stops('101', '120')
      .ups('ups.on-mains', { charge_pct: 90 })
      .after(5 * minute);
    expect(space.decided().at(-1)).toBe('101 running');
    expect(
      setBack(space, hour)
        .after(2 * minute)
        .decided(),
    ).toEqual(['120 running']);
  });

  it('changes nothing that lies behind, or only as far ahead as clocks may differ', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute)
      .vm('vm.power-requested', '120', { act: 'shutdown' })
      .stops('120');
    const at = space.now - 10 * second;
    expect(withoutFuture(space.facts, at, at)).toBe(space.facts);
    expect(withoutFuture(space.memories, at, at)).toBe(space.memories);
  });
});
