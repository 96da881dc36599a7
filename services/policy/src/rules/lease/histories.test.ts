import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, idOf, LeaseSpace, leaseShown } from '../../../test/lease-space.ts';
import { hour, minute } from '../../../test/power-space.ts';
import type { OwnershipFact } from '../../facts/ownership.ts';
import type { Guest } from '../../facts/vm.ts';
import { firstAtOrAfter } from '../civil-time.ts';

const wanted = process.env.HUISMEESTER_HISTORIES;
/** The same histories each time, so that a red test is the change's own fault; a longer search finds new ones. */
const search = wanted === undefined ? { numRuns: 70, seed: 1 } : { numRuns: Number(wanted) };

const vms = ['120', '121', '122', '123', '124', '125', '126'] as const;
const vm = fc.constantFrom(...vms);

const warnBeforeMs = fc.constantFrom<readonly number[]>(
  [72 * hour, 24 * hour],
  [24 * hour],
  [100 * hour, 48 * hour],
);

/** What may happen, each as a step of a history. */
const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ is: fc.constant('time' as const), ms: fc.integer({ min: minute, max: 5 * day }) }),
  },
  // Most of what could go wrong does so about a planned stop.
  {
    weight: 8,
    arbitrary: fc.record({
      is: fc.constant('near' as const),
      vm,
      ms: fc.constantFrom(
        80 * hour,
        26 * hour,
        24 * hour,
        20 * hour,
        5 * hour,
        minute,
        -minute,
        -90 * minute,
      ),
    }),
  },
  // A warning that is handed over later than a day before its stop, while nobody looks: so the one check that nobody is surprised hangs on is tried.
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant('late' as const),
      vm,
      blind: fc.constantFrom('hidden' as const, 'clock' as const, 'dry-run' as const),
      untilMs: fc.constantFrom(minute, 6 * hour, 12 * hour, 23.5 * hour),
    }),
  },
  fc.record({
    is: fc.constantFrom(
      'start' as const,
      'boot' as const,
      'stop' as const,
      'renew' as const,
      'move' as const,
      'replace' as const,
      'reclassify' as const,
      'core' as const,
      'relist' as const,
      'unlist' as const,
      'hand-over' as const,
      'disown' as const,
      'offer' as const,
      'lock' as const,
      'unlock' as const,
      'refused' as const,
      'refused-for-now' as const,
    ),
    vm,
  }),
  fc.record({ is: fc.constant('hold' as const), vm, ms: fc.integer({ min: minute, max: day }) }),
  fc.record({ is: fc.constant('down' as const), ms: fc.integer({ min: minute, max: 20 * day }) }),
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant('jump' as const),
      ms: fc.constantFrom(-30 * day, -5 * hour, 2 * hour, 3 * day, 40 * day),
      isAccepted: fc.boolean(),
    }),
  },
  fc.record({
    is: fc.constant('mail' as const),
    mail: fc.constantFrom(
      'takes' as const,
      'takes' as const,
      'takes' as const,
      'away' as const,
      'later' as const,
      'refuses' as const,
    ),
  }),
  fc.record({
    is: fc.constant('mode' as const),
    mode: fc.constantFrom('enforce' as const, 'enforce' as const, 'dry-run' as const),
  }),
  fc.record({ is: fc.constantFrom('hide' as const, 'show' as const, 'accept' as const) }),
  fc.record({
    is: fc.constant('settings' as const),
    minutes: fc.constantFrom(0, 150, 600, 18 * 60),
    warnBeforeMs,
  }),
);
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

/** A space of seven VMs, and what is true of it whatever policy believes. */
class History {
  readonly space = new LeaseSpace();
  /** How far the civil clock is ahead of the true time, ms. */
  private ahead = 0;
  private people = 0;
  /** What was set, so that times that are known need not be those of one clock, or of one time of the day. */
  private readonly set = new Set<'clock' | 'settings'>();
  /** By who was warned of which stop of which VM, the true time at which the mail server took that, or refused it for good. */
  private readonly delivered = new Map<string, number>();
  private seenGenerations = new Map<string, number>();
  private readonly offs: number[] = [];

  constructor(warnBeforeMs: readonly number[]) {
    const { space } = this;
    space.settings = { ...space.settings, lease: { ...space.settings.lease, warnBeforeMs } };
    space.watch = () => this.check();
    space.wentOff = () => this.offs.push(this.trueNow);
    space.answered = ({ to, subject, moment }, mail) => {
      const isOver = mail === 'takes' || mail === 'refuses';
      if (isOver && to !== 'team') this.deliver(`${to.person} ${subject} ${moment}`);
    };
    for (const each of vms) space.leased(each);
    for (let other = 200; other < 206; other += 1) space.leased(`${other}`, { length: 400 * day });
  }

  private deliver(key: string): void {
    if (!this.delivered.has(key)) this.delivered.set(key, this.trueNow);
  }

  private get trueNow(): number {
    return this.space.now - this.ahead;
  }

  play(each: Step): void {
    const { space } = this;
    switch (each.is) {
      case 'time':
        space.plays(each.ms);
        return;
      case 'near':
        this.near(each.vm, each.ms);
        return;
      case 'late':
        this.late(each);
        return;
      case 'down':
        space.now += each.ms;
        space.look();
        return;
      case 'jump':
        space.now += each.ms;
        this.ahead += each.ms;
        this.set.add('clock');
        space.startedAt = space.now;
        space.clock({ insane: 'jumped' });
        if (each.isAccepted) space.clock({ acceptedAt: space.now });
        return;
      case 'accept':
        if (space.facts.clock.get('main')?.insane) space.clock({ acceptedAt: space.now });
        return;
      case 'mail':
        space.mailOfAll = each.mail;
        space.look();
        return;
      case 'mode':
        this.arm(each.mode === 'enforce');
        return;
      case 'hide':
        space.losesVmLifecycle();
        return;
      case 'show':
        space.shows();
        return;
      case 'settings': {
        const { lease } = space.settings;
        const { minutes, warnBeforeMs } = each;
        this.set.add('settings');
        space.settings = {
          ...space.settings,
          lease: { ...lease, warnBeforeMs, expireAt: { ...lease.expireAt, minutes } },
        };
        space.look();
        return;
      }
      case 'hold':
        space.hold(each.vm, each.ms, `${each.vm} ${space.now}`);
        return;
      default:
        this.playOf(each.is, each.vm);
    }
  }

  /** Until `ms` before (or after) the planned stop of a VM. */
  private near(id: string, ms: number): void {
    const { space } = this;
    const planned = leaseShown(space).find((shown) => shown.vm === id)?.plannedStop;
    const left = planned === undefined ? 0 : Date.parse(planned) - ms - space.now;
    if (left > 0) space.plays(left);
  }

  /** Nothing is handed over until `untilMs` before the planned stop of a VM, and for a while about a day before it the rule cannot look. */
  private late({ vm: id, blind, untilMs }: Extract<Step, { is: 'late' }>): void {
    const { space } = this;
    this.near(id, 110 * hour);
    space.mailOfAll = 'away';
    this.near(id, 24 * hour + minute);
    if (blind === 'hidden') space.losesVmLifecycle();
    else if (blind === 'clock') space.clock({ insane: 'jumped' });
    else this.arm(false);
    space.plays(24 * hour + minute - untilMs);
    space.mailOfAll = 'takes';
    space.look();
    if (blind === 'hidden') space.shows();
    else if (blind === 'clock') space.clock({ acceptedAt: space.now });
    else this.arm(true);
    this.near(id, -hour);
  }

  private arm(isArmed: boolean): void {
    this.space.modes = isArmed ? new Map([['lease/PART-4', 'enforce']]) : new Map();
    this.space.look();
  }

  private playOf(is: string, id: string): void {
    const { space } = this;
    const guest = space.facts.vm.get(id);
    if (!guest) return;
    const incarnation = guest.incarnation ?? 'a';
    const acts: Readonly<Record<string, () => unknown>> = {
      start: () => guest.running || space.starts(id).begins(id, 14 * day, incarnation),
      boot: () => guest.running || space.starts(id),
      stop: () => guest.running && space.stops(id),
      renew: () => guest.running && space.renews(id, 14 * day, incarnation),
      move: () => space.vm('vm.moved', id, { node: guest.node === 'pve1' ? 'pve2' : 'pve1' }),
      replace: () =>
        this.guest(id, { ...guest, incarnation: `${incarnation}b`, running: true, foundAt: space.now }),
      reclassify: () =>
        this.guest(id, {
          ...guest,
          class: guest.class === 'participant' ? 'space-wide' : 'participant',
        }),
      core: () => this.guest(id, { ...guest, class: 'core' }),
      unlist: () => this.unlist(id),
      relist: () => this.guest(id, { ...guest, foundAt: space.now }),
      'hand-over': () => this.owns(idOf(id, incarnation), true),
      disown: () => this.owns(idOf(id, incarnation), false),
      offer: () => this.offer(idOf(id, incarnation)),
      lock: () => space.stubborn.add(id),
      unlock: () => space.stubborn.delete(id),
      refused: () => space.mail.set(`owner-of-${id}`, 'refuses'),
      'refused-for-now': () => space.mail.set(`owner-of-${id}`, 'later'),
    };
    acts[is]?.();
  }

  /** Somebody else owns it from now on, or nobody. */
  private owns(id: string, isOwned: boolean): void {
    const { space } = this;
    const ownership = new Map(space.facts.ownership);
    const known = ownership.get(id);
    this.people += 1;
    if (known && isOwned) ownership.set(id, { ...known, owner: `owner-${this.people}` });
    else ownership.delete(id);
    space.facts = { ...space.facts, ownership };
    space.look();
  }

  /** It waits for its first owner. */
  private offer(id: string): void {
    const { space } = this;
    const { owner: _, ...known } = space.facts.ownership.get(id) ?? {};
    if ('ownership' in known)
      space.facts = {
        ...space.facts,
        ownership: new Map(space.facts.ownership).set(id, known as OwnershipFact),
      };
    space.look();
  }

  private guest(id: string, guest: Guest): void {
    const { space } = this;
    space.facts = { ...space.facts, vm: new Map(space.facts.vm).set(id, guest) };
    space.look();
  }

  /** It is in no listing any more, so nobody knows anything of it. */
  private unlist(id: string): void {
    const { space } = this;
    const guests = new Map(space.facts.vm);
    guests.delete(id);
    space.facts = { ...space.facts, vm: guests };
    space.look();
  }

  /** After each look. */
  private check(): void {
    const { space } = this;
    if (space.modes.size === 0) expect(space.last?.notices.filter(({ to }) => to !== 'team')).toEqual([]);
    for (const guest of space.facts.vm.values()) {
      const decided = space.of(guest.vm);
      if (!decided || this.seenGenerations.get(guest.vm) === decided.generation) continue;
      this.seenGenerations.set(guest.vm, decided.generation);
      // By its lease nothing is ever started, nor anything else done to it.
      expect(['stopped', 'hands-off']).toContain(decided.state);
      if (decided.state === 'stopped') this.checkStop(guest);
    }
    this.checkVisible();
  }

  /**
   * Whatever stood in the way is over, and three weeks go by: all leases have ended by then, and all their VMs are off, also of those whom no mail
   * reaches. Each may have been put off, twice at most, and have waited for others.
   */
  ends(): void {
    const { space } = this;
    this.arm(true);
    space.shows();
    this.play({ is: 'accept' });
    space.stubborn.clear();
    space.mailOfAll = 'takes';
    for (const [person, mail] of space.mail) if (mail !== 'refuses') space.mail.delete(person);
    space.look();
    const before = space.now;
    space.plays(21 * day);
    for (const [id, { vm, ends }] of space.facts.lease) {
      const guest = space.facts.vm.get(vm);
      const owned = space.facts.ownership.get(id);
      const isOwn = guest?.class === 'participant' && idOf(vm, guest.incarnation) === id;
      if (ends > before + 14 * day || !isOwn || owned?.owner === undefined) continue;
      expect(guest.running, `${vm} at ${new Date(space.now).toISOString()}, three weeks later`).toBe(false);
    }
  }

  /** The invariant of PART-4, in true time. */
  private checkStop(guest: Guest): void {
    const { facts, now, unseen, modes } = this.space;
    const at = `${guest.vm} at ${new Date(now).toISOString()}`;
    expect(modes.get('lease/PART-4'), at).toBe('enforce');
    expect(unseen.size, at).toBe(0);
    expect(guest.class, at).toBe('participant');
    const owner = facts.ownership.get(idOf(guest.vm, guest.incarnation))?.owner;
    expect(owner, at).toBeDefined();
    expect(facts.clock.get('main')?.insane, at).toBeUndefined();
    // The warning named this stop, which lies after the lease's end and not ahead.
    const planned = leaseShown(this.space).find(({ vm: of }) => of === guest.vm)?.plannedStop ?? '';
    const warnedAt = this.delivered.get(`${owner} vm/${guest.vm} ${planned}`);
    expect(warnedAt, at).toBeLessThanOrEqual(this.trueNow - day);
    expect(Date.parse(planned), at).toBeLessThanOrEqual(now);
    const { ends = 0 } = facts.lease.get(idOf(guest.vm, guest.incarnation)) ?? {};
    expect(Date.parse(planned), at).toBeGreaterThanOrEqual(ends);
    if (this.set.size > 0) return;
    expect(Date.parse(planned), at).toBe(
      firstAtOrAfter(Date.parse(planned), this.space.settings.lease.expireAt),
    );
    // Of one that was off then nobody expects that it is stopped.
    expect(Math.max(guest.startedAt ?? 0, guest.foundAt ?? 0), at).toBeLessThanOrEqual(Date.parse(planned));
  }

  /** Whoever runs although the time has come is being stopped, or it is shown why not; and nobody else is. */
  private checkVisible(): void {
    const { space } = this;
    for (const shown of leaseShown(space)) {
      const at = `${shown.vm} ${shown.state} at ${new Date(space.now).toISOString()}`;
      const isStopping = space.of(shown.vm)?.state === 'stopped' && space.of(shown.vm)?.rule === 'lease';
      const guest = space.facts.vm.get(shown.vm);
      if (['running', 'warned', 'moved'].includes(shown.state)) {
        expect(Date.parse(shown.plannedStop), at).toBeGreaterThan(space.now);
        expect(isStopping && guest?.running, at).toBeFalsy();
      }
      const isArmed = space.modes.size > 0;
      if (shown.state === 'due' && isArmed) expect(isStopping, at).toBe(true);
    }
    const recent = this.offs.filter((each) => each > this.trueNow - hour);
    expect(recent.length).toBeLessThanOrEqual(space.settings.lease.mostPerHour);
  }
}

/**
 * Seldom found by chance: a clock that was set ahead between a warning and the stop that it names, a node that boots after it, somebody whom no
 * mail reaches, and a VM that waits for its first owner.
 */
const examples: [readonly number[], Step[]][] = [
  // Put off by a clock that was wrong, which somebody accepted.
  [
    [72 * hour, 24 * hour],
    [
      { is: 'late', vm: '120', blind: 'hidden', untilMs: minute },
      { is: 'jump', ms: 40 * day, isAccepted: true },
      { is: 'jump', ms: -30 * day, isAccepted: false },
      { is: 'late', vm: '120', blind: 'hidden', untilMs: minute },
      { is: 'near', vm: '120', ms: 80 * hour },
      { is: 'down', ms: minute },
      { is: 'near', vm: '120', ms: 80 * hour },
    ],
  ],
  [
    [24 * hour],
    [
      { is: 'near', vm: '120', ms: 20 * hour },
      { is: 'jump', ms: 2 * hour, isAccepted: true },
      { is: 'near', vm: '120', ms: -90 * minute },
      { is: 'time', ms: 3 * day },
    ],
  ],
  [
    [72 * hour, 24 * hour],
    [
      { is: 'near', vm: '120', ms: -90 * minute },
      { is: 'boot', vm: '120' },
      { is: 'time', ms: 3 * day },
    ],
  ],
  [
    [72 * hour, 24 * hour],
    [
      { is: 'refused', vm: '120' },
      { is: 'offer', vm: '121' },
    ],
  ],
];

describe('whatever happens', { timeout: 600_000 }, () => {
  it('a VM is stopped by its lease only a day after a warning of it, and whoever runs on is shown to', () => {
    let stops = 0;
    fc.assert(
      fc.property(warnBeforeMs, fc.array(step, { minLength: 5, maxLength: 18 }), (warn, steps) => {
        const history = new History(warn);
        for (const each of steps) history.play(each);
        history.ends();
        stops += history.space.stopped().length;
      }),
      { ...search, examples },
    );
    // Something has to have happened.
    expect(stops).toBeGreaterThan(0);
  });
});
