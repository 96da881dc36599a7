import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { askedItem, askedOf } from '../src/now/asked.ts';
import type { Notice } from '../src/rules/define.ts';
import { application, lease, member, ownership, ruleMode, violation } from '../src/schema.ts';
import { planOf } from './notice-plan.ts';
import {
  day,
  noticeTo,
  type Outbox,
  type OutboxDatabase,
  openOutboxDatabase,
  startOutbox,
} from './outbox.ts';

/* What is asked of somebody on the page: what of the notices to them is still true. */

const start = new Date('2026-12-01T10:00:00Z');
let base: OutboxDatabase;
let outbox: Outbox;
let them: string;

beforeAll(async () => {
  base = await openOutboxDatabase();
});
beforeEach(async () => {
  outbox = await startOutbox(base, {}, { start, sends: false });
  them = randomUUID();
});
afterAll(() => base.close());

const rowsOf = async (person = them) => {
  const { orm } = base.database;
  const [armed] = await orm.select({ epoch: ruleMode.epoch }).from(ruleMode);
  return await askedOf(orm, person, {
    plan: planOf(base.url, {}),
    epoch: armed?.epoch ?? '',
    now: start.getTime(),
  });
};
const asked = async (person = them) =>
  (await rowsOf(person)).map(({ kind, subject }) => `${kind} ${subject}`);
const full = (person: string) =>
  base.database.orm.insert(member).values({ key: person, state: { person, state: 'full' } });
/** Without the lease that a warning is about. */
const other = (more: Partial<Notice>): Notice => {
  const { renew: _, until: __, ...rest } = noticeTo(them, more);
  return rest;
};

it('is the planned stop of a VM once, though two warnings were queued; not when it was renewed meanwhile', async () => {
  const { orm } = base.database;
  await outbox.queue(noticeTo(them, { kind: 'lease-first-warning', urgency: 'digest', severity: 'info' }));
  outbox.clock.advance(1_000);
  await outbox.queue(noticeTo(them));
  const rows = await rowsOf();
  expect(rows.map(({ kind }) => kind)).toEqual(['lease-warning']);
  const [item] = rows.map((row) => askedItem(row, new Map([['vm/104', 'wiki']]), 'Europe/Amsterdam'));
  expect(item).toMatchObject({
    name: 'wiki',
    clause: 'PART-4',
    until: '2026-12-04T17:00:00.000Z',
    what: { nl: 'VM 104 (wiki) gaat op vrijdag 4 december om 18:00 uit' },
  });
  expect(await asked(randomUUID())).toEqual([]);
  await orm.delete(lease);
  expect(await asked()).toEqual([]);
});

it('is a vote until it is cast, and said once with its reminder; what only says something is not asked', async () => {
  const id = randomUUID();
  const { orm } = base.database;
  await full(them);
  const ends = start.getTime() + 2 * day;
  const state = {
    application: id,
    person: randomUUID(),
    state: 'open',
    since: start.getTime(),
    ends,
    trialDays: 60,
    voted: [],
  } as const;
  await orm.insert(application).values({ key: id, state });
  const about = { subject: `application/${id}`, clause: 'JOIN-1', urgency: 'digest' } as const;
  await outbox.queue(
    other({ ...about, kind: 'application-opened', moment: start.toISOString() }),
    other({ ...about, kind: 'vote-reminder', moment: new Date(ends).toISOString() }),
    other({ kind: 'member-confirmed', subject: `person/${them}`, clause: 'JOIN-3' }),
  );
  const rows = await asked();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain(`application/${id}`);
  await orm.update(application).set({ state: { ...state, voted: [them] } });
  expect(await asked()).toEqual([]);
});

it('are open violations, the most serious first and 50 at most, for whoever is of the team', async () => {
  const { orm } = base.database;
  await full(them);
  const found = (severity: 'warning' | 'serious', n: number) => ({
    kind: 'bus-factor',
    subject: `item/${n}`,
    severity,
    clause: 'TEAM-2',
    reasons: [],
    evidence: [],
    rule: 'things',
  });
  for (let n = 0; n < 60; n += 1) {
    const { kind, subject, ...of } = found(n === 30 ? 'serious' : 'warning', n);
    await orm.insert(violation).values({
      id: `v${n}`,
      kind,
      subject,
      cause: '',
      since: start,
      accepted: null,
      found: { kind, subject, ...of },
      version: 1,
    });
    await outbox.queue(
      other({
        kind: `violation:${kind}`,
        subject,
        moment: `v${n}`,
        severity: of.severity,
        clause: 'TEAM-2',
        urgency: 'digest',
      }),
    );
  }
  const rows = await rowsOf();
  expect([rows.length, rows[0]?.subject]).toEqual([50, 'item/30']);
  await orm.update(member).set({ state: { person: them, state: 'former' } });
  expect(await asked()).toEqual([]);
});

it('is a VM that is offered to them', async () => {
  const state = { ownership: 'o1', vm: '104', incarnation: '1f3c9a2b', offeredTo: them };
  await base.database.orm.insert(ownership).values({ key: 'o1', state });
  const [row] = await rowsOf();
  const item = row && askedItem(row, new Map(), 'Europe/Amsterdam');
  expect(item).toMatchObject({
    kind: 'vm-offered',
    what: { nl: 'VM 104 wordt je aangeboden' },
    clause: 'PART-3',
  });
  expect(await asked(randomUUID())).toEqual([]);
});
