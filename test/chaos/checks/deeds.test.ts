import { describe, expect, it } from 'vitest';
import { deedFaults, outcomeFaults } from './deeds.ts';
import type { Entry } from './logs.ts';
import { memoryFaults, peaks } from './memory.ts';

function entry(id: string, type: string, data: Entry['data']): Entry {
  return { position: 1, id, type, subject: 's', version: 1, time: '', correlationid: id, data };
}
const decided = entry('d1', 'desired-state.decided', {
  target: 'vm/100',
  state: 'stopped',
  mode: 'enforce',
});
const intent = (id: string, more: Entry['data'] = {}) =>
  entry(id, 'vm.power-requested', { vm: '100', act: 'shutdown', decision: 'd1', ...more });
const sent = { vm: '100', act: 'shutdown' };
const faults = (requests: (typeof sent)[], intents: Entry[], policy = [decided]) =>
  deedFaults(requests, { vmLifecycle: intents, policy });

describe('what reached Proxmox', () => {
  it('is well when each was written down, once, for a decision', () => {
    expect(faults([sent], [intent('i1')])).toEqual([]);
    // Written down, and killed before it was sent.
    expect(faults([], [intent('i1')])).toEqual([]);
    expect(faults([sent, sent], [intent('i1'), intent('i2', { because: 'no trace of it' })])).toEqual([]);
    // The same event, in a log that was lost and in the one that replaced it.
    expect(faults([sent], [intent('i1'), intent('i1')])).toEqual([]);
  });
  it.each([
    ['more came than was written down', [sent, sent], [intent('i1')]],
    ['another was asked than was written down', [{ vm: '101', act: 'shutdown' }], [intent('i1')]],
    ['it was repeated without a reason', [sent, sent], [intent('i1'), intent('i2')]],
    ['no decision wants it', [sent], [intent('i1', { decision: 'd2' })]],
    ['the decision wants something else', [{ ...sent, act: 'start' }], [intent('i1', { act: 'start' })]],
  ])('is not well when %s', (_, requests, intents) => {
    expect(faults(requests, intents)).toHaveLength(1);
  });
  it.each([{ mode: 'dry-run' }, { target: 'vm/101' }])('is not well with a decision of %o', (wrong) => {
    expect(
      faults([sent], [intent('i1')], [{ ...decided, data: { ...decided.data, ...wrong } }]),
    ).toHaveLength(1);
  });
});

describe('the end', () => {
  const one = { vm: '100', wanted: 'stopped', is: 'stopped' };
  it('is well when it is as without faults', () => {
    expect(outcomeFaults([one], [one])).toEqual([]);
  });
  it.each([[[]], [[{ ...one, is: 'running' }]], [[{ ...one, wanted: 'hands-off' }]]])(
    'is not well as %o',
    (end) => {
      expect(outcomeFaults([one], end)).toHaveLength(1);
    },
  );
});

describe('memory', () => {
  const samples = [100, 300, 200].map((rssMiB, atMs) => ({ process: 'policy', atMs, rssMiB }));
  it('is bounded', () => {
    expect(peaks(samples)).toEqual(new Map([['policy', 300]]));
    expect(memoryFaults(samples, 300)).toEqual([]);
    expect(memoryFaults(samples, 299)).toHaveLength(1);
  });
});
