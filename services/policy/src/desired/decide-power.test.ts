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
} from '../../test/power-space.ts';
import { WishRule } from '../../test/wish-rule.ts';
import { endedHolds, holdsByTarget } from '../facts/hold.ts';
import { evolveNode } from '../facts/node.ts';
import { rule as power } from '../rules/power/index.ts';
import { preview } from './preview.ts';
import { targetOfNode, targetOfVm } from './target.ts';

const vms = [
  ['101', 'core'],
  ['110', 'space-wide'],
  ['120', 'participant'],
] as const;

const house = (): PowerSpace => new PowerSpace(vms.map((each) => [...each]));

/** With a lease rule beside power, all armed. */
function leased(): { space: PowerSpace; lease: WishRule } {
  const space = house();
  const lease = new WishRule();
  space.rules = [power, lease.rule];
  space.modes = new Map([...armed, ['lease/PART-4', 'enforce']]);
  return { space, lease };
}

const shed = (space: PowerSpace): PowerSpace =>
  space
    .ups('ups.on-battery', fullBattery)
    .ups('ups.battery-low', { charge_pct: 60 })
    .stops('101', '110', '120');
describe('silence', () => {
  it('of a rule that throws bars what it may speak of, and nothing else: the rest is restored', () => {
    const { space, lease } = leased();
    shed(space).decided();
    lease.fails = true;
    space
      .ups('ups.on-mains', { charge_pct: 60 })
      .after(5 * minute)
      .starts('101')
      .starts('110')
      .after(hour);
    expect(space.decided()).toEqual(['101 running', '110 running', '101 hands-off', '110 hands-off']);
    lease.fails = false;
    space.look();
    expect(space.decided()).toEqual(['120 running']);
  });

  it('is named with its cause and since when, for as long as it lasts', () => {
    const { space, lease } = leased();
    space.now = minute;
    lease.fails = true;
    space.look().after(minute);
    expect([...(space.last?.silent ?? [])]).toEqual([
      ['lease', { why: 'it failed', since: minute, until: 2 * minute + 10 * second }],
    ]);
    expect(space.last?.clauses.get('lease/PART-4')).toEqual({ unknown: 'it failed' });
    expect(space.last?.clauses.get('power/SPACE-3')).toBe('watched');
  });

  it('takes back what is pending below it, but not before ten seconds, since a gate closes for a moment at each event', () => {
    const { space } = leased();
    shed(space)
      .ups('ups.on-mains', { charge_pct: 60 })
      .after(5 * minute)
      .starts('101', '110')
      .decided();
    expect(space.of('120')?.state).toBe('running');
    space.closed = new Map([['lease', { why: 'it reads on', since: space.now }]]);
    expect(space.after(10 * second - 1).decided()).toEqual([]);
    expect(space.after(1).decided()).toEqual(['120 hands-off']);
    expect(space.why(space.of('120'))).toMatch(/lease/);
  });

  it('is not what settings leave out: that has no say, and its clauses say what to do', () => {
    const space = house();
    space.settings = { ...defaults, ups: [] };
    space.ups('ups.on-battery', fullBattery).ups('ups.battery-low', {});
    expect(space.decided()).toEqual([]);
    expect([...(space.last?.silent.keys() ?? [])]).toEqual([]);
    expect(space.last?.clauses.get('power/SPACE-3')).toMatchObject({
      notSetUp: expect.stringMatching(/poweredBy/),
    });
  });

  it('is not what settings leave out: what it had found is closed', () => {
    const space = house().ups('ups.forced-shutdown-stuck', { at_contact: true });
    expect(space.open()).toEqual(['stuck-forced-shutdown ups/rack']);
    space.settings = { ...defaults, ups: [] };
    expect(space.look().open()).toEqual([]);
  });

  it('of a gate that was never open decides nothing and takes nothing back', () => {
    const space = house()
      .ups('ups.on-battery', fullBattery)
      .after(3 * minute);
    space.decided();
    space.closed = new Map([['power', { why: 'it has not read its sources', since: space.now }]]);
    space.ups('ups.battery-low', {}).after(hour);
    expect(space.decided()).toEqual([]);
    expect(space.of('120')?.state).toBe('stopped');
  });
});

describe('what counts', () => {
  it('is a bar of a rule in dry-run too: in a cut nobody below acts before its turn', () => {
    const { space, lease } = leased();
    space.modes = new Map([['lease/PART-4', 'enforce']]);
    space.ups('ups.on-battery', fullBattery);
    lease.wishes.set('120', 'stopped');
    expect(space.after(minute).decided()).toEqual([]);
    expect(space.after(2 * minute).decided()).toEqual(['120 stopped', '120 stopped?']);
  });

  it('is decided at once when its clause is armed, and taken back when it is disarmed', () => {
    const space = house();
    space.modes = new Map();
    space.ups('ups.on-battery', { charge_pct: 100, runtime_s: 36_000 }).after(3 * minute);
    expect(space.decided()).toEqual(['120 stopped?']);
    expect(space.after(30 * minute).decided()).toEqual([]);
    expect(space.arm('power/SPACE-3').decided()).toEqual(['120 stopped']);
    expect(space.arm().decided()).toEqual(['120 hands-off', '120 stopped?']);
    expect(space.arm('lease/SPACE-3').decided()).toEqual([]);
  });

  it('is rehearsed once a change, and its end is said too', () => {
    const space = house();
    space.modes = new Map();
    space.ups('ups.on-battery', { charge_pct: 100, runtime_s: 36_000 }).after(hour).decided();
    space.ups('ups.on-mains', { charge_pct: 90 });
    expect(space.decided()).toEqual(['120 hands-off?']);
    expect(space.rehearsed('120')).toBeUndefined();
  });
});

describe('the same decision', () => {
  it('has the reasons and evidence of the first when it is made anew, as often as it is unmet', () => {
    const space = house()
      .ups('ups.on-battery', { charge_pct: 100, runtime_s: 36_000 })
      .after(3 * minute);
    const first = space.of('120');
    space
      .ups('ups.battery-reading', { charge_pct: 99, runtime_s: 36_000 })
      .after(10 * minute)
      .after(10 * minute);
    expect(space.of('120')).toMatchObject({
      generation: 3,
      reasons: first?.reasons,
      evidence: first?.evidence,
      since: first?.since,
      validUntil: (first?.validUntil ?? 0) + 20 * minute,
    });
  });

  it('is not made anew once it was met, whatever a person does then', () => {
    const { space, lease } = leased();
    lease.wishes.set('120', 'stopped');
    space.look().stops('120').starts('120').after(hour);
    expect(space.decided()).toEqual(['120 stopped']);
    expect(lease.mine.get(targetOfVm('120'))).toMatchObject({ fate: 'met', generation: 1, since: 0 });
  });

  it('is not even made when it is so already, and a person may undo that too', () => {
    const { space, lease } = leased();
    space.stops('120');
    lease.wishes.set('120', 'stopped');
    space.look().after(minute).starts('120').after(hour);
    expect(space.decided()).toEqual([]);
    lease.wishes.clear();
    space.look();
    lease.wishes.set('120', 'stopped');
    expect(space.look().decided()).toEqual(['120 stopped']);
  });

  it('stops what is just being started', () => {
    const { space, lease } = leased();
    space.stops('120').vm('vm.power-requested', '120', { act: 'start' });
    lease.wishes.set('120', 'stopped');
    expect(space.look().starts('120').decided()).toEqual(['120 stopped']);
  });
});

it('shows each rule how its own opinions stand, and nothing of others', () => {
  const { space, lease } = leased();
  lease.wishes.set('120', 'stopped');
  const fate = () => lease.mine.get(targetOfVm('120'))?.fate;
  space.look();
  expect(fate()).toBe('pending');
  space.vm('vm.power-failed', '120', { act: 'shutdown', generation: 1, retry: false });
  expect(fate()).toBe('given-up');
  space.hold('120', hour);
  expect(fate()).toBe('overruled');
  expect(lease.mine.get(targetOfVm('120'))).not.toHaveProperty('generation');
  space.release('120').modes = armed;
  space.look().look();
  expect(fate()).toBe('dry-run');
  shed(space);
  expect([...lease.mine.keys()]).toEqual([targetOfVm('120')]);
});

describe('holds', () => {
  it('of which a target has several end one by one, and the later end counts', () => {
    const space = house().hold('120', minute, 'first').hold('120', hour, 'second');
    space.ups('ups.on-battery', fullBattery).ups('ups.battery-low', {}).decided();
    space.after(minute);
    expect([...space.facts.hold.keys()]).toEqual(['second']);
    expect(
      space
        .after(hour - minute - 1)
        .decided()
        .filter((each) => each.startsWith('120')),
    ).toEqual([]);
    expect(space.after(1).decided()).toContain('120 stopped');
  });

  it('are over at the very moment that they name', () => {
    const space = house().hold('120', minute);
    const { hold } = space.facts;
    expect([...holdsByTarget(hold, minute - 1).keys()]).toEqual(['vm/120']);
    expect([...holdsByTarget(hold, minute).keys()]).toEqual([]);
    expect(endedHolds(hold, minute - 1)).toEqual([]);
    expect(endedHolds(hold, minute)).toHaveLength(1);
  });

  it('are released alone', () => {
    const space = house().hold('120', hour, 'first').hold('120', minute, 'second').release('first');
    expect(space.decided()).toEqual(['120 hands-off']);
    expect(space.release('second').decided()).toEqual(['120 hands-off']);
    expect(space.why(space.of('120'))).toBe('the hold is over');
  });

  it('on a node hold its guests', () => {
    const space = house().node('pve1', true).holdTarget(targetOfNode('pve-pve1'), hour);
    expect(space.decided()).toEqual(['pve1 hands-off', '101 hands-off', '110 hands-off', '120 hands-off']);
    space.ups('ups.on-battery', fullBattery).ups('ups.battery-low', {});
    expect(space.decided()).toEqual([]);
  });

  it('last no longer for a clock that is set back', () => {
    const space = house();
    space.now = 100 * hour;
    space.hold('120', hour).decided();
    space.now -= 48 * hour;
    space.startedAt = space.now;
    expect(space.after(hour - 1).decided()).toEqual([]);
    expect(space.after(1).decided()).toEqual(['120 hands-off']);
  });

  it('do not end «not restored»: it is open until the guest runs', () => {
    const space = shed(house())
      .ups('ups.on-mains', { charge_pct: 90 })
      .after(5 * minute);
    for (let times = 0; times < 4; times += 1) {
      const generation = space.of('101')?.generation ?? 0;
      space.vm('vm.power-failed', '101', { act: 'start', generation, retry: false }).after(15 * minute);
    }
    expect(space.open()).toEqual(['not-restored vm/101']);
    space.hold('101', minute).after(minute);
    expect(space.open()).toEqual(['not-restored vm/101']);
    expect(space.starts('101').open()).toEqual([]);
  });
});

describe('another epoch', () => {
  it('leaves what was shed to people, keeps holds, and counts generations on', () => {
    const space = shed(house()).hold('110', 2 * hour);
    space.decided();
    space.epoch = 'second';
    space
      .ups('ups.on-mains', { charge_pct: 90 })
      .after(5 * minute)
      .starts('101');
    expect(space.decided().filter((each) => !each.endsWith('?'))).toEqual(['120 hands-off', '101 hands-off']);
    expect(space.of('101')?.generation).toBe(2);
    expect(space.of('110')?.tier).toBe('hold');
  });
});

it('keeps two nodes apart whose names make the same id, by the id that each was given', () => {
  const event = (hypervisor: string, node: string) =>
    ({
      type: 'node.online',
      data: { hypervisor, node, id: hypervisor === 'pve' ? 'pve-b-n1' : 'pve-b-n1-2' },
    }) as never;
  const first = evolveNode(undefined, event('pve', 'b-n1'));
  const second = evolveNode(undefined, event('pve-b', 'n1'));
  expect([first?.id, second?.id]).toEqual(['pve-b-n1', 'pve-b-n1-2']);
});

describe('the preview', () => {
  const shown = (space: PowerSpace) =>
    preview(space.memories).map(({ about, state, mode }) => `${about} ${state} ${mode}`);

  it('has what arming would do now: acts of rules in dry-run, and nothing that is armed, held or taken back', () => {
    const space = house();
    space.modes = new Map([['power/CORE-1', 'enforce']]);
    space.ups('ups.on-battery', fullBattery).ups('ups.battery-low', {});
    expect(shown(space)).toEqual(['vm/120 stopped dry-run', 'vm/110 stopped dry-run']);
    expect(shown(space.hold('120', hour))).toEqual(['vm/110 stopped dry-run']);
    expect(shown(space.arm(...armed.keys()))).toEqual([]);
    expect(shown(space.arm().ups('ups.on-mains', { charge_pct: 90 }))).toEqual([]);
  });

  it('has no start of what was shed in dry-run: arming would not start it', () => {
    const space = house();
    space.modes = new Map();
    shed(space)
      .ups('ups.on-mains', { charge_pct: 90 })
      .after(5 * minute);
    expect(space.rehearsed('101')?.state).toBe('running');
    expect(shown(space)).toEqual([]);
  });
});

it('wakes at once what we shut down, when the clause is armed again', () => {
  const space = house().node('pve1', true);
  const ours = { nodeShutdown: 'huismeester', wake: 'wol', ownShutdownMs: minute } as const;
  space.settings = { ...defaults, nodes: fedBy({ pve1: ['rack'] }, ours) };
  shed(space)
    .node('pve1', false)
    .arm('power/SPACE-3')
    .ups('ups.on-mains', { charge_pct: 90 })
    .after(5 * minute);
  expect(space.decided()).toContain('pve1 running?');
  space.modes = armed;
  expect(space.look().decided()).toContain('pve1 running');
  const generation = space.ofNode('pve1')?.generation ?? 0;
  expect(space.open()).toEqual([]);
  // What was given up is said at once, not after the time of a boot.
  space.nodeEvent('node.power-failed', 'pve1', { act: 'wake', generation, retry: false });
  expect(space.open()).toEqual(['node-not-back node/pve-pve1']);
});
