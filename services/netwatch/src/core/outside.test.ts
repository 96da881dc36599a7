import type { Hypervisor, NodeEntity, Ups, VmEntity } from '@huismeester/contracts';
import { describe, expect, test } from 'vitest';
import {
  foldHypervisor,
  foldNode,
  foldUps,
  foldVm,
  hypervisorFrom,
  nodeFrom,
  type OutsideFact,
  type UpsFactEvent,
  upsFrom,
  type VmFactEvent,
  vmFrom,
  withKnownStart,
} from './outside.ts';
import { outsideWorld, type Seen } from './outside-world.ts';

const since = '2026-11-30T12:00:00.000Z';
const at = Date.parse(since);
const seen: Seen = { before: new Map(), now: at + 60_000 };
const place = { vm: '104', hypervisor: 'pve', node: 'pve1', class: 'core' } as const;

const offlineNode: OutsideFact = {
  kind: 'node',
  id: 'pve-pve1',
  hypervisor: 'pve',
  node: 'pve1',
  online: false,
};

describe('fold(events) = from the snapshot', () => {
  test('of a UPS on battery, lost on it, and on mains again', () => {
    const event = (type: UpsFactEvent['type'], data: object) =>
      ({
        type,
        id: 'cut',
        correlationid: 'chain',
        time: since,
        data: { ups: 'rack', ...data },
      }) as UpsFactEvent;
    const entity: Ups = {
      id: 'rack',
      contact: 'ok',
      mains: 'unknown',
      status: [],
      low: false,
      forced: false,
      stuckForced: false,
      replaceBattery: false,
      testing: false,
      reported: { low: false, forced: false, evidence: [], contactSince: since },
    };
    const onBattery: Ups = {
      ...entity,
      mains: 'on-battery',
      since,
      reported: {
        low: false,
        forced: false,
        evidence: [{ id: 'cut', correlationid: 'chain' }],
        contactSince: since,
      },
    };
    let folded = foldUps(undefined, event('ups.found', {}));
    expect(folded).toEqual(upsFrom(entity));
    folded = foldUps(folded, event('ups.on-battery', { since }));
    expect(folded).toEqual(upsFrom(onBattery));
    folded = foldUps(folded, event('ups.lost', {}));
    expect(folded).toEqual(upsFrom({ ...onBattery, contact: 'unreachable' }));
    const reported = { ...onBattery.reported, low: false, evidence: onBattery.reported?.evidence ?? [] };
    const forced: Ups = {
      ...onBattery,
      contact: 'unreachable',
      reported: { ...reported, forced: true, lowSince: since },
    };
    folded = foldUps(folded, event('ups.forced-shutdown', {}));
    expect(folded).toEqual(upsFrom(forced));
    folded = foldUps(folded, event('ups.on-mains', { since }));
    // A snapshot does not have when a cut began that is over; what is known of that stays.
    const over = upsFrom({ ...onBattery, contact: 'unreachable', mains: 'on-mains' });
    expect(withKnownStart(folded, over)).toEqual(folded);
    expect(folded).toEqual({ ...over, cutSince: at });
  });

  test('of a VM that stops, moves and starts', () => {
    const event = (type: VmFactEvent['type'], data: object = {}) =>
      ({ type, time: since, correlationid: 'chain', data: { ...place, ...data } }) as VmFactEvent;
    const entity: VmEntity = {
      id: '104',
      hypervisor: 'pve',
      vmid: 104,
      kind: 'qemu',
      name: 'web',
      class: 'core',
      pool: 'core',
      node: 'pve1',
      status: 'running',
    };
    const stopped: VmEntity = {
      ...entity,
      status: 'stopped',
      stopped: { at: since, by: 'person', correlationid: 'chain' },
    };
    let folded = foldVm(undefined, event('vm.found', { running: true }));
    expect(folded).toEqual(vmFrom(entity));
    folded = foldVm(folded, event('vm.stopped'));
    expect(folded).toEqual(vmFrom(stopped));
    folded = foldVm(folded, event('vm.moved', { node: 'pve2' }));
    expect(folded).toEqual(vmFrom({ ...stopped, node: 'pve2' }));
    folded = foldVm(folded, event('vm.started', { node: 'pve2' }));
    expect(folded).toEqual(vmFrom({ ...stopped, node: 'pve2', status: 'running' }));
  });

  test('of a node and a hypervisor', () => {
    const node: NodeEntity = { id: 'pve-pve1', hypervisor: 'pve', node: 'pve1', online: false };
    const offline = { type: 'node.offline', time: since, data: node } as never;
    expect(foldNode(undefined, offline)).toEqual({ ...nodeFrom(node), since: at });
    const hypervisor: Hypervisor = { id: 'pve', reachable: false, quorate: true };
    const said = { id: 'away', correlationid: 'chain' };
    const data = { hypervisor: 'pve' };
    const unreachable = { ...said, type: 'hypervisor.unreachable', time: since, data } as never;
    const folded = foldHypervisor(undefined, unreachable);
    expect(folded).toEqual({ ...hypervisorFrom(hypervisor), since: at, said });
    expect(withKnownStart(folded, hypervisorFrom(hypervisor))).toEqual(folded);
  });

  test('what a snapshot has not, when it began, stays while the state does', () => {
    expect(withKnownStart({ ...offlineNode, since: at }, offlineNode)).toEqual({ ...offlineNode, since: at });
    expect(withKnownStart({ ...offlineNode, online: true, since: at }, offlineNode)).toEqual(offlineNode);
    const vm: OutsideFact = { kind: 'vm', id: '1', hypervisor: 'pve', node: 'pve1', running: false };
    expect(withKnownStart({ ...vm, stoppedAt: at }, vm)).toEqual({ ...vm, stoppedAt: at });
  });
});

describe('what the facts come to', () => {
  const ups = (more: object): OutsideFact =>
    ({ kind: 'ups', id: 'rack', onBattery: false, contact: true, forced: false, ...more }) as OutsideFact;
  const failed = (facts: readonly OutsideFact[]) =>
    [...outsideWorld(facts, new Map(), seen).things].flatMap(([id, each]) => (each.failed ? [id] : []));
  const cut = { id: 'cut', correlationid: 'chain' };

  test.each([
    ['on mains', {}, []],
    ['on battery: mains alone', { onBattery: true, cut }, ['mains/rack']],
    ['lost while on battery: the UPS, too', { onBattery: true, contact: false }, ['mains/rack', 'ups/rack']],
    ['lost while on mains: nobody knows', { contact: false }, []],
    ['forced off', { onBattery: true, forced: true }, ['mains/rack', 'ups/rack']],
  ])('a UPS %s', (_, more, expected) => {
    expect(failed([ups(more)])).toEqual(expected);
  });

  test('a VM needs its node, by the id that vm-lifecycle gave that, the node its hypervisor and any of its feeds', () => {
    const facts: OutsideFact[] = [
      { kind: 'node', id: 'pve-pve1-2', hypervisor: 'pve', node: 'pve1', online: true },
      { kind: 'vm', id: '104', hypervisor: 'pve', node: 'pve1', running: true },
      { kind: 'hypervisor', id: 'pve', reachable: true },
    ];
    const feeds = new Map([['pve', new Map([['pve1', ['rack', 'attic']]])]]);
    const { needs } = outsideWorld(facts, feeds, seen);
    expect(Object.fromEntries(needs)).toEqual({
      'vm/104': [['node/pve-pve1-2']],
      'node/pve-pve1-2': [['hypervisor/pve'], ['ups/rack', 'ups/attic']],
      'hypervisor/pve': [['ups/rack', 'ups/attic']],
    });
  });

  test('a power cut is known by its chain, also after mains came back', () => {
    expect(outsideWorld([ups({ cut })], new Map(), seen).outages).toEqual(new Set(['chain']));
  });

  describe('what is fed by a UPS failed in its power cut', () => {
    const feeds = new Map([['pve', new Map([['pve1', ['rack']]])]]);
    const chainOf = (power: object, failedAt: number) => {
      const said = { id: 'away', correlationid: 'its own' };
      const facts: OutsideFact[] = [
        ups({ cut, ...power }),
        { ...offlineNode, since: failedAt } as OutsideFact,
        { kind: 'hypervisor', id: 'pve', reachable: false, since: failedAt, said },
      ];
      const { things } = outsideWorld(facts, feeds, seen);
      return ['node/pve-pve1', 'hypervisor/pve'].map((id) => things.get(id)?.evidence?.correlationid);
    };
    const battery = { onBattery: true, since: at, cutSince: at };
    const over = { since: at + 600_000, cutSince: at };

    test.each<[string, object, number, (string | undefined)[]]>([
      ['on battery', battery, at + 300_000, ['chain', 'chain']],
      ['on battery, but it failed before', battery, at - 1, [undefined, 'its own']],
      ['over, and it is not back', over, at + 300_000, ['chain', 'chain']],
      ['over, and its shutdown had begun', over, at + 650_000, ['chain', 'chain']],
      ['over, and it failed long after it', over, at + 901_000, [undefined, 'its own']],
    ])('%s', (_, power, failedAt, chains) => {
      expect(chainOf(power, failedAt)).toEqual(chains);
    });
  });

  describe('has failed since', () => {
    const sinceOf = (facts: readonly OutsideFact[], id: string, more: Partial<Seen> = {}) =>
      outsideWorld(facts, new Map(), { ...seen, ...more }).things.get(id)?.since.time;

    test.each<[string, object, number]>([
      ['it was lost on battery', { contact: false, contactSince: at + 2 }, at + 2],
      ['mains failed, if it was lost before', { contact: false, contactSince: at - 1 }, at],
      ['it was forced off', { forced: true, forcedAt: at + 3 }, at + 3],
      ['the first of both', { contact: false, contactSince: at + 4, forced: true, forcedAt: at + 3 }, at + 3],
    ])('a UPS: %s', (_, more, expected) => {
      const facts = [ups({ onBattery: true, since: at, ...more })];
      expect(sinceOf(facts, 'ups/rack')).toBe(expected);
      expect(sinceOf(facts, 'mains/rack')).toBe(at);
    });

    test('its event, or when it was first seen to have, if nobody said that', () => {
      expect(sinceOf([{ ...offlineNode, since: at }], 'node/pve-pve1')).toBe(at);
      expect(sinceOf([offlineNode], 'node/pve-pve1')).toBe(seen.now);
      const before = outsideWorld([offlineNode], new Map(), seen).things;
      expect(sinceOf([offlineNode], 'node/pve-pve1', { before, now: seen.now + 5 })).toBe(seen.now);
      const found = { type: 'vm.found', time: since, data: { ...place, running: false } } as VmFactEvent;
      expect(
        sinceOf(
          [foldVm(undefined, found)].flatMap((fact) => fact ?? []),
          'vm/104',
        ),
      ).toBe(at);
    });
  });
});
