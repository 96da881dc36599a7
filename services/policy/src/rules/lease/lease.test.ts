import { describe, expect, it } from 'vitest';
import { day, idOf, LeaseSpace, leaseShown, tuesday } from '../../../test/lease-space.ts';
import { hour, minute, second } from '../../../test/power-space.ts';

const at = (text: string): number => Date.parse(`${text}+01:00`);
const stop = '2026-11-17T17:00:00.000Z';
const space = () => new LeaseSpace().leased('120');

/** How one lease is shown. */
const shown = (of: LeaseSpace, vm = '120') => leaseShown(of).find((each) => each.vm === vm);

describe('a lease', () => {
  it('is warned of 72 and 24 hours before its planned stop, and then its VM is shut down', () => {
    const house = space();
    expect(shown(house)).toMatchObject({ state: 'running', plannedStop: stop, owner: 'owner-of-120' });
    house.plays(at('2026-11-14T17:59:00') - house.now);
    expect(house.warnings()).toEqual([]);
    house.plays(2 * minute);
    expect(house.warnings()).toEqual([`120 first ${stop}`]);
    house.plays(2 * day - 4 * minute);
    expect(house.warnings()).toHaveLength(1);
    house.plays(5 * minute);
    expect(house.warnings()).toEqual([`120 first ${stop}`, `120 last ${stop}`]);
    expect(shown(house)).toMatchObject({ state: 'warned', warnedAt: '2026-11-14T17:00:00.000Z' });
    house.plays(day - 5 * minute);
    expect(house.stopped()).toEqual([]);
    house.stubborn.add('120');
    expect(house.plays(3 * minute).stopped()).toEqual(['120']);
    expect(house.why(house.of('120'))).toMatch(/its lease ended.*warned/);
    house.stops('120').decided();
    expect(house.plays(3 * day).decided()).toEqual([]);
    expect(shown(house)).toMatchObject({ state: 'over' });
  });

  it('is renewed before its end, to its length from then, and its warnings are those of the new stop', () => {
    const house = space()
      .plays(13 * day)
      .renews('120');
    expect(house.plays(10 * day).stopped()).toEqual([]);
    expect(house.plays(5 * day).stopped()).toEqual(['120']);
    expect(house.warnings().filter((each) => each.includes('2026-11-30'))).toHaveLength(2);
  });

  it('is no more the one that was warned of once its VM was seen off: who starts it 100 ms later keeps it', () => {
    const house = space();
    house.stubborn.add('120');
    expect(house.plays(15 * day).stopped()).toEqual(['120']);
    house.stops('120');
    house.now += 100;
    house.starts('120').begins('120');
    expect(house.plays(day).stopped()).toEqual([]);
    expect(shown(house)).toMatchObject({ state: 'running', number: 2 });
  });

  it('that ended stops its VM again, after a warning, when that runs again without a new one', () => {
    const house = space().plays(18 * day);
    house.decided();
    house.starts('120');
    expect(house.plays(30 * second).warnings()).toHaveLength(2);
    house.plays(2 * minute);
    expect(house.warnings().at(-1)).toMatch(/^120 last 2026-11-2[23]/);
    expect(shown(house)).toMatchObject({ state: 'moved', why: expect.stringContaining('runs again') });
    expect(house.stopped()).toEqual([]);
    expect(house.plays(2 * day).stopped()).toEqual(['120']);
  });

  it('is its own alone: of another class, owner, incarnation, or unseen, nothing is stopped', () => {
    const others = new LeaseSpace()
      .leased('110', { class: 'space-wide' })
      .leased('101', { class: 'core' })
      .leased('121')
      .leased('122')
      .leased('123');
    const ownership = new Map(others.facts.ownership);
    ownership.delete(idOf('121'));
    const guest = others.facts.vm.get('122');
    const vm = new Map(others.facts.vm).set('122', { ...guest, incarnation: 'b' } as never);
    vm.delete('123');
    others.facts = { ...others.facts, ownership, vm };
    expect(
      others
        .look()
        .plays(20 * day)
        .stopped(),
    ).toEqual([]);
    expect(others.warnings()).toEqual([]);
    const hidden = space()
      .plays(13 * day)
      .hides('vm');
    expect(hidden.plays(10 * day).stopped()).toEqual([]);
    expect(shown(hidden)).toBeDefined();
  });
});

describe('nobody is surprised:', () => {
  it('a clause that was just armed warns now, and the stop moves to the first time a day on', () => {
    const house = space();
    house.modes = new Map();
    house.plays(20 * day);
    expect(house.warnings()).toEqual([]);
    house.stubborn.add('120');
    expect(house.decided()).toEqual(['120 stopped?']);
    house.arm('lease/PART-4');
    expect(house.warnings()).toEqual(['120 last 2026-11-24T17:00:00.000Z']);
    expect(shown(house)).toMatchObject({ state: 'moved', plannedStop: '2026-11-24T17:00:00.000Z' });
    expect(house.plays(day - minute).stopped()).toEqual([]);
    expect(house.plays(7 * hour).stopped()).toEqual(['120']);
  });

  it('while nothing can be handed over each stop moves, for however long, and that is one violation', () => {
    const house = space().leased('121');
    house.mailOfAll = 'away';
    house.plays(18 * day);
    expect(house.stopped()).toEqual([]);
    expect(house.open()).toEqual(['lease-unsent mail/main']);
    house.mailOfAll = 'takes';
    house.plays(minute);
    expect(house.open()).toEqual([]);
    expect(house.plays(day - minute).stopped()).toEqual([]);
    expect(house.plays(day + 2 * minute).stopped()).toEqual(['120', '121']);
  });

  it('who is refused for good keeps no VM running by that; the team is told', () => {
    const house = space();
    house.mail.set('owner-of-120', 'refuses');
    house.plays(12 * day);
    expect(house.open()).toEqual(['lease-undeliverable vm/120']);
    expect(house.plays(3 * day).stopped()).toEqual(['120']);
  });

  it('a VM of a project that was granted another class goes on, also where its pool does not follow', () => {
    const house = space().inProject('120', 'participant');
    house.plays(14 * day - hour);
    expect(house.warnings()).toHaveLength(2);
    house.inProject('120', 'space-wide').plays(30 * day);
    expect(house.stopped()).toEqual([]);
    expect(shown(house)).toBeUndefined();
    // Undone: what was said a month ago counts for nothing.
    house.inProject('120', 'participant').plays(minute);
    expect(shown(house)).toMatchObject({ state: 'moved' });
    expect(house.plays(day - minute).stopped()).toEqual([]);
    expect(house.plays(day).stopped()).toEqual(['120']);
  });

  it('one who takes the VM over the day before is warned first', () => {
    const house = space().plays(14 * day - hour);
    const ownership = new Map(house.facts.ownership).set(idOf('120'), {
      ownership: idOf('120'),
      vm: '120',
      incarnation: 'a',
      owner: 'another',
    });
    house.facts = { ...house.facts, ownership };
    house.look().plays(day);
    expect(house.stopped()).toEqual([]);
    expect(house.plays(day).stopped()).toEqual(['120']);
  });

  it('nothing is stopped or put off while the clock is not believed, and a warning from before counts from its acceptance', () => {
    const house = space()
      .plays(14 * day - hour)
      .clock({ insane: 'jumped' });
    house.plays(3 * day);
    expect(house.stopped()).toEqual([]);
    expect(house.open()).toEqual(['lease-clock clock/main']);
    house.clock({ acceptedAt: house.now });
    house.plays(minute);
    expect(shown(house)).toMatchObject({ state: 'moved' });
    expect(house.open()).toEqual([]);
    expect(house.plays(day - minute).stopped()).toEqual([]);
    expect(house.plays(day).stopped()).toEqual(['120']);
  });

  it('a time of the day that settings change is one that was not warned of', () => {
    const house = space().plays(14 * day - hour);
    const { lease } = house.settings;
    house.settings = {
      ...house.settings,
      lease: { ...lease, expireAt: { ...lease.expireAt, minutes: 900 } },
    };
    expect(house.look().plays(day).stopped()).toEqual([]);
    expect(house.plays(day).stopped()).toEqual(['120']);
  });
});

describe('what stands in the way of a stop:', () => {
  it('a hold, and after it the VM goes off, since its owner was warned', () => {
    const house = space().plays(14 * day);
    house.hold('120', 20 * hour);
    house.plays(10 * hour);
    expect(house.of('120')).toMatchObject({ state: 'hands-off', rule: 'hold' });
    expect(shown(house)).toMatchObject({ state: 'held' });
    house.decided();
    expect(house.plays(10 * hour + minute).stopped()).toEqual(['120']);
  });

  it('that five go off in an hour: the others wait, and the team is told', () => {
    const house = new LeaseSpace();
    const vms = Array.from({ length: 7 }, (_, index) => `${120 + index}`);
    for (const vm of vms) house.leased(vm);
    for (let more = 200; more < 240; more += 1) house.leased(`${more}`, { length: 60 * day });
    for (const vm of vms) house.stubborn.add(vm);
    house.plays(14 * day + 5 * hour).after(hour + second);
    expect(house.stopped()).toEqual(vms.slice(0, 5));
    expect(house.open()).toEqual(['lease-waits space/main']);
    expect(shown(house, '126')).toMatchObject({ state: 'limited' });
    house.stops(...vms.slice(0, 5)).decided();
    expect(house.after(58 * minute).stopped()).toEqual([]);
    expect(house.after(2 * minute).stopped()).toEqual(['125', '126']);
    expect(house.open()).toEqual([]);
  });

  it('no more than a fifth of those that run, and three in any case', () => {
    const house = new LeaseSpace();
    for (let vm = 120; vm < 126; vm += 1) house.leased(`${vm}`);
    house.plays(14 * day + 5 * hour).after(hour);
    expect(house.stopped()).toEqual(['120', '121', '122']);
  });

  it('those that went off late, when others had their slots, count in that hour too', () => {
    const house = new LeaseSpace();
    const vms = Array.from({ length: 10 }, (_, index) => `${120 + index}`);
    for (const vm of vms) house.leased(vm).stubborn.add(vm);
    for (let more = 200; more < 240; more += 1) house.leased(`${more}`, { length: 60 * day });
    house.plays(14 * day + 5 * hour).after(hour + second);
    const asked = () => house.decided().filter((each) => each.endsWith(' stopped'));
    expect(asked()).toHaveLength(5);
    expect(house.after(11 * minute).stopped()).toEqual(vms.slice(5));
    house.decided();
    house.stops('120', '121', '122').after(11 * minute);
    expect(asked()).toEqual(['123 stopped', '124 stopped']);
  });

  it('one that cannot be stopped leaves its slot to the next, and is asked again after it', () => {
    const house = new LeaseSpace();
    for (let vm = 120; vm < 125; vm += 1) house.leased(`${vm}`);
    house
      .plays(14 * day + 5 * hour)
      .after(hour)
      .decided();
    house.vm('vm.power-failed', '120', { generation: 1, retry: false });
    expect(house.decided()).toEqual(['123 stopped', '120 hands-off']);
    expect(house.open()).toContain('lease-not-stopped vm/120');
    // Locked, so that nothing comes of it for ten minutes; one that is shutting down keeps its slot.
    house.vm('vm.power-requested', '121', { act: 'shutdown' });
    house.after(11 * minute);
    expect(new Set(house.decided())).toEqual(
      new Set(['120 stopped', '121 stopped', '122 hands-off', '123 hands-off', '124 stopped']),
    );
  });
});

it('starts from before a power cut, a migration or a backup go on as they were: only facts make a new lease', () => {
  const house = space()
    .plays(5 * day)
    .vm('vm.moved', '120', { node: 'pve2' });
  house.stops('120').plays(minute).starts('120');
  expect(shown(house)).toMatchObject({ plannedStop: stop, number: 1 });
  expect(house.plays(10 * day).stopped()).toEqual(['120']);
});

it('begins on another day', () => {
  expect(new LeaseSpace(tuesday + day).leased('120').stopped()).toEqual([]);
});
