import { describe, expect, it } from 'vitest';
import { type Applied, consumerFaults, type Entry, type Log, logFaults, type Taken } from './logs.ts';

function entry(position: number, subject: string, version: number, more: Partial<Entry> = {}): Entry {
  const id = `e${position}`;
  return {
    position,
    id,
    type: 'ups.found',
    subject,
    version,
    time: '',
    correlationid: id,
    data: {},
    ...more,
  };
}

const entries = [entry(1, 'a', 1), entry(2, 'b', 1), entry(3, 'a', 2), entry(4, 'a', 3)];
const log = (epoch: string, of = entries): Log => ({ service: 'ups-monitor', epoch, entries: of });

function applied(epoch: string, from: number, to: number, nth = 0): Applied[] {
  return entries.slice(from - 1, to).map(({ position, id, subject, version }, index) => ({
    nth: nth + index + 1,
    source: 'ups-monitor',
    epoch,
    position,
    id,
    subject,
    version,
  }));
}
const taken = (epoch: string, position: number): Taken => ({ source: 'ups-monitor', epoch, position });

describe('a log in itself', () => {
  it('is well without gaps, with versions one by one', () => {
    expect(logFaults(log('x'))).toEqual([]);
  });
  it.each([
    ['a gap', [entry(1, 'a', 1), entry(3, 'a', 2)]],
    ['a version left out', [entry(1, 'a', 1), entry(2, 'a', 3)]],
    ['a version twice', [entry(1, 'a', 1), entry(2, 'a', 1)]],
    ['an event twice', [entry(1, 'a', 1), entry(2, 'a', 2, { id: 'e1' })]],
  ])('is not well with %s', (_, wrong) => {
    expect(logFaults(log('x', wrong))).toHaveLength(1);
  });
});

describe('what a consumer applied', () => {
  const logs = { present: [log('new')], lost: [log('old')] };
  const faults = (events: Applied[], begins = [taken('old', 1), taken('new', 2)]) =>
    consumerFaults(events, begins, logs);
  const good = [...applied('old', 2, 3), ...applied('new', 3, 4, 10)];

  it('is well when each came once, in order, from a snapshot on', () => {
    expect(faults(good)).toEqual([]);
    expect(faults(applied('new', 1, 4), [taken('new', 0)])).toEqual([]);
    expect(
      faults([...applied('new', 1, 1), ...applied('new', 4, 4, 5)], [taken('new', 0), taken('new', 3)]),
    ).toEqual([]);
  });
  it.each([
    ['one is missing', good.filter(({ nth }) => nth !== 1)],
    ['one came twice', [...good, ...applied('new', 4, 4, 20)]],
    ['two came in another order', good.map((each) => ({ ...each, nth: -each.nth }))],
    ['the end is missing', good.slice(0, -1)],
    ['one is not as in the log', good.map((each) => (each.nth === 11 ? { ...each, id: 'other' } : each))],
    ['one has another version', good.map((each) => (each.nth === 11 ? { ...each, version: 9 } : each))],
    ['one is of an epoch that nobody knows', [...good, ...applied('forged', 1, 1, 30)]],
    ['more came than the log has', [...good, { ...(good[3] as Applied), nth: 50, position: 5 }]],
  ])('is not well when %s', (_, events) => {
    expect(faults(events)).not.toEqual([]);
  });
  it('is not well without a snapshot to begin from', () => {
    expect(faults(good, [taken('old', 1)])).not.toEqual([]);
    expect(faults([], [])).not.toEqual([]);
  });
  it('may end anywhere in a log that was lost', () => {
    expect(faults(good.filter(({ epoch }) => epoch === 'new'))).toEqual([]);
  });
});
