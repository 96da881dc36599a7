import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Clock, EventPage, Lease, Violation } from '@huismeester/contracts';
import { type Database, migrateSchema, openDatabase } from '@huismeester/database';
import { type EventLog, openEventLog } from '@huismeester/events';
import { createLogger, type RunningProcess, systemClock } from '@huismeester/service';
import { type TestDatabase, type TestSite, tempSite, testDatabase, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { change, modeId, ruleModes } from '../src/arming/mode.ts';
import { createSanity } from '../src/clock/sanity.ts';
import { createLeaseStore } from '../src/desired/lease-rows.ts';
import { createPowerPass } from '../src/desired/pass-runner.ts';
import { load } from '../src/desired/store.ts';
import { leaseStore, ownershipStore, vmStore } from '../src/facts/store.ts';
import { firstAtOrAfter } from '../src/rules/civil-time.ts';
import { warningKinds } from '../src/rules/lease/warning.ts';
import { notice, tables } from '../src/schema.ts';
import { type Facts, facts } from './facts.ts';
import { defaults, hour } from './power-space.ts';
import { startPolicy } from './site.ts';

const [incarnation, lease] = ['mac-bc-24-11-00-00-01', '120-0a1b2c3d'];
const owner = '5f0c1d2e-0000-4000-8000-000000000001';

describe('leases, on PostgreSQL', () => {
  let made: TestDatabase;
  let database: Database;
  let log: EventLog;

  beforeEach(async () => {
    made = await testDatabase();
    database = await openDatabase(made);
    await migrateSchema(database, { schema: 'policy', folder: new URL('../migrations', import.meta.url) });
    log = await openEventLog({ database, tables, service: 'policy', siteId: 'test' });
  });
  afterEach(async () => {
    await database.close();
    await made.drop();
  });

  const ahead = { ms: 0 };
  const clock = { ...systemClock, now: () => new Date(Date.now() + ahead.ms) };
  const passOf = (leases = createLeaseStore()) =>
    createPowerPass({
      database,
      log,
      leases,
      clock,
      settings: { ...defaults, mail: true },
      sanity: createSanity({ clock, database, log }),
      startedAt: () => 0,
      readings: () => [
        { source: 'ups-monitor', caughtUp: true, lag: 0 },
        { source: 'vm-lifecycle', caughtUp: true, lag: 0 },
        { source: 'vm-lifecycle', reader: 'vm-lifecycle/lease', caughtUp: true, lag: 0 },
      ],
    });
  /** VM 120 runs for a long time, and its lease ended long ago. */
  const ended = async (now: number) => {
    const asked = { rule: 'lease', clause: 'PART-4' };
    const began = now - 30 * 24 * hour;
    await database.transaction(async (tx) => {
      const guest = { vm: '120', class: 'participant', hypervisor: 'pve', node: 'pve1' } as const;
      await vmStore.save(tx, '120', {
        ...guest,
        incarnation,
        running: true,
        foundAt: began,
        startedAt: began,
      });
      await ownershipStore.save(tx, lease, { ownership: lease, vm: '120', incarnation, owner });
      const ends = began + 14 * 24 * hour;
      await leaseStore.save(tx, lease, { lease, vm: '120', number: 1, startedAt: began, ends, renewals: 0 });
      await ruleModes(log.epoch).handle(tx, {
        log,
        id: modeId(asked),
        actor: 'test',
        decide: (state) => change(asked, 'enforce', state, log.epoch),
      });
    });
    return firstAtOrAfter(began + 14 * 24 * hour, defaults.lease.expireAt);
  };
  const warn = (planned: number, endedAt: number | undefined) =>
    database.orm.insert(notice).values({
      id: `${planned} ${endedAt}`,
      person: owner,
      kind: warningKinds.last,
      subject: 'vm/120',
      moment: new Date(planned).toISOString(),
      state: endedAt === undefined ? 'queued' : 'handed',
      urgency: 'now',
      says: { clause: 'PART-4', reasons: [], severity: 'warning' },
      queuedAt: new Date(planned - 25 * hour),
      endedAt: endedAt === undefined ? null : new Date(endedAt),
    });

  it('are warned of by the outbox before anything is stopped', async () => {
    ahead.ms = 0;
    const now = Date.now();
    await ended(now);
    const { pass } = await passOf()();
    expect(pass.generations).toEqual([]);
    expect(pass.notices).toMatchObject([
      { kind: 'lease-warning', subject: 'vm/120', to: { person: owner }, renew: { lease, number: 1 } },
    ]);
    expect(Date.parse(pass.notices[0]?.moment ?? '')).toBeGreaterThanOrEqual(now + 24 * hour);
    // The stop that was put off stands: nothing moves again by another pass.
    const again = await passOf()();
    expect(again.pass.notices).toEqual(pass.notices);
    expect(again.pass.memory.size).toBe(0);
  });

  it('end when the mail server took a warning a day before, and are loaded again only when they changed', async () => {
    ahead.ms = 0;
    const planned = await ended(Date.now());
    const leases = createLeaseStore();
    const run = passOf(leases);
    await warn(planned, planned - 24 * hour);
    const first = await run();
    expect(first.pass.generations).toMatchObject([
      { decided: { target: 'vm/120', state: 'stopped', rule: 'lease', tier: 'lease', clause: 'PART-4' } },
    ]);
    const second = await run();
    expect(second.facts.lease).toBe(first.facts.lease);
    expect(second.facts.delivery).toBe(first.facts.delivery);
    await database.transaction(async (tx) => {
      leases.changedBy(tx, { subjects: [`lease/${lease}`] });
      await leaseStore.forget(tx, lease);
    });
    const third = await run();
    expect(third.facts.lease.size).toBe(0);
    expect(third.pass.generations).toMatchObject([{ decided: { state: 'hands-off' } }]);
  });

  it.each([
    ['not handed over', undefined],
    ['handed over too late', -23 * hour],
  ])('do not end by a warning that was %s', async (_, late) => {
    ahead.ms = 0;
    const planned = await ended(Date.now());
    await warn(planned, late === undefined ? undefined : planned + late);
    const { pass } = await passOf()();
    expect(pass.generations).toEqual([]);
    expect(pass.notices).toHaveLength(1);
  });

  it('do not end while the clock jumped, until somebody accepted it', async () => {
    ahead.ms = 0;
    const planned = await ended(Date.now());
    await warn(planned, planned - 24 * hour);
    const run = passOf();
    ahead.ms = 3 * hour;
    const { pass, facts } = await run();
    expect(facts.clock.get('main')).toMatchObject({ insane: { why: 'jumped' } });
    expect(pass.generations).toEqual([]);
    const logged = await database.orm.select().from(tables.eventLog);
    expect(logged.filter(({ type }) => type === 'clock.jumped')).toHaveLength(1);
    await run();
    ahead.ms = -hour / 2;
    // A process that begins on a clock before the newest event says so as well; here it is known already.
    await passOf()();
    const after = await database.orm.select().from(tables.eventLog);
    expect(after.filter(({ type }) => type === 'clock.jumped')).toHaveLength(1);
    ahead.ms = 0;
  });

  it('do not end by a clock that jumped while that could not be written down', async () => {
    ahead.ms = 0;
    const planned = await ended(Date.now());
    await warn(planned, planned - 24 * hour);
    const sanity = createSanity({ clock, database, log });
    const found = await load(database.orm, log.epoch);
    ahead.ms = 3 * hour;
    await database.orm.execute(sql`alter table policy.clock rename to clock_away`);
    await expect(sanity.jumped(found, clock.now())).rejects.toThrow();
    await database.orm.execute(sql`alter table policy.clock_away rename to clock`);
    expect(await sanity.jumped(found, clock.now())).toBe(true);
    expect((await load(database.orm, log.epoch)).facts.clock.get('main')).toMatchObject({
      insane: { why: 'jumped' },
    });
    ahead.ms = 0;
  });

  it('are not believed by a process that begins before the newest event', async () => {
    ahead.ms = 0;
    await ended(Date.now());
    ahead.ms = -hour / 2;
    const { facts } = await passOf()();
    expect(facts.clock.get('main')).toMatchObject({ insane: { why: 'before-last-event' } });
    ahead.ms = 0;
  });
});

describe('leases of a whole policy', () => {
  let site: TestSite;
  let running: RunningProcess;
  let vms: Facts;
  let clockFile: string;
  /** What is in the program's log. */
  let warned: string;

  beforeEach(async () => {
    site = await tempSite('leases');
    vms = facts('vm-lifecycle');
    clockFile = join(site.path, 'clock');
    await writeFile(clockFile, '0');
    const settings = { testing: { clockOffsetFile: clockFile, acceptFalseClock: true } };
    warned = '';
    const destination = new Writable({
      write(chunk, _, done) {
        warned += String(chunk);
        done();
      },
    });
    const logger = createLogger({ level: 'warn', destination });
    running = await startPolicy(site, { ups: facts('ups-monitor'), vms, settings, logger });
  });
  afterEach(async () => {
    await running.close();
    await site.remove();
  });

  const ask = async <Body>(path: string, init: RequestInit = {}) => {
    const authorization = `Bearer ${running.firstToken}`;
    const headers = { authorization, ...(init.body && { 'content-type': 'application/json' }) };
    const answer = await fetch(`${running.url}/api/v1${path}`, { ...init, headers });
    return { status: answer.status, body: (await answer.json()) as Body };
  };
  const listed = async (query = '') =>
    (await ask<{ results: Lease[] }>(`/leases${query}`)).body.results ?? [];

  it('are listed with their owner, who may change, and cannot be armed without a mail server', async () => {
    const which = { ownership: lease, vm: '120', hypervisor: 'pve', vmid: 120, incarnation } as const;
    const [project, started] = ['web', new Date().toISOString()];
    const ends = new Date(Date.now() + 14 * 24 * hour).toISOString();
    const place = { vm: '120', hypervisor: 'pve', node: 'pve1', class: 'participant' } as const;
    const more = { vmid: 120, kind: 'qemu', name: 'a', pool: 'p', running: true, incarnation } as const;
    await vms.say('vm.found', 'vm/120', { ...place, ...more });
    await vms.say('ownership.begun', `ownership/${lease}`, { ...which, owner, project, how: 'created' });
    const numbered = { lease, vm: '120', number: 1 };
    await vms.say('lease.started', `lease/${lease}`, { ...numbered, owner, started, ends, how: 'started' });
    await waitFor('the lease', async () => (await listed()).length === 1);
    expect(await listed()).toMatchObject([{ lease, vm: '120', owner, state: 'running', ends }]);
    expect(await listed('?days=7')).toEqual([]);
    expect(await listed('?days=16')).toHaveLength(1);
    const taker = owner.replace(/1$/, '2');
    await vms.say('ownership.accepted', `ownership/${lease}`, {
      ownership: lease,
      vm: '120',
      owner: taker,
      project,
    });
    await waitFor('the new owner', async () => (await listed())[0]?.owner === taker);
    const refused = await ask<{ code: string }>('/rules/lease/PART-4', {
      method: 'PUT',
      body: JSON.stringify({ mode: 'enforce' }),
    });
    expect(refused).toMatchObject({ status: 409, body: { code: 'mail-not-set-up', clause: 'PART-4' } });
    await vms.say('lease.ended', `lease/${lease}`, { ...numbered, because: 'gone' });
    await waitFor('its end', async () => (await listed()).length === 0);
  });

  it('say whether the clock is believed, and go on once somebody accepted it', async () => {
    expect(await ask<Clock>('/clock')).toMatchObject({ status: 200, body: { believed: true } });
    const token = await ask<{ secret: string }>('/tokens', {
      method: 'POST',
      body: JSON.stringify({ name: 'membership', role: 'service' }),
    });
    /** As other services ask it. */
    const isBelieved = async () => {
      const headers = {
        authorization: `Bearer ${token.body.secret}`,
        'content-type': 'application/json',
      };
      const url = `${running.url}/api/v1/policy/questions/clock`;
      const answer = await fetch(url, { method: 'POST', headers, body: '{}' });
      return ((await answer.json()) as { believed: boolean }).believed;
    };
    await waitFor('it was looked at', isBelieved);
    const accept = () => ask<Clock>('/clock/acceptance', { method: 'POST' });
    expect(await accept()).toMatchObject({ status: 200, body: { believed: true } });
    await writeFile(clockFile, `${2 * hour}`);
    await waitFor('the clock jumped', () => warned.includes('the civil clock jumps'));
    // The clock is looked at before anything is decided.
    await vms.say('node.online', 'node/pve-pve1', { hypervisor: 'pve', node: 'pve1', id: 'pve-pve1' });
    await waitFor('it is not believed', async () => !(await ask<Clock>('/clock')).body.believed);
    expect((await ask<Clock>('/clock')).body).toMatchObject({ why: 'jumped' });
    expect(await isBelieved()).toBe(false);
    const accepted = await accept();
    expect(accepted).toMatchObject({ status: 200, body: { believed: true } });
    expect(accepted.body.acceptedAt).toBeDefined();
    expect(await isBelieved()).toBe(true);
    await waitFor('it is no violation any more', async () => {
      const { body } = await ask<{ results: Violation[] }>('/violations?kind=lease-clock');
      return body.results.length === 0;
    });
    const { body } = await ask<EventPage>('/policy/events?limit=100');
    const said = body.events.flatMap(({ type }) => (type.startsWith('clock.') ? [type] : []));
    expect(said).toEqual(['clock.jumped', 'clock.accepted']);
  });
});
