import { describe, expect, it } from 'vitest';
import {
  armed,
  defaults,
  fedBy,
  fullBattery,
  minute,
  PowerSpace,
  second,
} from '../../../test/power-space.ts';

const house = (): PowerSpace =>
  new PowerSpace([
    ['101', 'core'],
    ['110', 'space-wide'],
    ['120', 'participant'],
  ]);

describe('a power cut', () => {
  it('does nothing while it is held, then takes participants, then space-wide, then core', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .after(2 * minute + 59 * second);
    expect(space.decided()).toEqual([]);
    expect(space.after(second).decided()).toEqual(['120 stopped']);
    space.stops('120').ups('ups.battery-reading', { charge_pct: 34 });
    expect(space.decided()).toEqual(['110 stopped']);
    space.ups('ups.battery-reading', { charge_pct: 19 });
    expect(space.decided()).toEqual(['101 stopped']);
  });

  it('reaches a stage by a runtime that runs down between two readings', () => {
    const space = house()
      .ups('ups.on-battery', { charge_pct: 90, runtime_s: 10 * 60 })
      .after(2 * minute);
    expect(space.decided()).toEqual([]);
    expect(space.after(second).decided()).toEqual(['110 stopped', '120 stopped'].reverse());
    expect(space.after(3 * minute).decided()).toEqual(['101 stopped']);
  });

  it('never waits for a straggler of an earlier stage', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute);
    space.ups('ups.battery-reading', { charge_pct: 30 });
    expect(space.decided()).toEqual(['120 stopped', '110 stopped']);
  });

  it('takes everything at once, in order, when the battery is low or a shutdown is forced, without any hold', () => {
    expect(house().ups('ups.on-battery', fullBattery).ups('ups.battery-low', {}).decided()).toEqual([
      '120 stopped',
      '110 stopped',
      '101 stopped',
    ]);
    expect(house().ups('ups.forced-shutdown', {}).decided()).toEqual([
      '120 stopped',
      '110 stopped',
      '101 stopped',
    ]);
  });

  it('does not take a stage back when the runtime flickers', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .after(minute)
      .ups('ups.battery-reading', { charge_pct: 30 });
    expect(space.decided()).toEqual(['120 stopped', '110 stopped']);
    space.ups('ups.battery-reading', { charge_pct: 80 }).after(second);
    expect(space.outage()?.stage).toBe('space-wide');
    expect(space.decided()).toEqual([]);
  });

  it('leaves nodes alone that have another feed, or none that settings name', () => {
    const space = new PowerSpace([
      ['101', 'core', true, 'pve1'],
      ['102', 'core', true, 'pve2'],
      ['103', 'core', true, 'pve3'],
    ]);
    space.settings = {
      ...defaults,
      nodes: fedBy({ pve1: ['rack'], pve2: ['rack', 'attic'] }),
    };
    expect(space.ups('ups.on-battery', {}).ups('ups.battery-low', {}).decided()).toEqual(['101 stopped']);
    expect(space.ups('ups.on-battery', {}, 'attic').ups('ups.battery-low', {}, 'attic').decided()).toEqual([
      '102 stopped',
    ]);
  });

  it('leaves a VM alone that a person starts again in the middle of it', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute)
      .stops('120')
      .starts('120')
      .after(30 * minute);
    expect(space.decided().filter((each) => each.startsWith('120'))).toEqual(['120 stopped']);
  });

  it('decides anew after ten minutes about a guest that is still not down', () => {
    const space = house()
      .ups('ups.on-battery', { charge_pct: 100, runtime_s: 36_000 })
      .after(3 * minute);
    expect(space.decided()).toEqual(['120 stopped']);
    expect(space.after(10 * minute).decided()).toEqual(['120 stopped']);
    expect(space.of('120')?.generation).toBe(2);
  });

  it('has a reason with a clause, the evidence and until when it is valid', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute);
    expect(space.of('120')).toMatchObject({
      clause: 'SPACE-3',
      stage: 'participant',
      evidence: ['event-4'],
      correlationid: 'event-4',
      validUntil: 13 * minute,
      settingsHash: 'test',
    });
    expect(space.why(space.of('120'))).toBe("UPS rack: on battery for 180 s; participants' VMs go first");
  });
});

describe('mains back', () => {
  const shed = (): PowerSpace => {
    const space = new PowerSpace([
      ['101', 'core'],
      ['110', 'space-wide'],
      ['120', 'participant'],
      ['121', 'participant', false],
    ]);
    space
      .ups('ups.on-battery', fullBattery)
      .ups('ups.battery-low', { charge_pct: 15 })
      .stops('120', '110', '101');
    space.decided();
    return space;
  };

  it('starts what ran before, core first, once mains is stable and the battery holds enough', () => {
    const space = shed()
      .after(20 * minute)
      .ups('ups.on-mains', { charge_pct: 15 });
    space.ups('ups.battery-reading', { on_battery: false, charge_pct: 41 }).after(5 * minute - second);
    expect(space.decided()).toEqual([]);
    expect(space.after(second).decided()).toEqual(['101 running']);
    expect(space.starts('101').decided()).toEqual(['110 running', '101 hands-off']);
    expect(space.starts('110').decided()).toEqual(['120 running', '110 hands-off']);
    expect(space.starts('120').decided()).toEqual(['120 hands-off']);
  });

  it('waits for as long as the power was away when the battery stays low', () => {
    const space = shed()
      .after(20 * minute)
      .ups('ups.on-mains', { charge_pct: 15 })
      .after(20 * minute - second);
    expect(space.decided()).toEqual([]);
    expect(space.after(second).decided()).toEqual(['101 running']);
  });

  it('does not let a class that fails to start hold up the next one for ever', () => {
    const space = shed()
      .ups('ups.on-mains', { charge_pct: 90 })
      .after(5 * minute);
    expect(space.decided()).toEqual(['101 running']);
    expect(space.after(2 * minute).decided()).toEqual(['110 running']);
  });

  it('starts core first also when it is still going down, and waits no longer for that than for a start', () => {
    const dying = () => {
      const space = house()
        .ups('ups.on-battery', { charge_pct: 60 })
        .ups('ups.battery-low', {})
        .vm('vm.power-requested', '101', { act: 'shutdown' })
        .stops('110', '120')
        .ups('ups.on-mains', { charge_pct: 60 });
      // Nobody could tell of core for a while.
      space.settings = { ...defaults, plan: { ...defaults.plan, restoreHoldMs: minute } };
      space.after(minute).decided();
      return space;
    };
    const space = dying().stops('101');
    expect(space.decided()).toEqual(['101 running']);
    expect(space.starts('101').decided()).toEqual(['110 running', '101 hands-off']);
    expect(dying().after(minute).decided()).toEqual(['110 running']);
  });

  it('tries a guest again that could not be started, later each time, then reports it and lets go of it', () => {
    const space = shed()
      .ups('ups.on-mains', { charge_pct: 90 })
      .after(5 * minute);
    const generation = space.of('101')?.generation ?? 0;
    space.decided();
    space.vm('vm.power-failed', '101', { act: 'start', generation, retry: false });
    const pauses = [minute, 5 * minute, 15 * minute];
    pauses.forEach((pause, index) => {
      space.after(pause);
      expect(space.decided()).toContain('101 running');
      const newest = generation + index + 1;
      expect(space.of('101')?.generation).toBe(newest);
      space.vm('vm.power-failed', '101', { act: 'start', generation: newest, retry: false });
    });
    expect(space.decided()).toContain('101 hands-off');
    expect(space.why(space.of('101'))).toContain('somebody has to look');
  });

  it('stops nothing more, and starts again what still went down', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute);
    space.vm('vm.power-requested', '120', { act: 'shutdown' }).ups('ups.on-mains', { charge_pct: 90 });
    expect(space.decided()).toEqual(['120 stopped', '120 hands-off']);
    space.stops('120').after(5 * minute);
    expect(space.decided()).toEqual(['120 running']);
  });

  it('takes a second cut during the restore as a new spell, with its own hold', () => {
    const space = shed()
      .ups('ups.on-mains', { charge_pct: 90 })
      .after(5 * minute)
      .starts('101');
    expect(space.decided()).toEqual(['101 running', '110 running', '101 hands-off']);
    space.ups('ups.on-battery', { charge_pct: 60, runtime_s: 1200 }).after(20 * second);
    expect(space.decided()).toEqual(['110 hands-off']);
    space.ups('ups.battery-low', {});
    expect(space.decided()).toEqual(['101 stopped']);
  });
});

describe('a second power cut', () => {
  it('takes what came back by itself before mains was trusted', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .ups('ups.battery-low', { charge_pct: 5 })
      .stops('120', '110', '101')
      .after(2 * minute);
    space.decided();
    // The nodes lost their power, and at their boot they start what is set to start with them.
    space.ups('ups.on-mains', { charge_pct: 5 }).after(minute).starts('101', '110', '120');
    space.ups('ups.on-battery', { charge_pct: 6 }).after(minute).ups('ups.battery-low', {});
    expect(space.decided()).toEqual(['120 stopped', '110 stopped', '101 stopped']);
  });
});

describe('a decision that was given up', () => {
  it('is made anew after a minute, as long as it is wanted', () => {
    const space = house().ups('ups.on-battery', fullBattery).ups('ups.battery-low', {});
    space.decided();
    space.vm('vm.power-failed', '101', { act: 'shutdown', generation: 1, retry: false });
    expect(space.after(minute - second).decided()).toEqual([]);
    expect(space.after(second).decided()).toEqual(['101 stopped']);
  });
});

describe('a clock that is set', () => {
  it('back does not hold a power cut for as long', () => {
    const space = new PowerSpace([['101', 'core']]);
    space.now = 60 * minute;
    space.ups('ups.on-battery', { charge_pct: 90, runtime_s: 1200 });
    space.now = 0;
    space.ups('ups.battery-reading', { charge_pct: 10, runtime_s: 120 }).after(30 * second - 1);
    expect(space.decided()).toEqual([]);
    expect(space.after(1).decided()).toEqual(['101 stopped']);
  });
});

describe('what must not start, or must', () => {
  const off = (): PowerSpace =>
    house()
      .ups('ups.on-battery', fullBattery)
      .ups('ups.battery-low', { charge_pct: 15 })
      .stops('120', '110', '101');

  it('is not trusted while the UPS cannot be seen', () => {
    const space = off().ups('ups.on-mains', { charge_pct: 90 }).after(minute).ups('ups.lost', {});
    space.decided();
    expect(space.after(30 * minute).decided()).toEqual([]);
    space.ups('ups.found', {}).after(5 * minute - second);
    expect(space.decided()).toEqual([]);
    expect(space.after(second).decided()).toEqual(['101 running']);
  });

  it('starts nothing more when power fails again, and starts it after all when that is over', () => {
    const space = off()
      .ups('ups.on-mains', { charge_pct: 90 })
      .after(5 * minute);
    space.decided();
    expect(space.ups('ups.on-battery', fullBattery).decided()).toEqual(['101 hands-off']);
    space.ups('ups.on-mains', { charge_pct: 90 }).after(5 * minute);
    expect(space.decided()).toEqual(['101 running']);
  });

  it('takes a stop back from a guest that came into a class whose turn it is not', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute);
    space.decided();
    space.vm('vm.reclassified', '120', { to: 'core' });
    expect(space.decided()).toEqual(['120 hands-off']);
  });

  it('wants back what went down by a request from before the clause was disarmed', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute);
    space.modes = new Map();
    space.after(second).stops('120');
    expect(space.of('120')?.state).toBe('hands-off');
    space.modes = armed;
    space.ups('ups.on-mains', { charge_pct: 90 }).after(5 * minute);
    expect(space.of('120')?.state).toBe('running');
  });

  it('does not start another guest that has the id of one that was shed', () => {
    const space = off().after(second);
    space.vm('vm.found', '120', { class: 'participant', running: false });
    space
      .ups('ups.on-mains', { charge_pct: 90 })
      .after(5 * minute)
      .starts('101')
      .starts('110')
      .after(minute);
    expect(space.decided()).not.toContain('120 running');
  });

  it('is what a person stopped after the shutdown was withdrawn, however late that is heard', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute);
    space.vm('vm.power-requested', '120', { act: 'shutdown' }).ups('ups.on-mains', { charge_pct: 90 });
    space.after(24 * 60 * minute).vm('vm.stopped', '120', { cause: 'person' });
    space.after(60 * minute);
    expect(space.of('120')?.state).toBe('hands-off');
  });

  it('is not forgotten while the end of its shutdown is out of sight', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute);
    space.vm('vm.power-requested', '120', { act: 'shutdown' }).ups('ups.on-mains', { charge_pct: 90 });
    space.after(3 * 60 * minute).vm('vm.stopped', '120', { cause: 'huismeester' });
    expect(space.of('120')?.state).toBe('running');
  });

  it('counts no runtime down that was read on mains', () => {
    const space = house()
      .ups('ups.on-mains', { runtime_s: 2400 })
      .after(48 * 60 * minute);
    space.ups('ups.on-battery', {}).after(minute);
    expect(space.outage()?.stage).toBe('hold');
  });
});

describe('dry-run', () => {
  it('gives up on a restore that it only pretends to make', () => {
    const space = house();
    space.modes = new Map();
    space
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute)
      .stops('120')
      .ups('ups.on-mains', { charge_pct: 90 });
    space.after(24 * 60 * minute + 5 * minute);
    expect(space.decided().filter((each) => each.startsWith('120'))).toEqual([
      '120 stopped?',
      '120 running?',
      '120 hands-off?',
    ]);
  });

  it('decides everything and marks it, and starts nothing that it did not stop', () => {
    const space = house();
    space.modes = new Map();
    space.ups('ups.on-battery', fullBattery).after(3 * minute);
    expect(space.of('120')).toBeUndefined();
    expect(space.rehearsed('120')).toMatchObject({ rule: 'power', state: 'stopped', clause: 'SPACE-3' });
    space.stops('120').ups('ups.on-mains', { charge_pct: 90 });
    space.modes = armed;
    space.after(6 * minute);
    expect(space.of('120')).toBeUndefined();
    expect(space.rehearsed('120')).toMatchObject({ tier: 'restore', state: 'running' });
  });

  it('decides anew when a clause is armed in the middle of a power cut', () => {
    const space = house();
    space.modes = new Map();
    space.ups('ups.on-battery', fullBattery).after(3 * minute);
    space.modes = armed;
    space.after(second);
    expect(space.decided()).toEqual(['120 stopped?', '120 stopped']);
    expect(space.of('120')?.state).toBe('stopped');
  });
});
