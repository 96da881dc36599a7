import { phrase } from '@huismeester/contracts';
import { expect, it } from 'vitest';
import { fullBattery, minute, PowerSpace } from '../../../test/power-space.ts';
import { evolveNode, type NodeEvent, nodeKey } from '../../facts/node.ts';

const open = (space: PowerSpace) => space.open();

it('is open for as long as a forced shutdown stands there that nobody saw being set', () => {
  const space = new PowerSpace([['101', 'core']]).ups('ups.forced-shutdown-stuck', { at_contact: true });
  expect(open(space)).toEqual(['stuck-forced-shutdown ups/rack']);
  expect(space.decided()).toEqual([]);
  const [found] = space.last?.violations.get('power')?.found ?? [];
  expect(phrase(found?.reasons ?? [], 'en')).toMatch(/upsd must be restarted/);
  expect(open(space.ups('ups.forced-shutdown-cleared', {}))).toEqual([]);
});

it('is open while a guest keeps running whose shutdown was given up, and ends when it is off', () => {
  const space = new PowerSpace([['101', 'core']])
    .ups('ups.on-battery', fullBattery)
    .ups('ups.battery-low', { charge_pct: 15 });
  space.vm('vm.power-failed', '101', { act: 'shutdown', generation: 1, retry: false });
  expect(open(space)).toEqual(['not-shut-down vm/101']);
  expect(open(space.stops('101'))).toEqual([]);
});

it('is open while a guest stays off that could not be started again', () => {
  const space = new PowerSpace([['101', 'core']])
    .ups('ups.on-battery', fullBattery)
    .ups('ups.battery-low', { charge_pct: 15 })
    .stops('101')
    .ups('ups.on-mains', { charge_pct: 90 })
    .after(5 * minute);
  for (let times = 0; times < 4; times += 1) {
    const generation = space.of('101')?.generation ?? 0;
    space.vm('vm.power-failed', '101', { act: 'start', generation, retry: false });
    if (times < 3) space.after(15 * minute);
  }
  expect(open(space)).toEqual(['not-restored vm/101']);
  expect(open(space.starts('101'))).toEqual([]);
});

it('is open for the second of two nodes whose hypervisor and name give one id, while there are both', () => {
  const event = { type: 'node.online', time: '', subject: '', id: '', correlationid: '' } as const;
  const node = (hypervisor: string, name: string, id: string) =>
    [
      nodeKey(hypervisor, name),
      evolveNode(undefined, { ...event, data: { hypervisor, node: name, id } } as NodeEvent),
    ] as const;
  const nodes = [
    node('pve', 'b-n1', 'pve-b-n1'),
    node('pve-b', 'n1', 'pve-b-n1-2'),
    node('pve', 'N2', 'pve-n2'),
  ];
  const space = new PowerSpace([]);
  space.facts = { ...space.facts, node: new Map(nodes) as typeof space.facts.node };
  expect(open(space.look())).toEqual(['node-id-taken node/pve-b-n1-2']);
  space.facts = { ...space.facts, node: new Map(nodes.slice(1)) as typeof space.facts.node };
  expect(open(space.look())).toEqual([]);
});
