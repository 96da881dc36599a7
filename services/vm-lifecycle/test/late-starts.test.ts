import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leaseEvents, own } from './owned.ts';
import { byHand, event, found, guest, openSpace, type Space } from './space.ts';

/* Starts that nobody saw as they happened: since we could not look (PART-4). */

const pool = 'deelnemers';
const hourMs = 3_600_000;
let space: Space;

beforeAll(async () => {
  const startedAt = Date.now() - 2 * hourMs;
  space = await openSpace({
    guests: [...[101].map((vmid) => guest(vmid, { pool, startedAt }))],
    durations: { resourcesDelay: 0 },
  });
  await found(space, 101);
});
afterAll(() => space.close());

const act = (vmid: number, what: string) => byHand(space, `/nodes/pve1/qemu/${vmid}/status/${what}`);
const started = async (id: string, nth = 1) => await leaseEvents(space, id, 'lease.started', nth);

test('a start that is seen late begins its lease when it was', async () => {
  const { simulator } = space;
  const id = await own(space, 101);
  await started(id);
  await act(101, 'stop');
  const stopped = await event(space, 101, 'vm.stopped');
  simulator.faults.refuse('GET', /cluster\/resources/, { status: 503, reason: 'busy', times: 1e6 });
  await act(101, 'start');
  await waitFor('it runs', () => simulator.guest(101).status === 'running');
  const until = Date.now() + 4_000;
  await waitFor('a while', () => Date.now() > until);
  simulator.faults.clear();
  const [, next] = await started(id, 2);
  const { started: from, ends } = (next?.data ?? {}) as { started: string; ends: string };
  expect(Date.parse(next?.time ?? '') - Date.parse(from)).toBeGreaterThan(3_000);
  expect(Date.parse(from)).toBeGreaterThanOrEqual(Date.parse(stopped.time));
  expect(Date.parse(ends) - Date.parse(from)).toBe(14 * 24 * hourMs);
});
