import { describe, expect, it } from 'vitest';
import {
  armed,
  defaults,
  fedBy,
  fullBattery,
  hour,
  minute,
  PowerSpace,
  second,
} from '../../../test/power-space.ts';

const ownShutdownMs = 2 * minute;

/** Two nodes that Huismeester itself shuts down, a core guest on each. */
function rack(self: readonly string[] = []): PowerSpace {
  const space = new PowerSpace([
    ['101', 'core', true, 'pve1'],
    ['102', 'core', true, 'pve2'],
  ]);
  const ours = { nodeShutdown: 'huismeester', wake: 'wol', ownShutdownMs } as const;
  space.settings = {
    ...defaults,
    self: new Set(self),
    nodes: fedBy({ pve1: ['rack'], pve2: ['rack'] }, ours),
  };
  return space.node('pve1', true).node('pve2', true);
}

const cut = (space: PowerSpace, reading: object = fullBattery): PowerSpace =>
  space.ups('ups.on-battery', reading).ups('ups.battery-reading', { ...reading, charge_pct: 19 });

describe('a node that settings leave to Huismeester', () => {
  it('goes once the guests of its hypervisor are down, and not before: its API or its vote may be needed', () => {
    const space = cut(rack()).after(minute);
    expect(space.decided()).toEqual(['101 stopped', '102 stopped']);
    expect(space.stops('101').decided()).toEqual([]);
    expect(space.stops('102').decided()).toEqual(['pve1 stopped', 'pve2 stopped']);
  });

  it('goes by charge or by time on battery where no runtime is told, whatever hangs on it', () => {
    const charged = rack().ups('ups.on-battery', { charge_pct: 60 }).after(minute);
    charged.ups('ups.battery-reading', { charge_pct: 19 });
    expect(charged.decided()).toEqual(['101 stopped', '102 stopped']);
    charged.ups('ups.battery-reading', { charge_pct: 9 });
    expect(charged.decided()).toEqual(['pve1 stopped', 'pve2 stopped']);
    const blind = rack()
      .ups('ups.on-battery', {})
      .after(7 * minute);
    expect(blind.decided()).toEqual(['101 stopped', '102 stopped']);
    expect(blind.after(3 * minute - second).decided()).toEqual([]);
    expect(blind.after(second).decided()).toEqual(['pve1 stopped', 'pve2 stopped']);
  });

  it('is woken although its hypervisor went off with it, and that is said when it stays off', () => {
    const space = cut(rack()).after(minute).stops('101', '102');
    space.decided();
    // Its API is gone before anybody could see it go offline.
    space.hypervisor(false).ups('ups.on-mains', { charge_pct: 90 });
    expect(space.after(5 * minute).decided()).toContain('pve1 running');
    expect(space.open()).toEqual([]);
    space.after(10 * minute);
    expect(space.open()).toEqual(['node-not-back node/pve-pve1', 'node-not-back node/pve-pve2']);
    space.hypervisor(true).node('pve1', true);
    expect(space.open()).toEqual([]);
  });

  it('is not woken when it was only shed in dry-run', () => {
    const space = rack();
    space.modes = new Map();
    cut(space).after(minute).stops('101', '102').node('pve1', false);
    space.modes = armed;
    space.ups('ups.on-mains', { charge_pct: 90 }).after(5 * minute);
    expect(space.ofNode('pve1')).toBeUndefined();
    expect(space.decided()).toContain('pve1 running?');
  });

  it('goes when the battery leaves no more than it needs, whatever still runs on it', () => {
    const space = cut(rack(), { runtime_s: 240 }).after(minute);
    space.decided();
    expect(space.after(minute - second).decided()).toEqual([]);
    expect(space.after(second).decided()).toEqual(['pve1 stopped', 'pve2 stopped']);
    expect(space.why(space.ofNode('pve1'))).toMatch(/the node itself needs 120 s/);
  });

  it('goes at once when the battery is low', () => {
    const space = rack().ups('ups.on-battery', fullBattery).ups('ups.battery-low', {});
    expect(space.decided()).toEqual(['101 stopped', '102 stopped', 'pve1 stopped', 'pve2 stopped']);
  });

  it('goes after all others when Huismeester itself runs on it, which is not shut down by itself', () => {
    const space = cut(rack(['vm/101'])).after(minute);
    expect(space.decided()).toEqual(['101 hands-off', '102 stopped']);
    expect(space.stops('102').decided()).toEqual(['pve2 stopped']);
    expect(space.after(minute).decided()).toEqual([]);
    expect(space.node('pve2', false).decided()).toEqual(['pve1 stopped']);
  });

  it('does not wait for a node that is in no power cut', () => {
    const space = rack(['vm/101']);
    const nodes = new Map(space.settings.nodes);
    const other = nodes.get('pve/pve2');
    if (other) nodes.set('pve/pve2', { ...other, poweredBy: ['attic'] });
    space.settings = { ...space.settings, nodes };
    expect(cut(space).after(minute).decided()).toEqual(['101 hands-off', 'pve1 stopped']);
  });

  it('is woken when mains is trusted, and let go once it is online', () => {
    const space = cut(rack()).after(minute).stops('101', '102').node('pve1', false).node('pve2', false);
    space.decided();
    space.ups('ups.on-mains', { charge_pct: 90 }).after(5 * minute);
    expect(space.decided()).toEqual(['101 running', '102 running', 'pve1 running', 'pve2 running']);
    expect(space.ofNode('pve1')).toMatchObject({
      state: 'running',
      validUntil: expect.any(Number),
    });
    expect(space.node('pve1', true).decided()).toEqual(['pve1 hands-off']);
    expect(space.after(10 * minute).decided()).toContain('pve2 running');
  });

  it('is not shut down any more when mains is back, but is woken if it was going already', () => {
    const space = cut(rack()).after(minute).stops('101', '102');
    space.decided();
    expect(space.ups('ups.on-mains', { charge_pct: 90 }).decided()).toEqual([
      'pve1 hands-off',
      'pve2 hands-off',
    ]);
    space.node('pve1', false).after(5 * minute);
    expect(space.decided()).toContain('pve1 running');
  });

  it('is woken no more when power fails again', () => {
    const space = cut(rack()).after(minute).stops('101', '102').node('pve1', false).node('pve2', false);
    space.ups('ups.on-mains', { charge_pct: 90 }).after(5 * minute);
    space.decided();
    expect(space.ups('ups.on-battery', { charge_pct: 60, runtime_s: 1800 }).decided()).toEqual(
      expect.arrayContaining(['pve1 hands-off', 'pve2 hands-off']),
    );
  });
});

it('goes last: not before the guests of a node that upsmon shuts down, and at LB some seconds after the others', () => {
  const space = rack(['vm/101']);
  const nodes = new Map(space.settings.nodes);
  const other = nodes.get('pve/pve2');
  if (other) nodes.set('pve/pve2', { ...other, nodeShutdown: 'upsmon' });
  space.settings = { ...space.settings, nodes };
  expect(cut(space).after(minute).decided()).toEqual(['101 hands-off', '102 stopped']);
  space.ups('ups.battery-low', {});
  expect(space.after(19 * second).decided()).toEqual([]);
  expect(space.after(second).decided()).toEqual(['pve1 stopped']);
});

it('leaves a node to upsmon unless settings say otherwise, and what Huismeester needs with it', () => {
  const space = new PowerSpace([
    ['101', 'core'],
    ['102', 'core'],
  ]).node('pve1', true);
  space.settings = { ...defaults, self: new Set(['vm/101']) };
  space
    .ups('ups.on-battery', fullBattery)
    .ups('ups.battery-low', {})
    .stops('102')
    .after(10 * minute);
  expect(space.decided()).toEqual(['101 hands-off', '102 stopped']);
  expect(space.why(space.of('101'))).toMatch(/goes last, with its node/);
});

it('starts what Huismeester needs if it went off with its node', () => {
  const space = new PowerSpace([['101', 'core']]).node('pve1', true);
  space.settings = { ...defaults, self: new Set(['vm/101']) };
  space
    .ups('ups.on-battery', fullBattery)
    .ups('ups.battery-low', {})
    .vm('vm.stopped', '101', { cause: 'node' });
  space.ups('ups.on-mains', { charge_pct: 90 }).after(5 * minute);
  expect(space.decided()).toEqual(['101 hands-off', '101 running']);
});

it('waits for a request whose end is not heard of for fifteen minutes, and looks again then by itself', () => {
  const space = rack().stops('101', '102').vm('vm.power-requested', '101', { act: 'start' });
  cut(space).after(14 * minute);
  expect(space.decided()).not.toContain('pve1 stopped');
  space.after(2 * minute);
  expect(space.ofNode('pve1')).toMatchObject({ state: 'stopped', decidedAt: 15 * minute });
});

it('goes by the time on battery once its charge is not read any more', () => {
  const space = rack().ups('ups.on-battery', { charge_pct: 15 }).after(hour);
  expect(space.ofNode('pve1')).toMatchObject({ state: 'stopped', reasons: [{ code: 'node-by-time' }] });
});
