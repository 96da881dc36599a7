import { expect, test } from 'vitest';
import { EventRefused } from './errors.ts';
import { newEvent } from './new-event.ts';
import { toEntry, toStoredEvent } from './stored-event.ts';

const now = new Date('2026-11-22T13:41:45.306Z');
const origin = { siteId: 'hackalot', service: 'ups-monitor', epoch: 'e' } as const;

test('the first of a chain is its own correlation; what follows from it names it', () => {
  const first = toEntry(newEvent('ups.battery-low', 'ups/rack', { ups: 'rack' }), 0, now);
  expect(first).toMatchObject({
    i: 1,
    correlation_id: first.id,
    causation_id: null,
    time: now.toISOString(),
  });
  const cause = { id: first.id, correlationid: 'chain' };
  const second = toEntry(newEvent('ups.battery-low', 'ups/rack', { ups: 'rack' }, { cause }), 1, now);
  expect(second).toMatchObject({ i: 2, correlation_id: 'chain', causation_id: first.id });
  expect(second.id > first.id).toBe(true);
});

test('a row becomes the event that it was, whatever the session says of times and numbers', () => {
  const entry = toEntry(newEvent('ups.battery-low', 'ups/rack', { ups: 'rack' }), 0, now);
  const row = { ...entry, position: '7', version: 3, time: '2026-11-22 14:41:45.306+01' };
  expect(toStoredEvent(row, origin)).toMatchObject({
    source: '/hackalot/ups-monitor',
    position: 7,
    version: 3,
    time: '2026-11-22T13:41:45.306Z',
    dataschema: '/schemas/ups.battery-low/1',
  });
});

test('an event without a subject is refused', () => {
  expect(() => toEntry(newEvent('ups.battery-low', '', { ups: 'rack' }), 0, now)).toThrow(EventRefused);
});

test('a row of an older schema is read as if it had been written today', () => {
  const grounds = [{ code: 'gave-up' }];
  const entry = toEntry(newEvent('ups.battery-low', 'ups/rack', { ups: 'rack' }), 0, now);
  const old = { ...entry, type: 'violation.opened', schema_version: 1, data: { violation: 'x', grounds } };
  expect(toStoredEvent({ ...old, position: 7, version: 3 }, { ...origin, service: 'policy' })).toMatchObject({
    dataschema: '/schemas/violation.opened/2',
    data: { violation: 'x', reasons: grounds },
  });
});
