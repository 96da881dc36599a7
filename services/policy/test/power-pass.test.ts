import { setImmediate as turn } from 'node:timers/promises';
import { createRatedClock } from '@huismeester/clock';
import type { StoredEvent } from '@huismeester/contracts';
import { type Database, migrateSchema, openDatabase, rows, type Tx } from '@huismeester/database';
import { type EventLog, openEventLog } from '@huismeester/events';
import { type Clock, systemClock } from '@huismeester/service';
import { handClock, type Postgres, skipWithout, startPostgres, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { change, modeId, ruleModes } from '../src/arming/mode.ts';
import { createBeginning } from '../src/desired/beginning.ts';
import { createPassLoop } from '../src/desired/pass-loop.ts';
import { createPowerPass, type Passed } from '../src/desired/pass-runner.ts';
import { load } from '../src/desired/store.ts';
import { targetOfVm } from '../src/desired/target.ts';
import { upsStore, vmStore } from '../src/facts/store.ts';
import { unknownFeed } from '../src/facts/ups.ts';
import type { Guest } from '../src/facts/vm.ts';
import { holds, place, release } from '../src/holds/hold.ts';
import { type AnyRule, defineRule, type Mode } from '../src/rules/define.ts';
import { rules } from '../src/rules/index.ts';
import { tables } from '../src/schema.ts';
import { accept, violations } from '../src/violations/accept.ts';
import { defaults, fullBattery } from './power-space.ts';

const migrations = new URL('../migrations', import.meta.url);
const settings = { ...defaults, plan: { ...defaults.plan, onBatteryHoldMs: 0, participantAfterMs: 0 } };

const known = { known: true, upToDate: true, ids: [] };

describe.skipIf(skipWithout('postgres'))('the power pass on PostgreSQL', () => {
  let postgres: Postgres;
  let database: Database;
  /** Of a person, whose transaction goes on while the pass runs. */
  let other: Database;
  let log: EventLog;
  let startedAt: number;

  beforeAll(async () => {
    postgres = await startPostgres({ fsync: false });
  });
  afterAll(() => postgres.close());
  beforeEach(async () => {
    const url = await postgres.createDatabase();
    database = await openDatabase({ url });
    other = await openDatabase({ url });
    await migrateSchema(database, { schema: 'policy', folder: migrations });
    log = await openEventLog({ database, tables, service: 'policy', siteId: 'test' });
    startedAt = Date.now() - 60_000;
    await arm('SPACE-3');
  });
  afterEach(async () => {
    await Promise.all([database.close(), other.close()]);
  });

  const passOf = (of: readonly AnyRule[] = rules, clock: Clock = systemClock) =>
    createPowerPass({
      database,
      log,
      settings,
      clock,
      startedAt: clock === systemClock ? () => startedAt : createBeginning(clock),
      readings: () => [
        { source: 'ups-monitor', caughtUp: true, lag: 0 },
        { source: 'vm-lifecycle', caughtUp: true, lag: 0 },
      ],
      rules: of,
    });

  async function arm(clause: string, mode: Mode = 'enforce'): Promise<void> {
    const asked = { rule: 'power', clause };
    await database.transaction((tx) =>
      ruleModes(log.epoch).handle(tx, {
        log,
        id: modeId(asked),
        actor: 'test',
        decide: (state) => change(asked, mode, state, log.epoch),
      }),
    );
  }

  /** VM 120 runs on a node whose UPS is on battery: its turn has come. */
  async function cut(): Promise<void> {
    const now = Date.now();
    await database.transaction(async (tx) => {
      await vmStore.save(tx, '120', {
        vm: '120',
        class: 'participant',
        hypervisor: 'pve',
        node: 'pve1',
        running: true,
        foundAt: 0,
      });
      await upsStore.save(tx, 'rack', {
        ...unknownFeed('rack'),
        mains: 'on-battery',
        since: now - 1000,
        seenAt: now,
        readAt: now,
        chargePct: fullBattery.charge_pct,
        runtimeMs: fullBattery.runtime_s * 1000,
        contact: { ok: true, since: 0 },
        evidence: [{ id: crypto.randomUUID(), correlationid: crypto.randomUUID() }],
      });
    });
  }

  const hold = (id: string, forMs: number) =>
    database.transaction((tx) =>
      holds.handle(tx, {
        log,
        id,
        actor: 'jan',
        only: 'new',
        decide: (_, _extra, { now }) =>
          place({ id, target: targetOfVm('120'), forMs, because: 'a new disk' }, known, now),
      }),
    );
  const releaseHold = (id: string) =>
    database.transaction((tx) =>
      holds.handle(tx, { log, id, actor: 'jan', decide: (state) => (state ? release(id, state) : []) }),
    );
  async function guestOf(vm: string, tx: Tx): Promise<Guest> {
    const guest = await vmStore.get(tx, vm);
    if (!guest) throw new Error('it is known');
    return guest;
  }
  /** vm-lifecycle reports how VM 120 is. */
  const seen = (running: boolean) =>
    database.transaction(async (tx) => {
      const guest = await guestOf('120', tx);
      const now = Date.now();
      await vmStore.save(tx, '120', {
        ...guest,
        running,
        ...(running ? { startedAt: now } : { stoppedAt: now }),
      });
    });
  /** A UPS that says on battery beside good mains, which is a violation. */
  const setStuck = (stuck: boolean) =>
    database.transaction(async (tx) => {
      const { stuck: _, ...feed } = (await upsStore.get(tx, 'rack')) ?? unknownFeed('rack');
      await upsStore.save(tx, 'rack', { ...feed, ...(stuck && { stuck: 'beside-mains' as const }) });
    });
  /** Until a transaction of the pass waits for a lock. */
  const waits = () =>
    waitFor('the pass waits for a lock', async () => {
      const waiting = await database.orm.execute(
        sql`select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      );
      return rows<{ n: number }>(waiting)[0]?.n === 1;
    });
  const decided = async () =>
    (await log.read({ after: 0, limit: 1000 })).events
      .filter(({ type }) => type === 'desired-state.decided')
      .map(({ data }) => data as { state: string; rule: string; generation: number });
  const wants = ({ pass }: Passed) => pass.after.desired.get('vm/120')?.decided;

  it('writes one generation, and nothing at all while nothing changes, whoever holds the head of the log', async () => {
    await cut();
    const pass = passOf();
    expect(wants(await pass())).toMatchObject({ state: 'stopped', generation: 1 });
    const head = log.head();
    await other.transaction(async (tx) => {
      await tx.execute(sql`select 1 from policy.log_head for update`);
      expect(wants(await pass())).toMatchObject({ state: 'stopped', generation: 1 });
    });
    expect(log.head()).toBe(head);
  });

  it('decides anew when a person places a hold while it waits for the head of the log', async () => {
    await cut();
    const pass = passOf();
    let passing: Promise<Passed> | undefined;
    await other.transaction(async (tx) => {
      await holds.handle(tx, {
        log,
        id: 'h1',
        actor: 'jan',
        only: 'new',
        decide: (_, _extra, { now }) =>
          place({ id: 'h1', target: targetOfVm('120'), forMs: 3_600_000, because: 'a new disk' }, known, now),
      });
      passing = pass();
      await waits();
    });
    expect(wants((await passing) as Passed)).toMatchObject({ rule: 'hold', state: 'hands-off' });
    expect((await decided()).map(({ state }) => state)).toEqual(['hands-off']);
  });

  it('of two holds the later end counts, and each is over by itself', async () => {
    await cut();
    const pass = passOf();
    await hold('long', 3_600_000);
    await hold('short', 60_000);
    expect(wants(await pass())).toMatchObject({ rule: 'hold' });
    expect((await load(database.orm, log.epoch)).facts.hold.size).toBe(2);
    await database.orm.execute(sql`update policy.hold set until = now() where id = 'short'`);
    const { pass: after } = await pass();
    expect(after.endedHolds.map(({ id }) => id)).toEqual(['short']);
    expect(after.generations).toEqual([]);
    expect([...(await load(database.orm, log.epoch)).facts.hold.keys()]).toEqual(['long']);
  });

  it('ends a hold, or does not, while a person releases it, without a deadlock', async () => {
    await cut();
    const pass = passOf();
    await hold('h1', 3_600_000);
    await pass();
    await database.orm.execute(sql`update policy.hold set until = now()`);
    let passing: Promise<Passed> | undefined;
    await other.transaction((tx) =>
      holds.handle(tx, {
        log,
        id: 'h1',
        actor: 'jan',
        read: async () => {
          passing = pass();
          await waits();
        },
        decide: (state) => (state ? release('h1', state) : []),
      }),
    );
    expect((await passing)?.pass.endedHolds).toEqual([]);
    expect((await decided()).map(({ state }) => state)).toEqual(['hands-off', 'stopped']);
    const released = (await log.read({ after: 0, limit: 1000, type: 'hold.released' })).events;
    expect(released).toMatchObject([{ actor: 'jan', data: { how: 'released' } }]);
  });

  it('closes a violation, or ends its acceptance, while a person accepts it, without a deadlock', async () => {
    await cut();
    const pass = passOf();
    const acceptFor = (forMs: number, during = async () => {}) =>
      other.transaction((tx) =>
        violations.handle(tx, {
          log,
          id,
          actor: 'jan',
          only: 'existing',
          read: during,
          decide: (state, _, { now }) => (state ? accept(forMs, 'ordered')(id, state, now) : []),
        }),
      );
    await setStuck(true);
    await pass();
    const id = (await load(database.orm, log.epoch)).violations[0]?.id ?? '';
    await acceptFor(3_600_000);
    await database.orm.execute(sql`update policy.violation set accepted = accepted || '{"until": 0}'`);
    let passing: Promise<Passed> | undefined;
    const meanwhile = async () => {
      passing = pass();
      await waits();
    };
    await acceptFor(3_600_000, meanwhile);
    expect((await passing)?.open).toBe(1);
    expect((await load(database.orm, log.epoch)).violations).toMatchObject([{ accepted: { by: 'jan' } }]);
    await setStuck(false);
    await acceptFor(3_600_000, meanwhile);
    expect((await passing)?.open).toBe(0);
  });

  it('keeps to holds and modes, whatever people do at the same moment', async () => {
    await cut();
    const pass = passOf();
    const random = seeded(90125);
    const placed: string[] = [];
    const people = async (): Promise<void> => {
      for (let round = 0; round < 25; round += 1) {
        const what = Math.floor(random() * 4);
        const id = placed.at(-1);
        if (what === 0) {
          placed.push(`h${round}`);
          await hold(`h${round}`, 3_600_000);
        } else if (what === 1 && id !== undefined) {
          placed.pop();
          await releaseHold(id);
        } else if (what === 2) await arm('SPACE-3', random() < 0.5 ? 'enforce' : 'dry-run');
        else await seen(random() < 0.5);
      }
    };
    const passes = async (): Promise<void> => {
      for (let round = 0; round < 40; round += 1) await pass();
    };
    await Promise.all([people(), passes()]);
    expect(faultsIn((await log.read({ after: 0, limit: 10_000 })).events)).toEqual([]);
  });

  it('waits to hear of a UPS again when the clock was set ahead, for as long as that may take', async () => {
    await cut();
    const began = Date.now();
    let aheadMs = 0;
    let monotonicMs = 0;
    const clock: Clock = {
      ...systemClock,
      now: () => new Date(began + monotonicMs + aheadMs),
      monotonicMs: () => monotonicMs,
    };
    const reports = (at: number) =>
      database.transaction(async (tx) => {
        const feed = (await upsStore.get(tx, 'rack')) ?? unknownFeed('rack');
        await upsStore.save(tx, 'rack', { ...feed, seenAt: at, readAt: at, runtimeMs: 15 * 60_000 });
      });
    await reports(began);
    await database.transaction(async (tx) =>
      vmStore.save(tx, '120', { ...(await guestOf('120', tx)), class: 'space-wide' }),
    );
    const pass = passOf(rules, clock);
    expect(wants(await pass())).toBe(undefined);
    // By the clock alone there would be 6 minutes left, and space-wide guests go at 8.
    aheadMs = 9 * 60_000;
    const set = await pass();
    expect(set.pass.silent.get('power')?.why).toMatch(/since the clock was set/);
    expect(wants(set)).toBe(undefined);
    await reports(clock.now().getTime());
    const heard = await pass();
    expect([heard.pass.silent.has('power'), wants(heard)]).toEqual([false, undefined]);
    // Where nothing is heard of it the time of what was heard last counts.
    await reports(began);
    monotonicMs = 15_999;
    expect(wants(await pass())).toBe(undefined);
    monotonicMs = 16_000;
    expect(wants(await pass())).toMatchObject({ state: 'stopped' });
  });

  it('counts what has a parked event as unseen, unless only a later reader of its source parked it', async () => {
    await cut();
    const park = (source: string, reader: string, subject: string) =>
      database.orm.execute(
        sql`insert into policy.dead_letter (id, source, reader, position, subject, type, event, parked_at)
          values (gen_random_uuid(), ${source}, ${reader}, 1, ${subject}, 'of-a-test', '{}', now())`,
      );
    await park('vm-lifecycle', 'vm-lifecycle/lease', 'vm/120');
    expect((await load(database.orm, log.epoch)).facts.vm.get('120')).not.toHaveProperty('unseen');
    await park('ups-monitor', 'ups-monitor', 'ups/rack');
    await park('vm-lifecycle', 'vm-lifecycle', 'vm/120');
    const { facts } = await load(database.orm, log.epoch);
    expect(facts.ups.get('rack')?.contact.ok).toBe(false);
    expect(facts.vm.get('120')?.unseen).toBe(true);
  });

  it('goes on with power while a rule above it throws', async () => {
    await cut();
    const broken = defineRule({
      name: 'broken',
      clauses: new Map(),
      reads: ['vm'],
      violationKinds: [],
      tiers: ['lease'],
      row: { type: 'object' },
      maySpeakOf: () => [],
      decide: () => {
        throw new Error('it is broken');
      },
    });
    const found = await passOf([broken, ...rules])();
    expect(wants(found)).toMatchObject({ rule: 'power', state: 'stopped' });
    expect([...found.pass.silent.keys()]).toEqual(['broken']);
  });

  it('asks a rule again only when something that it reads has changed, or its time has come', async () => {
    await cut();
    let asked = 0;
    let lookAgainAt: number | undefined;
    const counting = defineRule({
      name: 'counting',
      clauses: new Map(),
      reads: ['vm'],
      violationKinds: [],
      tiers: ['lease'],
      row: { type: 'object' },
      maySpeakOf: () => [],
      decide: () => {
        asked += 1;
        return {
          opinions: [],
          memory: new Map(),
          events: [],
          notices: [],
          violations: { found: [], undecided: [] },
          clauses: new Map(),
          ...(lookAgainAt !== undefined && { lookAgainAt }),
        };
      },
    });
    const pass = passOf([...rules, counting]);
    const times = async () => {
      asked = 0;
      await pass();
      return asked;
    };
    expect(await times()).toBe(1);
    expect(await times()).toBe(0);
    await hold('h1', 3_600_000);
    expect(await times()).toBe(0);
    lookAgainAt = Date.now();
    await seen(false);
    expect(await times()).toBeGreaterThan(0);
    expect(await times()).toBeGreaterThan(0);
  });

  it('opens a violation once, with an id, and closes it', async () => {
    await cut();
    const pass = passOf();
    await setStuck(true);
    expect((await pass()).open).toBe(1);
    expect((await pass()).open).toBe(1);
    await setStuck(false);
    expect((await pass()).open).toBe(0);
    const types = (await log.read({ after: 0, limit: 1000 })).events.map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('violation.'))).toEqual([
      'violation.opened',
      'violation.closed',
    ]);
  });
});

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Acts that were decided against a hold, or without an armed clause, by the order of the log; and generations out of order. */
function faultsIn(events: readonly StoredEvent[]): string[] {
  const onHold = new Set<string>();
  let mode: Mode = 'dry-run';
  let generation = 0;
  return events.flatMap(({ type, position, data }) => {
    const { hold: id, mode: changed, state, generation: next } = data as Record<string, string & number>;
    if (type === 'hold.placed') onHold.add(String(id));
    if (type === 'hold.released') onHold.delete(String(id));
    if (type === 'rule.mode-changed') mode = changed as unknown as Mode;
    if (type !== 'desired-state.decided') return [];
    generation += 1;
    return [
      ...(next === generation ? [] : [`${position}: generation ${next} after ${generation - 1}`]),
      ...(state !== 'hands-off' && onHold.size > 0 ? [`${position}: ${state} against a hold`] : []),
      ...(state !== 'hands-off' && mode !== 'enforce' ? [`${position}: ${state} in dry-run`] : []),
    ];
  });
}

describe.skipIf(skipWithout('postgres'))('a commit of which nobody knows whether it happened', () => {
  it('is looked for at once, and once more when it would have arrived', async () => {
    const postgres = await startPostgres({ fsync: false });
    const database = await openDatabase({ url: await postgres.createDatabase() });
    const statements = [
      'create table cut (id int)',
      `create function cut() returns trigger language plpgsql as
        'begin perform pg_terminate_backend(pg_backend_pid()); return null; end'`,
      `create constraint trigger cut after insert on cut deferrable initially deferred
        for each row execute function cut()`,
    ];
    for (const statement of statements) await database.orm.execute(sql.raw(statement));
    let passes = 0;
    const loop = createPassLoop({
      pass: async () => {
        passes += 1;
        return { pass: { silent: new Map() }, now: 0 } as unknown as Passed;
      },
      clock: createRatedClock({ rate: 100 }),
      passed: () => undefined,
      idle: () => undefined,
      failed: () => undefined,
    });
    loop.start();
    await waitFor('the first pass', () => passes === 1);
    const lost = database.transaction(async (tx) => {
      loop.wakeAfter(tx);
      await tx.execute(sql`insert into cut values (1)`);
    });
    await expect(lost).rejects.toThrow();
    await waitFor('two passes', () => passes === 3);
    await Promise.all([loop.close(), database.close()]);
    await postgres.close();
  });
});

describe('a pass that fails', () => {
  it('is tried again, longer each time, and not without end', async () => {
    let tries = 0;
    const clock = handClock(new Date());
    const loop = createPassLoop({
      pass: async () => {
        tries += 1;
        throw new Error('no database');
      },
      clock,
      passed: () => undefined,
      idle: () => undefined,
      failed: () => undefined,
    });
    loop.start();
    for (const [index, ms] of [100, 200, 400, 800].entries()) {
      await waitFor('a try', () => tries === index + 1);
      await turn();
      // However often it is woken.
      clock.advance(ms - 1);
      loop.wake();
      await turn();
      expect(tries).toBe(index + 1);
      clock.advance(1);
    }
    await waitFor('the last try', () => tries === 5);
    await loop.close();
  });
});
