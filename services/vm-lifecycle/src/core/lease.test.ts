import { expect, test } from 'vitest';
import { evolveLease, type LeaseState, leaseLeft, leaseStarted, startedAt } from './lease.ts';
import { renewalUndone, renewed, renewedByLink } from './renew.ts';

const now = new Date('2026-12-01T12:00:00Z');
const day = 24 * 3_600_000;
const after = (ms: number) => new Date(now.getTime() + ms);
const owner = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const which = { lease: '104-1f3c9a2b', vm: '104', owner };
const rules = { lengthMs: 14 * day, renewals: 'any' } as const;
const begin = (before?: LeaseState) =>
  leaseStarted(which, before, { how: 'started', now, lengthMs: rules.lengthMs });
const state = evolveLease(undefined, { type: 'lease.started', data: begin() });
if (state === undefined) throw new Error('no lease began');
const lease = { id: which.lease, state, running: true, owner };

test('a lease has its length from its start; the next one has the next number, also after one that is over', () => {
  expect(state).toMatchObject({ number: 1, renewals: 0, ends: after(14 * day), over: false });
  const over = evolveLease(state, {
    type: 'lease.ended',
    data: { lease: which.lease, vm: '104', number: 1, because: 'gone' },
  });
  expect(over).toMatchObject({ over: true });
  expect(begin(over)).toMatchObject({ number: 2 });
});

test.each([
  ['seen a day late', -day, -day],
  ['before it was off, by a clock that is behind', -8 * day, -7 * day],
  ['ahead of now', 60_000, 0],
])('a start that is seen late was when its task began: %s', (_, task, start) => {
  const at = startedAt(after(task), { off: after(-7 * day), now });
  expect(at).toEqual(after(start));
  expect(
    leaseStarted(which, state, { how: 'started', now, lengthMs: rules.lengthMs, started: at }),
  ).toMatchObject({
    number: 2,
    started: after(start).toISOString(),
    ends: after(start + 14 * day).toISOString(),
  });
});

test('a start that is seen after our clock went back begins now', () => {
  expect(startedAt(after(-day), { off: after(day), now })).toEqual(now);
});

test('onboot that was turned off is remembered into the next lease, until it is back', () => {
  const set = (onboot: boolean, failed?: string) => ({
    type: 'lease.onboot-set' as const,
    data: { lease: which.lease, vm: '104', number: 1, onboot, ...(failed !== undefined && { failed }) },
  });
  const off = evolveLease(state, set(false));
  expect(off?.onbootBefore).toBe(true);
  const next = evolveLease(off, { type: 'lease.started', data: begin(off) });
  expect(next).toMatchObject({ number: 2, onbootBefore: true });
  expect(evolveLease(next, set(true))?.onbootBefore).toBeNull();
  expect(evolveLease(state, set(false, 'no-right'))).toEqual(state);
  // While it is asked; what is refused was not done, and what cannot be turned on again stays to be done.
  const asked = { ...state, onbootBefore: false };
  expect(evolveLease(asked, set(false))?.onbootBefore).toBe(true);
  expect(evolveLease(asked, set(false, 'no-right'))?.onbootBefore).toBeNull();
  expect(evolveLease(asked, set(true, 'no-right'))?.onbootBefore).toBe(false);
  expect(evolveLease(off, set(true, 'no-right'))?.onbootBefore).toBe(true);
});

test.each([
  [
    'renewed to its length from now',
    {},
    rules,
    { number: 1, renewals: 1, ends: after(14 * day).toISOString() },
  ],
  [
    'as often as is allowed',
    { state: { ...state, renewals: 1 } },
    { ...rules, renewals: 1 },
    'renewals-used',
  ],
  ['not at all', {}, { ...rules, renewals: 0 }, 'renewals-used'],
  ['one that is off', { running: false }, rules, 'not-running'],
  ['one that is over', { state: { ...state, over: true } }, rules, 'no-lease'],
  ['there is none', { state: undefined }, rules, 'no-lease'],
  ['past its end, while it still runs', { state: { ...state, ends: after(-day) } }, rules, { renewals: 1 }],
  [
    'never to less than it had',
    { state: { ...state, ends: after(30 * day) } },
    rules,
    { ends: after(30 * day).toISOString() },
  ],
] as const)('%s', (_, change, allowed, result) => {
  const found = renewed({ ...lease, ...change }, 'owner', allowed, now);
  if (typeof result === 'string') expect(found).toBe(result);
  else expect(found).toMatchObject(result);
});

const link = { number: 1, ends: state.ends.toISOString(), person: owner, until: after(day).toISOString() };
test.each([
  ['as it was sent', {}, { by: 'link', renewals: 1 }],
  ['of the lease before', { number: 2 }, 'link-ended'],
  ['after the planned stop', { until: now.toISOString() }, 'link-ended'],
  ['used', { ends: after(0).toISOString() }, 'link-used'],
  ['of who had it before', { person: owner.replace('5f', '6f') }, 'link-of-another'],
] as const)('a link: %s', (_, change, result) => {
  const found = renewedByLink(lease, { ...link, ...change }, rules, now);
  if (typeof result === 'string') expect(found).toBe(result);
  else expect(found).toMatchObject(result);
});

test.each([
  [14 * day, 14 * 86_400],
  [5 * 3_600_000 + 1, 5 * 3_600],
  [90 * 60_000 + 59_000, 90 * 60],
  [30_000, 0],
  [-30_000, -60],
  [-5 * 3_600_000, -5 * 3_600],
])('what is left of %i ms is said in steps: %i s', (left, said) => {
  expect(leaseLeft(after(left), now)).toBe(said);
});

test('the last renewal is taken back within a minute, once: the lease ends as before, and it does not count', () => {
  const at = after(10 * day);
  const data = renewed(lease, 'owner', rules, at);
  if (typeof data === 'string') throw new Error(data);
  const longer = evolveLease(state, { type: 'lease.renewed', data });
  const undone = (ms: number, of = longer) =>
    renewalUndone({ ...lease, state: of }, 'owner', rules, new Date(at.getTime() + ms));
  const back = undone(10_000);
  if (typeof back === 'string') throw new Error(back);
  const asBefore = evolveLease(longer, { type: 'lease.renewal-undone', data: back });
  expect(asBefore).toEqual(state);
  expect(undone(60_000)).toBe('not-just-renewed');
  expect(undone(10_000, asBefore)).toBe('not-just-renewed');
  // What only began was not renewed.
  expect(renewalUndone(lease, 'owner', rules, now)).toBe('not-just-renewed');
});
