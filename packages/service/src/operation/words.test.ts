import { faults, states } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import type { Flow } from './sight.ts';
import { flowState, waitingFor, wordFor } from './words.ts';

const consumer = { source: 'policy', position: 40, head: 40, lag: 0, deadLetters: 0 };
const tasks = { running: 1, due: 0, failing: 0 };
const fine: Flow = {
  publisher: { position: 12, head: 12, lag: 0 },
  consumers: [consumer],
  tasks,
  broker: { connected: true, reconnects: 3 },
};

const behind: [what: string, flow: Partial<Flow>, waits: string][] = [
  [
    'events to apply',
    { consumers: [{ ...consumer, head: 43, lag: 3 }] },
    'vm-lifecycle has 3 events of policy still to apply',
  ],
  [
    'an event to tell',
    { publisher: { position: 11, head: 12, lag: 1 } },
    'vm-lifecycle has 1 event still to publish',
  ],
  [
    'a task that waits for long',
    { tasks: { ...tasks, due: 5, oldest_s: 12.4 } },
    'vm-lifecycle has 5 tasks waiting, the oldest for 12 s',
  ],
];
const trouble: typeof behind = [
  [
    'a log that cannot be read',
    { consumers: [{ ...consumer, lastError: 'policy answered 502' }] },
    'vm-lifecycle waits for the log of policy: policy answered 502',
  ],
  [
    'a dead letter',
    { consumers: [{ ...consumer, deadLetters: 1 }] },
    'vm-lifecycle has 1 event of policy parked, for a person: see dead-letters',
  ],
  [
    'no broker',
    { broker: { connected: false, reconnects: 3, trouble: 'not connected' } },
    'vm-lifecycle waits for the broker: not connected',
  ],
  [
    'a task that fails',
    { tasks: { ...tasks, failing: 2 } },
    'vm-lifecycle has 2 tasks that failed, to be tried again',
  ],
];

describe('how the events of a service flow', () => {
  it('is fine, and nobody waits', () => {
    expect([wordFor(fine), waitingFor('vm-lifecycle', fine, [])]).toEqual(['flowing', []]);
  });

  it.each(behind)('is behind with %s', (_, change, waits) => {
    const flow = { ...fine, ...change };
    expect([wordFor(flow), waitingFor('vm-lifecycle', flow, [])]).toEqual(['behind', [waits]]);
  });

  it.each(trouble)('is in trouble with %s', (_, change, waits) => {
    const flow = { ...fine, ...change };
    expect([wordFor(flow), waitingFor('vm-lifecycle', flow, [])]).toEqual(['trouble', [waits]]);
  });

  it('names a part that is not ready, once', () => {
    const parts = [
      { name: 'database', ready: false, detail: 'does not answer' },
      { name: 'broker', ready: false, essential: false, detail: 'vm-lifecycle: not connected' },
      { name: 'vm-lifecycle: log of policy', ready: false },
      { name: 'vm-lifecycle: hypervisor pve', ready: true },
    ];
    expect(waitingFor('vm-lifecycle', fine, parts)).toEqual([
      'vm-lifecycle waits for database: does not answer',
    ]);
  });

  it.each([...behind, ...trouble])('is a state as the contract has it, with %s', (_, change) => {
    const state = { ...flowState({ ...fine, ...change }), ts: 1 };
    expect(faults(states['vm-lifecycle'].service, state)).toEqual([]);
  });

  it('tells lags by the log that is read, and of a service without tasks nothing about tasks', () => {
    const { tasks: _, ...idle } = fine;
    const flow: Flow = { ...idle, consumers: [{ ...consumer, source: 'ups-monitor', lag: 7 }] };
    const said = JSON.parse(JSON.stringify(flowState(flow)));
    expect(said).toEqual({
      flow: 'behind',
      flow_n: 1,
      publish_lag: 0,
      lag_ups_monitor: 7,
      dead_letters: 0,
      reconnects: 3,
    });
  });
});
