import { describe, expect, it } from 'vitest';
import type { Entry, Log } from './logs.ts';
import { type Stored, stateFaults } from './states.ts';

const time = '2026-11-22T10:00:00.000Z';
let count = 0;
function entry(type: string, subject: string, data: Entry['data'], id = `e${++count}`): Entry {
  return { position: 0, id, type, subject, version: 1, time, correlationid: id, data };
}
const at = Date.parse(time);
const guest = { vm: '100', class: 'core', hypervisor: 'pve', node: 'pve1' };
const decided = { target: 'vm/100', state: 'stopped', generation: 3, mode: 'enforce' };
const logs: Record<string, Entry[]> = {
  'ups-monitor': [
    entry('ups.on-battery', 'ups/u1', { ups: 'u1', since: time, charge_pct: 90 }, 'b1'),
    {
      ...entry(
        'ups.battery-reading',
        'ups/u1',
        { ups: 'u1', on_battery: true, low: false, charge_pct: 80 },
        'b2',
      ),
      version: 2,
    },
  ],
  'vm-lifecycle': [
    entry('vm.found', 'vm/100', { ...guest, vmid: 100, kind: 'qemu', name: 'n', pool: 'p', running: true }),
    entry('vm.stopped', 'vm/100', { ...guest, cause: 'person' }),
    entry('hypervisor.reachable', 'hypervisor/pve', { hypervisor: 'pve', quorate: true }),
  ],
  policy: [
    entry('desired-state.decided', 'desired-state/100', { ...decided, generation: 2, state: 'running' }),
    entry('desired-state.decided', 'desired-state/100', decided, 'd3'),
  ],
};
const logOf = (service: string): Log => ({ service, epoch: 'x', entries: logs[service] ?? [] });

const evidence = ['b1', 'b2'].map((id) => ({ id, correlationid: id }));
const good: Stored = {
  feeds: [
    {
      ups: 'u1',
      mains: 'on-battery',
      since: at,
      chargePct: 80,
      readAt: at,
      seenAt: at,
      contact: { ok: false, since: 0 },
      low: false,
      forced: false,
      evidence,
    },
  ],
  guests: [{ vm: '100', class: 'core', hypervisor: 'pve', node: 'pve1', running: false }],
  standings: [{ ...decided, decision: 'd3' }],
  desired: [{ decision: 'd3', ...decided }],
  upses: [{ id: 'u1', version: 2, mains: 'on-battery' }],
  vms: [{ id: '100', status: 'stopped' }],
};
const first = <T>(list: readonly T[], more: object): T[] => [{ ...(list[0] as T), ...more }];

describe('what the services have stored', () => {
  it('is well when it follows from the logs', () => {
    expect(stateFaults(good, logOf)).toEqual([]);
  });
  it.each<[string, Partial<Stored>]>([
    ['a reading was not folded', { feeds: first(good.feeds, { chargePct: 90 }) }],
    [
      'a reading was folded in another order',
      { feeds: first(good.feeds, { evidence: evidence.toReversed() }) },
    ],
    ['a UPS is missing', { feeds: [] }],
    ['a guest is as it was before', { guests: first(good.guests, { running: true }) }],
    ['an old decision stands', { desired: first(good.desired, { generation: 2, state: 'running' }) }],
    ['a decision is not remembered', { standings: [] }],
    [
      'a decision was never logged',
      { desired: [...good.desired, { ...decided, target: 'vm/101', decision: 'd4' }] },
    ],
    ['a state lags behind its log', { upses: first(good.upses, { version: 1 }) }],
    ['a VM is not as was said', { vms: first(good.vms, { status: 'running' }) }],
  ])('is not well when %s', (_, wrong) => {
    expect(stateFaults({ ...good, ...wrong }, logOf)).toHaveLength(1);
  });
});
