import { describe, expect, it } from 'vitest';
import { defaults, fedBy, fullBattery, minute, PowerSpace } from '../../test/power-space.ts';
import type { Passed } from '../desired/pass-runner.ts';
import { type Facts, noFacts } from '../facts/index.ts';
import { type Feed, unknownFeed } from '../facts/ups.ts';
import type { Guest } from '../facts/vm.ts';
import { power, spaceView } from './space.ts';
import { type Space, summary } from './summary.ts';

const guest: Guest = { vm: '101', class: 'core', hypervisor: 'pve', node: 'pve1', running: false };
const rack: Feed = { ...unknownFeed('rack'), mains: 'on-battery', since: 5_000 };
const attic: Feed = { ...unknownFeed('attic'), mains: 'on-mains', since: 0 };
const hold = { id: 'h1', target: 'vm/101', since: 0, until: 10, because: 'work', by: 'jan' } as const;
const facts: Facts = { ...noFacts, vm: new Map([['101', guest]]) };
const space = (more: Partial<Space>): Space => ({
  facts,
  dependsOn: new Map(),
  outages: [],
  openViolations: 0,
  nodesOff: 0,
  hindered: 0,
  now: 7,
  ...more,
});

describe('the summary', () => {
  it('leaves out what is not known', () => {
    expect(summary(space({}))).toEqual({
      stage: 'mains',
      stage_n: 0,
      core_down: 1,
      nodes_off: 0,
      open_violations: 0,
      hindered: 0,
      holds: 0,
      ts: 7,
    });
  });

  it('has the worst stage, since when, and the seconds to the next one', () => {
    const ups = new Map([
      ['rack', rack],
      ['attic', attic],
    ]);
    const outages = [
      { feed: attic, before: undefined, verdict: { stage: 'mains', reasons: [] } },
      {
        feed: rack,
        before: undefined,
        verdict: { stage: 'hold', reasons: [], next: { stage: 'participant', at: 185_000 } },
      },
    ] as const;
    expect(summary(space({ facts: { ...facts, ups }, outages, now: 100_000, openViolations: 2 }))).toEqual({
      power: 'on-battery',
      on_battery: 1,
      since_s: 95,
      stage: 'hold',
      stage_n: 2,
      next_stage_s: 85,
      core_down: 1,
      nodes_off: 0,
      open_violations: 2,
      hindered: 0,
      holds: 0,
      ts: 100_000,
    });
  });

  it('counts what is on hold once, until it is over', () => {
    const holds = new Map([
      ['h1', hold],
      ['h2', { ...hold, id: 'h2', until: 20 }],
    ]);
    const of = (now: number) => summary(space({ facts: { ...facts, hold: holds }, now })).holds;
    expect([of(9), of(10), of(20)]).toEqual([1, 1, 0]);
  });
});

describe('core that is down', () => {
  const since = '2026-11-30T12:00:00.000Z';
  const down = (root: string, things: readonly string[], state: 'down' | 'unknown' = 'down') => ({
    id: root,
    root,
    outage: false,
    members: things.map((thing) => ({ thing, state, core: true, since })),
    correlationid: 'c',
  });
  const dependsOn: Space['dependsOn'] = new Map([
    ['probe/web', ['vm/101', 'switch/sw1']],
    ['probe/login', ['probe/web']],
    ['probe/either', [['vm/101', 'vm/102']]],
    ['probe/door', ['switch/sw1']],
  ]);
  const counted = (...incidents: ReturnType<typeof down>[]) => {
    const incident = new Map(incidents.map((each) => [each.id, each]));
    return summary(space({ facts: { ...facts, incident }, dependsOn })).core_down;
  };

  it('counts once, as the VM, what fails because of a VM', () => {
    expect(counted(down('vm/101', ['probe/web', 'probe/other']))).toBe(1);
  });

  it.each(['node/pve-pve1', 'ups/rack', 'mains/rack'])('also where %s is the root', (root) => {
    expect(counted(down(root, ['probe/web']))).toBe(1);
    expect(counted(down(root, ['probe/web', 'probe/login']))).toBe(1);
    // What does not hang on the VM, or on another one that runs, counts itself.
    expect(counted(down(root, ['probe/web', 'probe/door']))).toBe(2);
    expect(counted(down(root, ['probe/either']))).toBe(2);
    expect(counted(down(root, ['probe/login']))).toBe(2);
  });

  it('counts no thing twice, and none that is unknown', () => {
    expect(counted(down('switch/sw1', ['probe/door']), down('mains/rack', ['probe/door']))).toBe(2);
    expect(counted(down('switch/sw1', ['probe/door'], 'unknown'))).toBe(1);
  });
});

it('the space counts the nodes that we shut down and that are off, not those of a dry-run', () => {
  const nodes = fedBy({ pve1: ['rack'] }, { nodeShutdown: 'huismeester', wake: 'wol' });
  const off = (mode: 'enforce' | 'dry-run') => {
    const story = new PowerSpace([]).node('pve1', true);
    story.settings = { ...defaults, nodes };
    story.modes = new Map([['power/CORE-1', mode]]);
    story.ups('ups.on-battery', fullBattery).ups('ups.battery-low', {});
    const shown = () => {
      const { last: pass, facts: known, now } = story;
      const found = { pass, facts: known, now, open: 0 } as unknown as Passed;
      return spaceView(
        story.settings,
        () => found,
        () => 0,
      ).space(now)?.nodesOff;
    };
    const counts = [shown()];
    story.node('pve1', false);
    counts.push(shown());
    story
      .ups('ups.on-mains', { charge_pct: 90 })
      .after(6 * minute)
      .node('pve1', true);
    return [...counts, shown()];
  };
  expect(off('enforce')).toEqual([0, 1, 0]);
  expect(off('dry-run')).toEqual([0, 0, 0]);
});

describe('GET /power', () => {
  it('says unknown until the facts were evaluated once', () => {
    expect(power(undefined, undefined)).toEqual({ stage: 'unknown', outages: [] });
    expect(power([], new Map())).toEqual({ stage: 'mains', outages: [] });
  });
});
