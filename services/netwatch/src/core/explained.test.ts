import type { ProbeSettings, SwitchSettings } from '@huismeester/contracts';
import { describe, expect, test } from 'vitest';
import { noon, story } from '../../test/story.ts';
import { networkGraph } from './graph-of.ts';
import type { OutsideFact } from './outside.ts';
import { outsideWorld } from './outside-world.ts';

describe('what something else explains', () => {
  const needs = {
    'probe/web': ['vm/104'],
    'vm/104': ['node/pve-pve1'],
    'probe/ap': ['port/sw1/a'],
    'port/sw1/a': ['switch/sw1'],
    'switch/sw1': ['mains/rack'],
  };

  test('is down because of what carries it, and says nothing itself', () => {
    const play = story({ needs });
    play.sees(0, 'probe/web', 'answers');
    play.said();
    play.outside(50, 'node/pve-pve1', true, 'offline');
    play.outside(51, 'vm/104', true, 'stopped');
    play.sees(60, 'probe/web', 'fails', 50);
    expect(play.state('probe/web')).toBe('down because of node/pve-pve1');
    expect(play.said()).toEqual(['incident.opened incident/1']);
    expect(play.events.at(-1)?.cause).toBe('offline');
    play.outside(90, 'node/pve-pve1', false);
    play.outside(91, 'vm/104', false);
    play.sees(100, 'probe/web', 'answers', 95);
    expect(play.said()).toEqual(['incident.changed incident/1', 'incident.closed incident/1']);
  });

  test('is unknown because of what we look through, with its ports; one event, not three', () => {
    const play = story({ needs });
    play.sees(0, 'switch/sw1', 'answers');
    play.sees(0, 'port/sw1/a', 'answers');
    play.sees(0, 'probe/ap', 'answers');
    play.said();
    play.sees(20, 'switch/sw1', 'fails', 10);
    play.sees(20, 'port/sw1/a', 'unseen', 10);
    play.sees(25, 'probe/ap', 'fails', 11);
    expect(play.state('probe/ap')).toBe('unknown because of switch/sw1');
    expect(play.state('port/sw1/a')).toBe('unknown because of switch/sw1');
    expect(play.said()).toEqual([
      'switch.unreachable switch/sw1',
      'incident.opened incident/1',
      'incident.changed incident/1',
      'incident.changed incident/1',
    ]);
  });

  test('answers are up whatever the parents do', () => {
    const play = story({ needs });
    play.outside(0, 'mains/rack', true, 'cut');
    play.sees(10, 'switch/sw1', 'answers');
    expect(play.state('switch/sw1')).toBe('up');
    expect(play.incidents()).toEqual([]);
  });

  test('of a list any one is enough, and what is not looked at explains nothing', () => {
    const play = story({ needs: { 'probe/a': [['ups/one', 'ups/two'], 'vm/1'] } });
    play.outside(0, 'ups/one', true);
    play.sees(10, 'probe/a', 'fails');
    expect(play.state('probe/a')).toBe('down');
    const other = story({ needs: { 'probe/a': [['ups/one', 'ups/two']] } });
    other.outside(0, 'ups/one', true);
    other.outside(1, 'ups/two', true);
    other.sees(10, 'probe/a', 'fails');
    expect(other.state('probe/a')).toBe('down because of ups/one');
  });

  test('a root that is down for a power cut says so', () => {
    const play = story({ needs: { 'probe/a': ['vm/1'] }, outages: ['cut'] });
    play.outside(0, 'vm/1', true, 'cut');
    play.sees(10, 'probe/a', 'fails');
    expect(play.events.at(-1)?.data).toMatchObject({ root: 'vm/1', outage: true });
  });
});

/** What vm-lifecycle and ups-monitor say; of the VMs of a host that is off they say nothing. */
describe('a host that died takes the services of its VMs along', () => {
  const cut = { id: 'cut', correlationid: 'cut' };
  const feeds = new Map([['pve', new Map([['pve1', ['rack']]])]]);
  const host = { hypervisor: 'pve', node: 'pve1' };
  const dead = {
    node: { online: false },
    hypervisor: { reachable: false },
    ups: { onBattery: true, contact: false, since: noon + 15_000, cutSince: noon + 15_000, cut },
  };
  const facts = (what?: keyof typeof dead): OutsideFact[] => [
    {
      kind: 'ups',
      id: 'rack',
      onBattery: false,
      contact: true,
      forced: false,
      ...(what === 'ups' && dead.ups),
    },
    { kind: 'hypervisor', id: 'pve', reachable: true, ...(what === 'hypervisor' && dead.hypervisor) },
    { kind: 'node', id: 'pve-pve1', ...host, online: true, ...(what === 'node' && dead.node) },
    ...['1', '2'].map((id): OutsideFact => ({ kind: 'vm', id, ...host, running: true })),
  ];
  const worldOf = (what?: keyof typeof dead) =>
    outsideWorld(facts(what), feeds, { before: new Map(), now: noon + 20_000 });

  test.each([
    ['node', 'node/pve-pve1', false],
    ['hypervisor', 'hypervisor/pve', false],
    ['ups', 'ups/rack', true],
  ] as const)('%s', (what, root, outage) => {
    const services = ['1', '2'].map((id) => [`probe/${id}`, [`vm/${id}`]] as const);
    const needs = Object.fromEntries([...worldOf().needs, ...services]);
    const play = story({ needs, outages: ['cut'] });
    for (const each of [undefined, what]) {
      for (const [thing, outside] of worldOf(each).things)
        play.at(each ? 20 : 0, { kind: 'outside', thing, outside });
      for (const [probe] of services)
        play.sees(each ? 40 : 1, probe, each ? 'fails' : 'answers', each ? 30 : 0);
    }
    expect(play.incidents()).toEqual([`1: ${root} = probe/1 probe/2`]);
    expect(play.state('probe/1')).toBe(`down because of ${root}`);
    expect(play.events.find(({ line }) => line === 'incident.opened incident/1')?.data).toMatchObject({
      outage,
    });
    expect(play.said().filter((line) => line.startsWith('probe.down'))).toEqual([]);
  });
});

test('a port that its switch has not listed since the start fails with it', () => {
  const probe = { id: 'web', dependsOn: ['port/sw1/gi1'], poweredBy: [] } as unknown as ProbeSettings;
  const owner = { id: 'sw1', dependsOn: [], poweredBy: [] } as unknown as SwitchSettings;
  const graph = networkGraph(
    { probes: [probe], switches: [owner], hypervisors: [] },
    { needs: new Map() },
    new Map(),
  );
  const play = story({ needs: Object.fromEntries(graph.needs) });
  play.sees(10, 'switch/sw1', 'fails');
  play.sees(20, 'probe/web', 'fails');
  expect(play.state('probe/web')).toBe('unknown because of switch/sw1');
  expect(play.incidents()).toEqual(['1: switch/sw1 = switch/sw1 probe/web']);
});

test('behind a switch that failed a hypervisor is unknown, and what runs on it', () => {
  const web = { id: 'web', dependsOn: ['vm/1', 'switch/sw1'], poweredBy: [] } as unknown as ProbeSettings;
  const owner = { id: 'sw1', dependsOn: [], poweredBy: [] } as unknown as SwitchSettings;
  const hypervisors = [{ id: 'pve', dependsOn: ['switch/sw1'] }];
  const outside = new Map([
    ['vm/1', [['node/pve-pve1']]],
    ['node/pve-pve1', [['hypervisor/pve']]],
  ]);
  const graph = networkGraph(
    { probes: [web], switches: [owner], hypervisors },
    { needs: outside },
    new Map(),
  );
  const play = story({ needs: Object.fromEntries(graph.needs) });
  play.sees(10, 'switch/sw1', 'fails');
  play.sees(20, 'probe/web', 'fails');
  play.sees(60, 'hypervisor/pve', 'fails');
  expect(play.state('hypervisor/pve')).toBe('unknown because of switch/sw1');
  expect(play.state('probe/web')).toBe('unknown because of switch/sw1');
  expect(play.incidents()).toEqual(['1: switch/sw1 = switch/sw1 probe/web hypervisor/pve']);
});
