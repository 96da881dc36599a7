import type { Drill } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { defaults, fedBy, minute, PowerSpace } from '../../../../test/power-space.ts';
import type { DrillOf } from './batteries.ts';
import { drill } from './drill.ts';

const house = (): PowerSpace => {
  const space = new PowerSpace([
    ['101', 'core'],
    ['110', 'space-wide'],
    ['120', 'participant'],
    ['121', 'participant', false],
  ]).ups('ups.on-mains', { charge_pct: 100, runtime_s: 30 * 60 });
  space.settings = { ...defaults, nodes: fedBy({ pve1: ['rack'] }, { wake: 'ups-cycle' }) };
  return space;
};
const play = (space: PowerSpace, asked: Partial<DrillOf> = {}): Drill =>
  drill(space.facts, space, { ups: ['rack'], ...asked }, space.now);
const problems = ({ problems: all }: Drill) =>
  all.map(({ about, reasons }) => `${about} ${reasons[0]?.code}`);

describe('a drill', () => {
  it('tells guest by guest what would happen, when, why, and when it comes back', () => {
    const told = play(house());
    expect(told).toMatchObject({ fits: true, ups: ['rack'], empty_s: 1800, problems: [] });
    expect(told.guests.map(({ vm, fate, at_s, down_s }) => [vm, fate, at_s, down_s])).toEqual([
      ['120', 'shut-down', 180, 240],
      // Charge 34 % comes before 8 minutes of runtime.
      ['110', 'shut-down', 1188, 1248],
      ['101', 'shut-down', 1458, 1518],
      ['121', 'off', undefined, undefined],
    ]);
    expect(told.guests[0]?.reason).toMatch(/on battery for 180 s; participants' VMs go first/);
    expect(told.guests.map(({ back_s }) => back_s)).toEqual([320, 310, 300, undefined]);
    expect(told.stages.map(({ stage }) => stage)).toEqual(['hold', 'participant', 'space-wide', 'core']);
  });

  it('touches nothing', () => {
    const space = house();
    const before = structuredClone(space.facts);
    play(space);
    expect(space.facts).toEqual(before);
  });

  it('says what is in dry-run, and decides as if it was not', () => {
    const space = house();
    space.modes = new Map();
    const told = play(space);
    expect(told.fits).toBe(true);
    expect(problems(told)).toEqual(['rule/power/SPACE-3 in-dry-run', 'rule/power/CORE-1 in-dry-run']);
    expect(told.guests[0]).toMatchObject({ vm: '120', fate: 'shut-down', mode: 'dry-run' });
  });

  it('does not fit while a hypervisor does not answer, since nothing on it could be shut down', () => {
    const told = play(house().hypervisor(false));
    expect(told.fits).toBe(false);
    expect(problems(told)).toEqual(['hypervisor/pve hypervisor-away']);
    expect(problems(play(house().hypervisor(true)))).toEqual([]);
  });

  it('does not fit when the plan is longer than the battery', () => {
    const space = house();
    space.settings = {
      ...space.settings,
      plan: { ...space.settings.plan, expectedShutdownMs: 10 * minute },
    };
    const told = play(space, { runtimeMs: 9 * minute });
    expect(told.fits).toBe(false);
    expect(problems(told)).toContain('vm/101 loses-power');
  });

  it('does not fit when a stage begins with the power cut, a node has no way back, or no feed', () => {
    const short = play(house(), { runtimeMs: 6 * minute });
    expect(problems(short)).toContain('policy.power.space-wide stage-at-once');
    const space = house();
    space.settings = { ...defaults, nodes: fedBy({ pve1: ['rack'] }) };
    expect(problems(play(space))).toEqual(['node/pve-pve1 no-way-back']);
    space.settings = { ...defaults, nodes: fedBy({ pve1: [] }) };
    expect(problems(play(space))).toEqual(['node/pve-pve1 no-feed', 'ups/rack feeds-nothing']);
    expect(play(space).fits).toBe(false);
  });

  it('warns of what it cannot know, of guests without an agent, and of holds', () => {
    const space = house().hold('110', 60 * minute);
    space.vm('vm.inspected', '101', { onboot: false, agent: false, ha: false });
    space.settings = { ...space.settings, self: new Set(['vm/120', 'switch/sw1']) };
    space.vm('vm.inspected', '120', { onboot: false, ha: false });
    const told = play(space);
    expect(problems(told)).toEqual([
      'vm/120 self-not-onboot',
      'vm/101 no-agent',
      'vm/110 on-hold-now',
      'switch/sw1 power-not-known',
    ]);
    expect(told.guests.find(({ vm }) => vm === '120')?.fate).toBe('with-its-node');
  });

  it('plans by time where nobody knows how long the battery lasts, and says so', () => {
    const space = house().ups('ups.on-mains', {});
    space.ups('ups.battery-reading', { on_battery: false, charge_pct: 100 });
    const told = play(space);
    expect(problems(told)).toContain('ups/rack length-unknown');
    expect(told.fits).toBe(false);
    expect(told.guests.map(({ vm, at_s }) => [vm, at_s])).toEqual([
      ['120', 180],
      ['110', 300],
      ['101', 420],
      ['121', undefined],
    ]);
  });

  it('has the nodes that settings leave to Huismeester go last', () => {
    const space = house();
    const ours = { nodeShutdown: 'huismeester', wake: 'wol', ownShutdownMs: 2 * minute } as const;
    space.settings = { ...defaults, nodes: fedBy({ pve1: ['rack'] }, ours) };
    const told = play(space);
    expect(told.nodes).toMatchObject([{ node: 'pve1', by: 'huismeester', at_s: 1518, back: 'wol' }]);
  });
});

const read = { charge_pct: 100, runtime_s: 3600 };

describe('a drill over two UPSes', () => {
  const two = (feeds: Record<string, readonly string[]>, attic: { runtime_s?: number }): PowerSpace => {
    const space = new PowerSpace([
      ['101', 'core'],
      ['120', 'participant'],
      ['201', 'core', true, 'attic'],
      ['220', 'participant', true, 'attic'],
    ]);
    space.ups('ups.on-mains', read).ups('ups.on-mains', { charge_pct: 100, ...attic }, 'small');
    space.settings = { ...defaults, nodes: fedBy(feeds, { wake: 'wol' }) };
    return space;
  };
  const apart = { pve1: ['rack'], attic: ['small'] };
  const both = { ups: ['rack', 'small'] };
  const fates = ({ guests }: Drill) => guests.map(({ vm, fate }) => `${vm} ${fate}`).sort();

  it('has a node lose its power when its own battery is empty, not the last one', () => {
    const told = play(two(apart, { runtime_s: 50 }), both);
    expect(told).toMatchObject({ fits: false, empty_s: 3600 });
    expect(fates(told)).toEqual(['101 shut-down', '120 shut-down', '201 loses-power', '220 loses-power']);
    expect(problems(told)).toEqual([
      'policy.power.space-wide stage-at-once',
      'policy.power.core stage-at-once',
      'vm/201 loses-power',
      'vm/220 loses-power',
    ]);
    const [first] = told.problems;
    expect(first?.reasons[0]).toMatchObject({ ups: 'small', left_s: 50, limit_s: 480 });
  });

  it('takes a shutdown that ends after the battery of its node for too late', () => {
    // Held for 30 s, and a shutdown takes 60 s.
    const ofAttic = (runtime_s: number) =>
      play(two(apart, { runtime_s }), both).guests.find(({ vm }) => vm === '201');
    expect(ofAttic(89)).toMatchObject({ fate: 'loses-power', at_s: 30 });
    expect(ofAttic(89)).not.toHaveProperty('down_s');
    expect(ofAttic(90)).toMatchObject({ fate: 'shut-down', at_s: 30, down_s: 90 });
  });

  it('keeps free what the node itself needs before its own battery is empty', () => {
    const space = two(apart, { runtime_s: 4 * 60 });
    const told = play(space, both);
    expect(fates(told)).toContain('220 shut-down');
    const slow = fedBy(apart, { wake: 'wol', ownShutdownMs: 3.5 * minute });
    space.settings = { ...space.settings, nodes: slow };
    const tight = problems(play(space, both)).filter((each) => each.endsWith('too-long'));
    expect(tight).toEqual(['vm/201 too-long', 'vm/220 too-long']);
  });

  it('follows the longest battery of a node that has two', () => {
    const space = two({ pve1: ['rack'], attic: ['rack', 'small'] }, { runtime_s: 50 });
    const told = play(space, both);
    expect(told).toMatchObject({ fits: true, problems: [] });
    expect(fates(told)).toContain('201 shut-down');
  });

  it('knows the end of one node where that of another is not known', () => {
    const told = play(two(apart, {}), both);
    expect(told.empty_s).toBeUndefined();
    expect(problems(told)).toEqual(['ups/small length-unknown']);
    expect(fates(told)).toEqual(['101 shut-down', '120 shut-down', '201 shut-down', '220 shut-down']);
    // Both are followed to their end, however long the known one lasts.
    expect(told.guests.find(({ vm }) => vm === '101')?.at_s).toBeGreaterThan(2000);
  });
});

describe('what a drill cannot let pass', () => {
  it('is a space of which no guest is known', () => {
    const space = new PowerSpace([]).ups('ups.on-mains', read);
    space.settings = house().settings;
    const told = play(space);
    expect(problems(told)).toEqual(['hypervisors no-guests-known']);
    expect(told.fits).toBe(false);
  });

  it('is a charge that a stage begins with', () => {
    const low = (chargePct: number) => play(house(), { chargePct });
    expect(low(34).problems).toMatchObject([
      {
        severity: 'error',
        about: 'policy.power.space-wide',
        reasons: [{ code: 'stage-at-once-charge', ups: 'rack', charge_pct: 34, limit_pct: 35 }],
      },
    ]);
    expect(problems(low(19))).toEqual([
      'policy.power.space-wide stage-at-once-charge',
      'policy.power.core stage-at-once-charge',
    ]);
    expect(problems(low(35))).toEqual([]);
  });
});

describe('a way back by the UPS, which cuts its outlets', () => {
  const ours = { nodeShutdown: 'huismeester', wake: 'ups-cycle' } as const;
  const cycle = (mine: readonly string[], upsmons: Record<string, readonly string[]> = {}): Drill => {
    const space = house().ups('ups.on-mains', read, 'second');
    const nodes = new Map([...fedBy({ pve1: mine }, ours), ...fedBy(upsmons, { wake: 'manual' })]);
    space.settings = { ...space.settings, nodes };
    return play(space, { ups: ['rack', 'second'] });
  };
  const ofPve1 = (told: Drill) =>
    told.problems
      .filter(({ about }) => about === 'node/pve-pve1')
      .map(({ severity, reasons: [first] }) => `${severity} ${first?.code} ${first?.ups ?? ''}`.trim());

  it('needs a node on that UPS that is left to upsmon', () => {
    expect(ofPve1(cycle(['rack']))).toEqual(['error nobody-cuts-outlets rack']);
    expect(ofPve1(cycle(['rack'], { pve2: ['second'] }))).toEqual(['error nobody-cuts-outlets rack']);
    expect(ofPve1(cycle(['rack'], { pve2: ['rack'] }))).toEqual([]);
  });

  it('needs one on each of its UPSes, and all of them to cut', () => {
    expect(ofPve1(cycle(['rack', 'second'], { pve2: ['rack'] }))).toEqual([
      'error nobody-cuts-outlets second',
      'warning cycle-needs-all-feeds',
    ]);
    expect(ofPve1(cycle(['rack', 'second'], { pve2: ['rack'], pve3: ['second'] }))).toEqual([
      'warning cycle-needs-all-feeds',
    ]);
  });

  it('is fine for a node that is left to upsmon', () => {
    expect(problems(play(house()))).toEqual([]);
  });
});
