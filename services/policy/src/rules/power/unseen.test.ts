import { describe, expect, it } from 'vitest';
import { defaults, fedBy, fullBattery, hour, minute, PowerSpace, second } from '../../../test/power-space.ts';

const house = () =>
  new PowerSpace([
    ['101', 'core'],
    ['110', 'space-wide'],
    ['120', 'participant'],
  ]);
const onBattery = (space: PowerSpace) => space.ups('ups.on-battery', fullBattery);
const onMains = (space: PowerSpace) => space.ups('ups.on-mains', { charge_pct: 90 });
const shed = () => {
  const space = house();
  onBattery(space).after(3 * minute);
  return space;
};

describe('a power cut while vm-lifecycle cannot be read', () => {
  /** What is decided in an hour on battery, with the minute of the first time; `isSeen`: what is stopped is seen off. */
  const anHour = (space: PowerSpace, isSeen: boolean): string[] => {
    const said: string[] = [];
    onBattery(space);
    for (let at = 1; at <= 60; at += 1) {
      const decided = space.after(minute).decided();
      const anew = decided.filter((each) => !said.some((before) => before.endsWith(each)));
      said.push(...anew.map((each) => `${at} ${each}`));
      if (isSeen) space.stops(...decided.map((each) => each.replace(' stopped', '')));
    }
    return said;
  };

  it('is decided as it would be otherwise, by what was last known of the guests', () => {
    const away = anHour(house().losesVmLifecycle(), false);
    expect(away).toEqual(['3 120 stopped', '33 110 stopped', '36 101 stopped']);
    expect(anHour(house(), true)).toEqual(away);
  });

  it('has a node go when its battery leaves it no more time', () => {
    const space = house().node('pve1', true);
    space.settings = { ...defaults, nodes: fedBy({ pve1: ['rack'] }, { nodeShutdown: 'huismeester' }) };
    expect(anHour(space.losesVmLifecycle(), false).at(-1)).toBe('40 pve1 stopped');
  });

  it('takes nothing back when the source goes away in the middle of it, and asks again until it is seen off', () => {
    const space = shed();
    expect(space.decided()).toEqual(['120 stopped']);
    expect(
      space
        .losesVmLifecycle()
        .after(30 * minute)
        .decided(),
    ).toEqual(['120 stopped', '120 stopped', '110 stopped', '120 stopped']);
    expect(
      space
        .stops('120')
        .shows()
        .after(11 * minute)
        .decided(),
    ).toEqual(['101 stopped', '110 stopped']);
  });
});

describe('a guest that is not seen', () => {
  it('is not started after a power cut when a person had stopped it before that', () => {
    const space = house().losesVmLifecycle();
    const stoppedAt = space.now;
    onBattery(space).after(3 * minute);
    expect(space.decided()).toEqual(['120 stopped']);
    const guest = space.facts.vm.get('120');
    if (!guest) throw new Error('the guest is known');
    const off = { ...guest, running: false, stoppedAt, stoppedBy: 'person' } as const;
    space.facts = { ...space.facts, vm: new Map(space.facts.vm).set('120', off) };
    space.shows();
    onMains(space).after(hour);
    expect(space.decided()).not.toContain('120 running');
  });

  it('is not started after a power cut before it is seen again', () => {
    const space = shed().stops('120').hides('vm/120');
    onMains(space).after(hour);
    expect(space.decided()).toEqual(['120 stopped']);
    expect(space.shows().decided()).toEqual(['120 running']);
  });

  it('is not forgotten as running while it may have gone down', () => {
    const space = shed().hides('vm/120');
    onMains(space).after(hour);
    expect(space.stops('120').decided()).toEqual(['120 stopped', '120 hands-off']);
    expect(space.shows().decided()).toEqual(['120 running']);
  });

  it('is asked for no more while nobody knows whether it was so, and then again', () => {
    const space = shed().stops('120');
    onMains(space).after(5 * minute);
    expect(space.decided()).toEqual(['120 stopped', '120 running']);
    expect(space.hides('vm/120').after(hour).decided()).toEqual([]);
    expect(space.shows().decided()).toEqual(['120 running']);
  });

  it('keeps nobody else waiting on the restore ladder', () => {
    const space = house();
    onBattery(space).ups('ups.battery-low', {}).stops('101', '110', '120').hides('vm/101');
    onMains(space).after(5 * minute);
    expect(space.of('110')?.state).toBe('running');
  });

  it('opens and closes no violation', () => {
    const space = shed().vm('vm.power-failed', '120', { generation: 1, retry: false });
    space.after(second);
    expect(space.open()).toEqual(['not-shut-down vm/120']);
    space.hides('vm/120').stops('120').after(second);
    expect(space.open()).toEqual(['not-shut-down vm/120']);
    expect(space.shows().open()).toEqual([]);
    space.starts('110').hides('vm/110').stops('110').after(minute);
    expect(space.open()).toEqual([]);
  });

  it('opens no violation while its hypervisor does not answer', () => {
    const space = shed().hypervisor(false).vm('vm.power-failed', '120', { generation: 1, retry: false });
    expect(space.after(second).open()).toEqual([]);
    expect(space.hypervisor(true).open()).toEqual(['not-shut-down vm/120']);
  });
});

describe('a node that is not seen', () => {
  const nodes = fedBy({ pve1: ['rack'] }, { nodeShutdown: 'huismeester', wake: 'wol' });
  const off = () => {
    const space = new PowerSpace([]).node('pve1', true);
    space.settings = { ...defaults, nodes };
    return onBattery(space).ups('ups.battery-low', {}).node('pve1', false);
  };

  it('is not woken before it, or its hypervisor, is seen again', () => {
    for (const what of ['node/pve-pve1', 'hypervisor/pve']) {
      const space = off().hypervisor(true).hides(what);
      onMains(space).after(hour);
      expect(space.ofNode('pve1')).toMatchObject({ state: 'stopped', generation: 1 });
      expect(space.open()).toEqual([]);
      expect(space.shows().ofNode('pve1')?.state).toBe('running');
    }
  });

  it('is still not back', () => {
    const space = onMains(off()).after(20 * minute);
    expect(space.open()).toEqual(['node-not-back node/pve-pve1']);
    space.hides('node/pve-pve1').node('pve1', true);
    expect(space.open()).toEqual(['node-not-back node/pve-pve1']);
    expect(space.shows().open()).toEqual([]);
  });
});

it('a forced shutdown that stands stays one while its UPS is not seen', () => {
  const space = onMains(new PowerSpace([])).ups('ups.forced-shutdown-stuck', { at_contact: false });
  expect(space.open()).toEqual(['stuck-forced-shutdown ups/rack']);
  space.hides('ups/rack').ups('ups.forced-shutdown-cleared', {});
  expect(space.open()).toEqual(['stuck-forced-shutdown ups/rack']);
  expect(space.shows().open()).toEqual([]);
});
