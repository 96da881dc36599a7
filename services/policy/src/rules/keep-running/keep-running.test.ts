import { describe, expect, it } from 'vitest';
import { armed, fullBattery, hour, minute, PowerSpace, second } from '../../../test/power-space.ts';

function house(): PowerSpace {
  const space = new PowerSpace([
    ['101', 'core'],
    ['110', 'space-wide'],
    ['120', 'participant'],
  ]);
  space.modes = new Map([...armed, ['keep-running/SPACE-3', 'enforce']]);
  return space;
}

/** It goes off again, is seen so twice, and is asked to start. */
const crash = (space: PowerSpace): PowerSpace => space.stops('110').after(20 * second);

describe('a space-wide VM that is found off', () => {
  it('is started after two looks, and is a violation until it runs; others are left off', () => {
    const space = house()
      .stops('101', '110', '120')
      .after(20 * second - 1);
    expect(space.decided()).toEqual([]);
    expect(space.after(1).decided()).toEqual(['110 running']);
    expect(space.open()).toEqual(['found-off vm/110']);
    expect(space.of('110')).toMatchObject({ rule: 'keep-running', clause: 'SPACE-3' });
    expect(space.starts('110').open()).toEqual([]);
  });

  it('is waited for while something is in flight', () => {
    const space = house().stops('110').vm('vm.power-requested', '110', { act: 'start' }).after(minute);
    expect(space.decided()).toEqual([]);
  });

  it('is started three times in an hour at most, then it is a serious violation', () => {
    const space = house();
    for (let times = 0; times < 3; times += 1) crash(space).starts('110').after(minute);
    expect(space.decided().filter((each) => each === '110 running')).toHaveLength(3);
    crash(space).after(5 * hour);
    expect(space.decided()).not.toContain('110 running');
    expect(space.open()).toEqual(['keeps-stopping vm/110']);
    expect([...(space.last?.violations.get('keep-running')?.found ?? [])]).toMatchObject([
      { severity: 'serious' },
    ]);
  });

  it('counts anew after it ran for an hour', () => {
    const space = house();
    for (let times = 0; times < 3; times += 1) crash(space).starts('110').after(minute);
    crash(space)
      .starts('110')
      .after(hour - 1);
    space.decided();
    expect(crash(space).decided()).not.toContain('110 running');
    space.starts('110').after(hour);
    expect(crash(space).decided()).toContain('110 running');
  });

  it('tries a start that was given up again, and counts it', () => {
    const space = crash(house());
    for (const generation of [1, 2, 3]) {
      space.vm('vm.power-failed', '110', { act: 'start', generation, retry: false }).after(minute);
    }
    expect(space.decided().filter((each) => each === '110 running')).toHaveLength(3);
    expect(space.open()).toEqual(['keeps-stopping vm/110']);
  });

  it('is no violation, and no start, in a power cut or on hold', () => {
    const space = house().hold('110', hour).stops('110').after(minute);
    expect(space.open()).toEqual([]);
    space.ups('ups.on-battery', fullBattery).after(hour);
    expect(space.open()).toEqual([]);
    expect(space.decided().filter((each) => each === '110 running')).toEqual([]);
  });
});
