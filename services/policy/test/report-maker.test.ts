import type { Consumer } from '@huismeester/events';
import { type EventLog, openEventLog } from '@huismeester/events';
import { createLogger, Unanswered } from '@huismeester/service';
import { type HandClock, handClock, waitFor } from '@huismeester/testkit';
import { asc } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { load } from '../src/desired/store.ts';
import { theReport } from '../src/facts/report.ts';
import { monthOf } from '../src/report/core/range.ts';
import { queueReport } from '../src/report/deliver.ts';
import { reportLetters } from '../src/report/letter.ts';
import { createMaker, type Maker } from '../src/report/maker.ts';
import { noteDelivery } from '../src/report/record-delivery.ts';
import type { ReportPlan } from '../src/report/shown.ts';
import { makeOf, storeReport } from '../src/report/store.ts';
import { member, notice, person, report, reportDelivery, reportEntry, tables } from '../src/schema.ts';
import { askOf } from './notice-plan.ts';
import { type OutboxDatabase, openOutboxDatabase } from './outbox.ts';

const ann = '5f0c1d2e-7a3b-4c4d-9e5f-000000000001';
const bob = '5f0c1d2e-7a3b-4c4d-9e5f-000000000002';
const logger = createLogger({ level: 'silent' });
const zone = 'Europe/Amsterdam';
const plan = { site: 'Test', zone, at: '09:00', wikiPage: () => undefined };
let base: OutboxDatabase;
let clock: HandClock;
let maker: Maker;
let log: EventLog;
/** Whether the clock is believed, and whether the logs are read to their heads. */
let known: { believed: boolean; read: boolean; lookedAt: number };

beforeAll(async () => {
  base = await openOutboxDatabase();
});
beforeEach(() => {
  known = { believed: true, read: true, lookedAt: 0 };
});
afterEach(async () => {
  await maker.close();
});
afterAll(() => base.close());

/** A maker of its own, where collecting began on 10 October. */
async function start(
  now: string,
  { board }: Pick<ReportPlan, 'board'> = { board: undefined },
): Promise<void> {
  const { orm } = base.database;
  for (const each of [report, reportDelivery, reportEntry, notice, member, person]) await orm.delete(each);
  const time = new Date('2026-10-10T10:00:00Z');
  const began = { source: 'netwatch', epoch: 'e', position: 0, time, subject: 'source/netwatch' } as const;
  await orm.insert(reportEntry).values({ ...began, type: 'source.read', isState: true, data: {} });
  clock = handClock(new Date(now));
  log = await openEventLog({
    database: base.database,
    tables,
    service: 'policy',
    siteId: 'test',
    logger,
    clock,
  });
  const reader: Pick<Consumer, 'caughtUp' | 'status'> = {
    caughtUp: () => (known.read ? Promise.resolve() : new Promise(() => undefined)),
    status: () => ({
      reader: 'netwatch/report',
      source: 'netwatch',
      position: 0,
      head: 1,
      lag: 1,
      deadLetters: 0,
    }),
  };
  maker = createMaker({
    database: base.database,
    log,
    clock,
    plan: { ...plan, board },
    readers: () => [reader as Consumer],
    believed: async () => {
      known.lookedAt += 1;
      return known.believed;
    },
    queued: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
  maker.start();
  await looked();
}

/** Until it has looked twice more: the first may have begun before. */
async function looked(): Promise<void> {
  const enough = known.lookedAt + 2;
  await waitFor('it has looked', () => {
    clock.advance(61_000);
    return known.lookedAt >= enough;
  });
}
const ids = async () =>
  (await base.database.orm.select().from(report).orderBy(asc(report.from))).map(({ id }) => id);
const sentTo = async () => (await base.database.orm.select().from(notice)).map(({ person: to }) => to);

it('makes the report on the first at nine by clocks on the wall, and not before', async () => {
  await start('2026-11-01T02:00:00Z');
  expect(await ids()).toEqual([]);
  clock.advance(6 * 60 * 60_000);
  await looked();
  expect(await ids()).toEqual(['2026-10']);
  await looked();
  expect(await ids()).toEqual(['2026-10']);
});

it('makes up for the months in which it was off', async () => {
  await start('2027-01-20T12:00:00Z', { board: 'bestuur@space.example' });
  await waitFor('three are there', async () => (await ids()).length === 3);
  expect(await ids()).toEqual(['2026-10', '2026-11', '2026-12']);
  expect(await sentTo()).toEqual(['board', 'board', 'board']);
});

it('makes none by a clock that is not believed', async () => {
  known.believed = false;
  await start('2026-11-02T12:00:00Z');
  expect(await ids()).toEqual([]);
});

it('makes none while a log is not read to its head, and says which', async () => {
  known.read = false;
  await start('2026-11-02T12:00:00Z');
  await waitFor('it says so', () => {
    clock.advance(1_000);
    return maker.parts().some(({ detail }) => detail?.includes('netwatch'));
  });
  expect(await ids()).toEqual([]);
  known.read = true;
  await waitFor('it is made', async () => {
    clock.advance(61_000);
    return (await ids()).length === 1;
  });
  expect(maker.parts()).toEqual([]);
});

it('waits with sending until there is somebody to send it to', async () => {
  await start('2026-11-02T12:00:00Z');
  expect(await ids()).toEqual(['2026-10']);
  expect(await sentTo()).toEqual([]);
  const { orm } = base.database;
  await orm.insert(member).values({ key: ann, state: { person: ann, state: 'trial' } });
  await orm
    .insert(person)
    .values({ key: ann, state: { person: ann, enabled: true, groups: ['board'], roles: [] } });
  await looked();
  expect(await sentTo()).toEqual([ann]);
  await looked();
  expect(await sentTo()).toEqual([ann]);
});

describe('asked for by hand', () => {
  const ask = async (day: string) => {
    const { database } = base;
    const made = await makeOf(database, monthOf(Date.parse(day), zone), zone);
    await database.transaction((tx) =>
      storeReport(tx, log, made, { now: clock.now(), actor: 'person:a', zone }),
    );
  };
  const hows = async () =>
    (await base.database.orm.select().from(report).orderBy(asc(report.from))).map(
      ({ id, how }) => `${id} ${how}`,
    );

  it('the next month is that month, and is sent; an older one goes to nobody', async () => {
    known.read = false;
    await start('2026-11-01T02:00:00Z', { board: 'bestuur@space.example' });
    await ask('2026-03-15T12:00:00Z');
    await ask('2026-10-15T12:00:00Z');
    await looked();
    expect(await hows()).toEqual(['2026-03 on-demand', '2026-10 monthly']);
    expect(await base.database.orm.select().from(notice)).toMatchObject([{ subject: 'report/2026-10' }]);
  });

  it('a month that was skipped is made up for', async () => {
    known.read = false;
    await start('2027-01-20T12:00:00Z');
    await ask('2026-11-15T12:00:00Z');
    await base.database.orm.update(report).set({ how: 'monthly' });
    known.read = true;
    await waitFor('all are there', async () => {
      clock.advance(61_000);
      return (await ids()).length === 3;
    });
    expect(await ids()).toEqual(['2026-10', '2026-11', '2026-12']);
  });

  it('a later month skips none: that before it is made, and then it is that of its month', async () => {
    known.read = false;
    await start('2026-12-02T12:00:00Z', { board: 'bestuur@space.example' });
    await ask('2026-11-15T12:00:00Z');
    await looked();
    expect(await hows()).toEqual(['2026-11 on-demand']);
    known.read = true;
    await waitFor('both are there, and sent', async () => {
      clock.advance(61_000);
      return (await sentTo()).length === 2;
    });
    expect(await hows()).toEqual(['2026-10 monthly', '2026-11 monthly']);
    await looked();
    expect(await sentTo()).toHaveLength(2);
  });
});

describe('what the rule knows of it', () => {
  const made = (id: string) => ({ report: id, to: 'board', state: 'queued', at: new Date() }) as const;
  const fact = async () =>
    (await load(base.database.orm, 'e', { reports: true })).facts.report.get(theReport);
  const outcome = (id: string, failure?: Parameters<typeof noteDelivery>[2]) =>
    base.database.transaction((tx) =>
      noteDelivery(tx, { id, subject: `report/${id}`, person: 'board' }, failure, new Date()),
    );

  it('is the first month after the last that reached anybody, and how its sending stands', async () => {
    await start('2027-01-20T12:00:00Z');
    await waitFor('three are there', async () => (await ids()).length === 3);
    const { orm } = base.database;
    const began = Date.parse('2026-10-10T10:00:00Z');
    const madeTo = Date.parse('2026-12-31T23:00:00Z');
    expect(await fact()).toEqual({ began, madeTo, unsent: { id: '2026-10', madeAt: expect.any(Number) } });
    await orm.insert(reportDelivery).values([made('2026-10'), made('2026-11')]);
    expect(await fact()).toMatchObject({ unsent: { id: '2026-10', delivery: { state: 'queued' } } });
    await outcome('2026-10', { because: 'refused', code: 550 });
    const delivery = { state: 'failed', because: 'refused', code: 550 };
    expect(await fact()).toMatchObject({ unsent: { id: '2026-10', delivery } });
    // A newer one that arrives says all of it.
    await outcome('2026-11');
    expect(await fact()).toMatchObject({ unsent: { id: '2026-12' } });
  });

  it('stays delivered when it is sent once more, and that fails', async () => {
    await start('2026-11-02T12:00:00Z', { board: 'bestuur@space.example' });
    await outcome('2026-10');
    const delivered = await fact();
    expect(delivered).not.toHaveProperty('unsent');
    await base.database.transaction((tx) =>
      queueReport(tx, '2026-10', ['board'], { now: clock.now(), moment: 'again' }),
    );
    expect(await fact()).toEqual(delivered);
    await outcome('2026-10', { because: 'gave-up' });
    expect(await fact()).toEqual(delivered);
  });
});

describe('its mail', () => {
  const letters = (board?: string) =>
    reportLetters({
      orm: base.database.orm,
      ask: askOf(async () => {
        throw new Unanswered('membership cannot be asked');
      }),
      plan: { ...plan, board },
      links: { publicUrl: undefined, key: undefined },
    });
  const row = { subject: 'report/2026-10', person: 'board', moment: '2026-10' };
  const rowTo = async (person: string) => ({ ...(await firstNotice()), ...row, person });
  const firstNotice = async () => {
    const [first] = await base.database.orm.select().from(notice);
    if (!first) throw new Error('nothing was queued');
    return first;
  };

  it('waits while nobody can be asked for the names in it, to whomever it goes', async () => {
    await start('2026-11-02T12:00:00Z', { board: 'bestuur@space.example' });
    const { write } = letters();
    expect(await write(await rowTo('board'))).toMatchObject({ subject: expect.stringContaining('oktober') });
    const [{ data } = { data: undefined }] = await base.database.orm.select().from(report);
    const team = [{ person: ann, state: 'full' as const, board: true }];
    if (data)
      await base.database.orm.update(report).set({ data: { ...data, state: { ...data.state, team } } });
    expect(await write(await rowTo('board'))).toBe('not-now');
    expect(await write({ ...(await rowTo('board')), subject: 'report/2001-01' })).toBeUndefined();
  });

  it('goes to the address of the board once it failed for each board member, and not before', async () => {
    await start('2026-11-02T12:00:00Z', { board: 'bestuur@space.example' });
    const { orm } = base.database;
    const first = await firstNotice();
    for (const each of [notice, reportDelivery]) await orm.delete(each);
    const moment = '2026-10';
    await base.database.transaction((tx) =>
      queueReport(tx, '2026-10', [ann, bob], { now: clock.now(), moment }),
    );
    const { ended } = letters('bestuur@space.example');
    const failed = (person: string) =>
      base.database.transaction((tx) =>
        ended(tx, { ...first, ...row, person }, { failure: { because: 'no-address' }, now: clock.now() }),
      );
    expect(await failed(ann)).toMatchObject([{ type: 'report.failed', data: { to: ann } }]);
    expect((await sentTo()).toSorted()).toEqual([ann, bob]);
    await failed(bob);
    expect((await sentTo()).toSorted()).toEqual([ann, bob, 'board']);
    // The address of the board is the last that is tried.
    await failed('board');
    expect(await sentTo()).toHaveLength(3);
  });
});
