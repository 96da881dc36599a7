import type { DependsOn, ProbeSettings, SwitchSettings } from '@huismeester/contracts';
import { describe, expect, test } from 'vitest';
import { story } from '../../test/story.ts';
import { carries, type Needs } from './graph.ts';
import { feedsOf, isPassage, networkGraph, type StackedPort } from './graph-of.ts';

interface Needing {
  readonly dependsOn?: DependsOn;
  readonly poweredBy?: readonly string[];
}

const none = { dependsOn: [], poweredBy: [] };
const probe = (id: string, more: Needing & { readonly kind?: string; readonly role?: string } = {}) =>
  ({ ...none, id, kind: 'http', ...more }) as unknown as ProbeSettings;
const sw = (id: string, more: Needing = {}) => ({ ...none, id, ...more }) as unknown as SwitchSettings;

function graphFrom({
  probes = [],
  switches = [],
  ports = {},
  outside = {},
}: {
  readonly probes?: readonly ProbeSettings[];
  readonly switches?: readonly SwitchSettings[];
  readonly ports?: Readonly<Record<string, readonly StackedPort[]>>;
  readonly outside?: Readonly<Record<string, Needs>>;
}) {
  return networkGraph(
    { probes, switches, hypervisors: [] },
    { needs: new Map(Object.entries(outside)) },
    new Map(Object.entries(ports)),
  );
}

describe('what a thing needs', () => {
  test.each<[string, Needing, Needs]>([
    ['nothing', {}, []],
    ['all of a list', { dependsOn: ['vm/104', 'switch/sw1'] }, [['vm/104'], ['switch/sw1']]],
    [
      'any one of a list in the list',
      { dependsOn: ['vm/104', ['switch/sw1', 'switch/sw2']] },
      [['vm/104'], ['switch/sw1', 'switch/sw2']],
    ],
    ['the UPS that feeds it', { poweredBy: ['rack'] }, [['ups/rack']]],
    ['any one UPS of several', { poweredBy: ['rack', 'attic'] }, [['ups/rack', 'ups/attic']]],
    [
      'what it depends on, and power',
      { dependsOn: ['mains/rack'], poweredBy: ['rack'] },
      [['mains/rack'], ['ups/rack']],
    ],
  ])('is %s, for a probe and for a switch', (_, given, needs) => {
    const graph = graphFrom({ probes: [probe('web', given)], switches: [sw('sw1', given)] });
    expect(Object.fromEntries(graph.needs)).toEqual({ 'probe/web': needs, 'switch/sw1': needs });
  });

  test('is for a port its switch, and of the ports that it is made of any one', () => {
    const ports = {
      sw1: [
        { id: 'gi1', lower: [] },
        { id: 'po1', lower: ['gi1', 'gi2'] },
      ],
    };
    const { needs } = graphFrom({ switches: [sw('sw1'), sw('sw2')], ports });
    expect(Object.fromEntries(needs)).toEqual({
      'switch/sw1': [],
      'switch/sw2': [],
      'port/sw1/gi1': [['switch/sw1']],
      // Not listed yet.
      'port/sw1/gi2': [['switch/sw1']],
      'port/sw1/po1': [['switch/sw1'], ['port/sw1/gi1', 'port/sw1/gi2']],
    });
  });

  test('is for VMs and nodes what other services saw', () => {
    const graph = graphFrom({
      probes: [probe('web', { dependsOn: ['vm/104'] })],
      outside: { 'vm/104': [['node/pve-pve1']], 'node/pve-pve1': [['ups/rack']] },
    });
    expect(graph.needs.get('vm/104')).toEqual([['node/pve-pve1']]);
    expect(Object.fromEntries(graph.dependents)).toEqual({
      'vm/104': ['probe/web'],
      'node/pve-pve1': ['vm/104'],
      'ups/rack': ['node/pve-pve1'],
    });
  });
});

test.each([
  ['http', 'website', true],
  ['http', undefined, true],
  ['ldap', 'directory', true],
  ['radius', 'spacenet', true],
  ['ping', 'gateway', false],
  ['http', 'uplink', false],
  ['uplink', 'uplink', false],
])('a probe of kind %s and role %s carries what depends on it: %s', (kind, role, isCarrier) => {
  const settings = probe('one', { kind, ...(role !== undefined && { role }) });
  expect(isPassage(settings)).toBe(!isCarrier);
  expect(carries(graphFrom({ probes: [settings] }), 'probe/one')).toBe(isCarrier);
});

test('the feeds of nodes are those of settings, by hypervisor and name', () => {
  const nodes = { pve1: { poweredBy: ['rack', 'attic'] }, 'PVE-2.space': { poweredBy: [] } };
  const feeds = feedsOf([
    { id: 'pve', nodes } as unknown as Parameters<typeof feedsOf>[0][number],
    { id: 'lab', nodes: {} },
  ]);
  expect([...feeds].map(([id, each]) => [id, Object.fromEntries(each)])).toEqual([
    ['pve', { pve1: ['rack', 'attic'], 'PVE-2.space': [] }],
    ['lab', {}],
  ]);
});

describe('a link aggregation', () => {
  const { needs } = graphFrom({
    switches: [sw('sw1')],
    ports: {
      sw1: [
        { id: 'gi1', lower: [] },
        { id: 'gi2', lower: [] },
        { id: 'po1', lower: ['gi1', 'gi2'] },
      ],
    },
  });
  const [po1, gi1, gi2] = ['port/sw1/po1', 'port/sw1/gi1', 'port/sw1/gi2'];
  const playing = () => {
    const play = story({ needs: Object.fromEntries(needs) });
    play.clear('switch/sw1', po1, gi1, gi2);
    for (const thing of ['switch/sw1', gi1, gi2, po1]) play.sees(0, thing, 'answers');
    play.said();
    return play;
  };

  test('that is down with all of its members follows the one that failed first, and says nothing', () => {
    const play = playing();
    play.sees(10, gi2, 'fails', 9);
    play.sees(20, gi1, 'fails', 19);
    play.sees(20, po1, 'fails', 19);
    expect(play.state(po1)).toBe(`unknown because of ${gi2}`);
    expect(play.said().filter((line) => line.startsWith('port.'))).toEqual([
      `port.down ${gi2}`,
      `port.down ${gi1}`,
    ]);
  });

  test('is up with one of them, and down by itself while one of them works', () => {
    const play = playing();
    play.sees(10, gi1, 'fails', 9);
    expect(play.state(po1)).toBe('up');
    play.sees(20, po1, 'fails', 19);
    expect(play.state(po1)).toBe('down');
  });
});
