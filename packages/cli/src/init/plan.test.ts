import { describe, expect, it } from 'vitest';
import type { FoundUps } from './found.ts';
import { type Given, planOf } from './plan.ts';

const ups = (name: string, clients: string[] = [], machine: string[] = ['10.0.0.5']): FoundUps => ({
  name,
  clients,
  machine,
  description: 'Unavailable',
  at: { host: '10.0.0.5', port: 3493 },
});
const given: Given = {
  name: 'Hackalot',
  pools: {},
  token: 'h@pve!o',
  secret: '"x"',
  upses: [],
};

function planned(pools: string[], nodes: [name: string, address?: string][] = [], more: Partial<Given> = {}) {
  const inventory = {
    nodes: nodes.map(([name, address]) => (address === undefined ? { name } : { name, address })),
    pools: pools.map((id) => ({ id, vms: 1 })),
    making: { templates: [], storages: [], ostemplates: [] },
  };
  const proxmox = { url: 'https://10.0.0.2:8006', fingerprint: 'AA', inventory };
  return planOf({ ...given, proxmox, ...more }).hypervisor;
}

const classes = (pools: string[], more: Partial<Given> = {}) =>
  Object.fromEntries(planned(pools, [], more).pools.map((each) => [each.class, each.pool]));

describe('the pool of a class', () => {
  it.each<[string[], Record<string, string>]>([
    [
      ['Core-Infra', 'space_breed', 'Deelnemersprojecten'],
      { core: 'Core-Infra', 'space-wide': 'space_breed', participant: 'Deelnemersprojecten' },
    ],
    [['members', 'spacewide'], { core: 'core', 'space-wide': 'spacewide', participant: 'members' }],
    [
      ['bestuur', 'score', 'workspace'],
      { core: 'core', 'space-wide': 'spacewide', participant: 'deelnemers' },
    ],
  ])('of %j is the one that is called like it', (seen, chosen) => {
    expect(classes(seen)).toEqual(chosen);
  });

  it('is the one that was given, and then no class gets another', () => {
    expect(classes(['core', 'deelnemers'], { pools: { core: 'infra' } })).toEqual({ core: 'infra' });
  });

  it('leaves the others alone', () => {
    expect(planned(['core', 'board']).otherPools).toEqual(['board']);
  });
});

describe('what feeds a node', () => {
  const feeds = (address: string | undefined, ...upses: FoundUps[]) =>
    planned([], [address === undefined ? ['pve1'] : ['pve1', address]], { upses }).nodes[0]?.poweredBy;

  it('is every UPS at which its upsmon is logged in', () => {
    const upses = [ups('a', ['10.0.0.2']), ups('b', ['10.0.0.3']), ups('c', ['::ffff:10.0.0.2'])];
    expect(feeds('10.0.0.2', ...upses)).toEqual(['a', 'c']);
  });

  it('is that at which localhost is logged in, where upsd runs on the node', () => {
    expect(feeds('10.0.0.5', ups('a', ['127.0.0.1']))).toEqual(['a']);
    expect(feeds('10.0.0.2', ups('a', ['127.0.0.1']))).toEqual([]);
  });

  it('is never guessed, not even where there is one UPS', () => {
    expect(feeds('10.0.0.2', ups('a'))).toEqual([]);
    expect(feeds(undefined, ups('a', ['10.0.0.2']))).toEqual([]);
  });
});

describe('ids', () => {
  it('come from names, and are unique', () => {
    const upses = ['Rack 1', 'rack.1', 'RACK_1', '♥'].map((name) => ups(name));
    expect(planOf({ ...given, upses }).upses.map(({ id }) => id)).toEqual([
      'rack-1',
      'rack-1-2',
      'rack-1-3',
      'ups',
    ]);
  });

  it.each([
    ['Hackerspace Café', 'hackerspace-cafe'],
    ['!!!', 'space'],
  ])('of the space %s is %s', (name, id) => {
    expect(planOf({ ...given, name }).site.id).toBe(id);
  });
});
