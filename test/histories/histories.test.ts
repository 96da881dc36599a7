import { partsOf } from '@huismeester/policy/desired/target';
import { withDoubts } from '@huismeester/policy/facts/doubt';
import { classes } from '@huismeester/policy/rules/power/plan';
import { defaults, fedBy, minute, second } from '@huismeester/policy/test/power-space';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Intent } from './cores.ts';
import { type Happening, type SpaceOptions, World } from './world.ts';

const wanted = process.env.HUISMEESTER_HISTORIES;
/** The same histories each time, so that a red test is the change's own fault; a longer search finds new ones. */
const search = wanted === undefined ? { numRuns: 100, seed: 1 } : { numRuns: Number(wanted) };
const vms = ['101', '102', '110', '111', '120', '121', '122'] as const;
const nodes = ['pve1', 'pve2'] as const;

/** Two nodes on one UPS, and a third that no UPS feeds. */
const settings = { ...defaults, nodes: fedBy({ pve1: ['rack'], pve2: ['rack'], pve3: [] }) };

const space = fc.record({
  settings: fc.constant(settings),
  guests: fc.tuple(
    ...vms.map((vm) =>
      fc.record({
        vm: fc.constant(vm),
        class: fc.constant(vm < '110' ? 'core' : vm < '120' ? 'space-wide' : 'participant'),
        node: fc.constantFrom(...nodes),
        shutdownMs: fc.integer({ min: second, max: minute }),
        running: fc.constantFrom(true, true, true, false),
      }),
    ),
  ),
  batteryMs: fc.integer({ min: 4 * minute, max: 60 * minute }),
  tellsRuntime: fc.boolean(),
  lowMs: fc.constantFrom(0, 2 * minute),
}) as fc.Arbitrary<SpaceOptions>;

const length = fc.constantFrom(second, 10 * second, minute, 10 * minute, 180 * minute);
/** How far the civil clock is set back or ahead. */
const jumps = [-30 * second, 30 * second, -10 * minute, 10 * minute];
const power = fc.constantFrom({ is: 'cut' }, { is: 'back' }) as fc.Arbitrary<Happening['what']>;
const faults: fc.Arbitrary<Happening['what']> = fc.oneof(
  fc.record({ is: fc.constantFrom('contact-lost', 'contact') }),
  fc.record({ is: fc.constantFrom('process-down', 'unreachable'), ms: length }),
  fc.record({
    is: fc.constant('trouble' as const),
    trouble: fc.constantFrom('lost', 'lost-but-done', 'error'),
  }),
  fc.record({ is: fc.constant('move' as const), vm: fc.constantFrom(...vms), to: fc.constantFrom(...nodes) }),
  fc.record({ is: fc.constant('clock' as const), ms: fc.constantFrom(...jumps) }),
) as fc.Arbitrary<Happening['what']>;
const people: fc.Arbitrary<Happening['what']> = fc.oneof(
  fc.record({ is: fc.constant('hold' as const), vm: fc.constantFrom(...vms), ms: length }),
  fc.record({ is: fc.constant('person' as const), vm: fc.constantFrom(...vms), starts: fc.boolean() }),
  fc.record({ is: fc.constant('trouble' as const), trouble: fc.constant('refused' as const) }),
  fc.record({ is: fc.constant('move' as const), vm: fc.constantFrom(...vms), to: fc.constant('pve3') }),
) as fc.Arbitrary<Happening['what']>;

const happenings = (what: fc.Arbitrary<Happening['what']>): fc.Arbitrary<Happening[]> =>
  fc.array(
    fc.record({
      afterMs: fc.oneof(fc.integer({ min: 0, max: 20 * second }), fc.integer({ min: 0, max: 15 * minute })),
      what,
    }),
    { maxLength: 12 },
  );
const anything = happenings(fc.oneof({ weight: 3, arbitrary: power }, faults, people));

/** What stands in the way of a good end is over, and mains stays. */
const calm: Happening[] = [
  { afterMs: second, what: { is: 'back' } },
  { afterMs: 0, what: { is: 'contact' } },
];

const check = (name: string, property: fc.IProperty<unknown> | fc.IPropertyWithHooks<never>) =>
  it(name, { timeout: 600_000 }, () => {
    fc.assert(property as fc.IProperty<unknown>, search);
  });

describe('whatever happens', () => {
  check(
    'no generation is asked for twice without a recorded reason, nor done twice',
    fc.property(space, anything, (options, story) => {
      const world = new World(options)
        .play(story)
        .play(calm)
        .pass(60 * minute);
      for (const asked of Map.groupBy(world.cores.intents, byGeneration).values()) {
        for (const again of asked.slice(1)) expect(again.because, JSON.stringify(asked)).toBeDefined();
        const done = world.proxmox.tasks.filter(
          ({ vm, act, startedAt, exit }) =>
            exit === 'OK' &&
            asked.some((each) => each.vm === vm && each.act === act && each.at === startedAt),
        );
        expect(done.length, JSON.stringify(asked)).toBeLessThanOrEqual(1);
      }
    }),
  );

  check(
    'nothing is done to a guest that is on hold, or of which nothing or something else is wanted',
    fc.property(space, anything, (options, story) => {
      const world = new World(options)
        .play(story)
        .play(calm)
        .pass(60 * minute);
      for (const { act, held, wanted } of world.cores.intents) {
        expect(held).toBe(false);
        expect(wanted).toBe(act === 'start' ? 'running' : 'stopped');
      }
    }),
  );

  check(
    'no class goes before an earlier one was asked to',
    fc.property(space, anything, (options, story) => {
      const world = new World(options);
      const { cores } = world;
      world.watch = ({ generations }) => {
        for (const { decided } of generations) {
          const guest = cores.facts.vm.get(partsOf(decided.target).id);
          if (decided.state !== 'stopped' || !guest) continue;
          for (const other of cores.facts.vm.values()) {
            const earlier = classes.indexOf(other.class) < classes.indexOf(guest.class);
            if (!earlier || other.node !== guest.node || !other.running || cores.isHeld(other.vm)) continue;
            expect(cores.wanted(other.vm)?.state).toBe('stopped');
          }
        }
      };
      world.play(story);
    }),
  );
});

check(
  'with a low battery whatever may go is asked to, whatever was before',
  fc.property(space, anything, (options, story) => {
    const world = new World({ ...options, lowMs: 2 * minute });
    const { cores } = world;
    world.watch = () => {
      const feed = withDoubts(cores.facts.ups, cores.startedAt).get('rack');
      if (feed?.mains !== 'on-battery' || !feed.low || feed.doubted) return;
      for (const guest of cores.facts.vm.values()) {
        if (!guest.running || guest.node === 'pve3' || cores.isHeld(guest.vm)) continue;
        expect(cores.wanted(guest.vm)?.state, guest.vm).toBe('stopped');
      }
    };
    world.play(story);
  }),
);

check(
  'after stable mains everything that ran before runs again, whatever failed on the way',
  fc.property(space, happenings(fc.oneof({ weight: 3, arbitrary: power }, faults)), (options, story) => {
    // So long, since a battery of unknown charge is trusted after as much mains as there was none, as seen by a
    // process that may have been down for most of it.
    const world = new World(options)
      .play(story)
      .play(calm)
      .pass(72 * 60 * minute);
    for (const { vm, running } of options.guests) {
      expect(world.proxmox.guests.get(vm)?.running, vm).toBe(running);
    }
  }),
);

check(
  'with enough runtime every guest is down cleanly before the battery ends',
  fc.property(space, fc.boolean(), (options, tellsRuntime) => {
    // Nothing but counting backwards from the runtime, or the time on battery, says when: no limit and no LB helps.
    const never = { runtimeMs: 0, chargePct: 0 };
    const below = {
      'space-wide': { ...defaults.plan.below['space-wide'], ...never },
      core: { ...defaults.plan.below.core, ...never },
    };
    const plan = { ...defaults.plan, below, reserveMs: minute };
    // The hold, and each class as long as it can take with so many at once, one after the other; or the times told.
    const enough = tellsRuntime ? 30 * second + minute + 3 * (2 * minute) : 12 * minute;
    const world = new World({
      ...options,
      settings: { ...settings, plan },
      lowMs: 0,
      batteryMs: enough,
      tellsRuntime,
    });
    world.play([{ afterMs: minute, what: { is: 'cut' } }]).pass(enough + second);
    const crashed = [...world.proxmox.guests.values()].filter((guest) => guest.crashed);
    expect(crashed.map(({ vm }) => vm)).toEqual([]);
  }),
);

function byGeneration({ vm, generation }: Intent): string {
  return `${vm}#${generation}`;
}
