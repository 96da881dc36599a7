import { randomUUID } from 'node:crypto';
import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { intentText } from '../../src/core/creating/intent.ts';
import { proposeFromIntent } from '../../src/creating/proposing.ts';
import { beginOwnership } from '../../src/owning/commands.ts';
import { endOwnership } from '../../src/owning/end.ts';
import { creation } from '../../src/schema.ts';
import { openTables } from '../own-tables.ts';

/* What a guest says of its owner, of which our log knows nothing, or not any more. */

let database: Database;
let log: EventLog;
let place: Awaited<ReturnType<typeof openTables>>;

beforeAll(async () => {
  place = await openTables();
  ({ database, log } = place);
});
afterAll(async () => {
  await place.close();
});

function guest(vmid: number) {
  return { vm: `${vmid}`, hypervisor: 'pve', vmid, incarnation: `uuid-${randomUUID()}` };
}
const propose = (which: ReturnType<typeof guest>, description: string | undefined) =>
  database.transaction((tx) => proposeFromIntent(tx, log, { which, description }));
const offersOf = async (vm: string) => {
  const { events } = await log.read({ after: 0, limit: 100 });
  const offers = events.filter(({ type }) => type === 'ownership.offered');
  return offers.map(({ data }) => data as { vm: string; to: string }).filter((each) => each.vm === vm);
};

test('what a guest says of its owner is offered to that person, once, and only where nothing is known of it', async () => {
  const owner = randomUUID();
  const which = guest(904);
  expect(await propose(which, 'my wiki')).toBe(false);
  const description = intentText({ creation: randomUUID(), owner });
  expect(await propose(which, description)).toBe(true);
  expect(await propose(which, description)).toBe(false);
  expect(await offersOf('904')).toMatchObject([{ to: owner }]);
});

test('one that is back is offered to whose it was at last, if it names them', async () => {
  const owner = randomUUID();
  const which = guest(905);
  await database.transaction((tx) =>
    beginOwnership(tx, log, { ...which, owner, how: 'created', actor: 'test' }),
  );
  const theirs = intentText({ creation: randomUUID(), owner });
  expect(await propose(which, theirs)).toBe(false);
  await database.transaction((tx) => endOwnership(tx, log, { vm: '905', because: 'destroyed' }));
  // It was handed over: whoever it was made for has nothing in it any more.
  expect(await propose(which, intentText({ creation: randomUUID(), owner: randomUUID() }))).toBe(false);
  expect(await propose(which, theirs)).toBe(true);
  expect(await propose(which, theirs)).toBe(false);
  expect(await offersOf('905')).toMatchObject([{ to: owner }]);
});

test('a clone of what was made here is nobody’s, though it has the text of its original', async () => {
  const owner = randomUUID();
  const id = randomUUID();
  const [original, clone] = [guest(906), guest(907)];
  const amounts = { cores: 1, memoryMib: 1024, diskGib: 10 };
  const of = { name: 'one', template: 'debian', kind: 'qemu', user: 'debian', ...amounts } as const;
  const state = { ...of, step: 'done', steps: [], failures: 0, incarnation: original.incarnation } as const;
  const made = { id, version: 1, owner, hypervisor: 'pve', vmid: 906, open: false, state };
  await database.orm.insert(creation).values(made);
  const description = intentText({ creation: id, owner });
  expect(await propose(clone, description)).toBe(false);
  // Nor is what was cloned back under the number of the original.
  expect(await propose(guest(906), description)).toBe(false);
  expect(await offersOf('907')).toEqual([]);
  // The original itself, of whose owner nothing is known any more.
  expect(await propose(original, description)).toBe(true);
});

test('what is left of one that was given up is offered to whom it was for, and its clone is not', async () => {
  const owner = randomUUID();
  const id = randomUUID();
  const amounts = { cores: 1, memoryMib: 1024, diskGib: 10 };
  const of = { name: 'two', template: 'debian', kind: 'qemu', user: 'debian', ...amounts } as const;
  const state = { ...of, step: 'given-up', steps: [], failures: 0, left: true } as const;
  const made = { id, version: 1, owner, hypervisor: 'pve', vmid: 908, open: false, state };
  await database.orm.insert(creation).values(made);
  const description = intentText({ creation: id, owner });
  expect(await propose(guest(909), description)).toBe(false);
  expect(await propose(guest(908), description)).toBe(true);
});
