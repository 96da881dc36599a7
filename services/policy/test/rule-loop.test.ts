import { type Database, migrateSchema, openDatabase } from '@huismeester/database';
import { type EventLog, openEventLog } from '@huismeester/events';
import { systemClock } from '@huismeester/service';
import { skipWithout, type TestDatabase, testDatabase, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createItemStore } from '../src/desired/item-rows.ts';
import { createPassLoop, type PassLoop } from '../src/desired/pass-loop.ts';
import { createPowerPass } from '../src/desired/pass-runner.ts';
import { createRuleLoop, type RuleLoop, type RuleLoopDeps } from '../src/desired/rule-loop.ts';
import { load } from '../src/desired/store.ts';
import { upsStore, vmStore } from '../src/facts/store.ts';
import { unknownFeed } from '../src/facts/ups.ts';
import { tables } from '../src/schema.ts';
import { defaults } from './power-space.ts';
import { sampleWatch } from './sample-rule.ts';

const settings = { ...defaults, plan: { ...defaults.plan, onBatteryHoldMs: 0, participantAfterMs: 0 } };

describe.skipIf(skipWithout('postgres'))('a rule that only watches, on PostgreSQL', () => {
  let made: TestDatabase;
  let database: Database;
  let log: EventLog;
  let loop: RuleLoop | undefined;

  beforeEach(async () => {
    made = await testDatabase();
    database = await openDatabase(made);
    await migrateSchema(database, { schema: 'policy', folder: new URL('../migrations', import.meta.url) });
    log = await openEventLog({ database, tables, service: 'policy', siteId: 'test' });
  });
  afterEach(async () => {
    await loop?.close();
    await database.close();
    await made.drop();
    lag['vm-lifecycle'] = 0;
  });

  const lag = { 'vm-lifecycle': 0 };
  const deps = () => ({
    database,
    log,
    settings,
    clock: systemClock,
    startedAt: () => 0,
    items: createItemStore(),
    readings: () => [
      { source: 'ups-monitor', caughtUp: true, lag: 0 } as const,
      { source: 'vm-lifecycle', caughtUp: true, lag: lag['vm-lifecycle'] } as const,
    ],
  });
  const start = (more: Partial<RuleLoopDeps> = {}, rule = sampleWatch): RuleLoop => {
    loop = createRuleLoop(rule, { ...deps(), failed: () => undefined, wrote: () => undefined, ...more });
    loop.start();
    return loop;
  };
  const guest = (agent: boolean) =>
    database.transaction((tx) =>
      vmStore.save(tx, '120', {
        vm: '120',
        class: 'participant',
        hypervisor: 'pve',
        node: 'pve1',
        running: true,
        agent,
      }),
    );
  const cut = () =>
    database.transaction((tx) =>
      upsStore.save(tx, 'rack', {
        ...unknownFeed('rack'),
        mains: 'on-battery',
        since: Date.now() - 1000,
        seenAt: Date.now(),
        readAt: Date.now(),
        chargePct: 90,
        contact: { ok: true, since: 0 },
      }),
    );
  const open = async () =>
    (await load(database.orm, log.epoch)).violations.map(({ found }) => `${found.rule} ${found.kind}`);

  it('follows each power pass: opens and closes its violations, remembers, and wants nothing of VMs', async () => {
    await guest(false);
    const none = () => undefined;
    const watching = [createRuleLoop(sampleWatch, { ...deps(), failed: none, wrote: () => passes.wake() })];
    const pass = createPowerPass(deps());
    const passes: PassLoop = createPassLoop({
      pass,
      clock: systemClock,
      passed: none,
      idle: none,
      failed: none,
      watching,
    });
    passes.start();
    await waitFor('its violation', async () => (await open())[0] === 'sample-watch without-agent');
    expect((await load(database.orm, log.epoch)).memories.rules.get('sample-watch')?.size).toBe(1);
    expect(passes.clauses()?.get('sample-watch/PART-4')).toBe('watched');
    expect(passes.parts()).toEqual([]);
    await waitFor('the power pass has seen it', () => passes.latest()?.open === 1);
    await guest(true);
    passes.wake();
    await waitFor('nothing', async () => (await open()).length === 0);
    expect((await load(database.orm, log.epoch)).memories).toEqual({ rules: new Map(), desired: new Map() });
    await passes.close();
  });

  it('is silent while its gate is closed, and while it fails; its violations stay as they are', async () => {
    await guest(false);
    lag['vm-lifecycle'] = 1;
    const gated = start();
    await waitFor('its gate', () => gated.parts()[0]?.detail?.includes('not read yet') === true);
    expect(await open()).toEqual([]);
    lag['vm-lifecycle'] = 0;
    gated.wake();
    await waitFor('its violation', async () => (await open()).length >= 1);
    await gated.close();
    const broken = {
      ...sampleWatch,
      decide: () => {
        throw new Error('it is broken');
      },
    };
    const failing = start({}, broken);
    await waitFor('it fails', () => failing.parts()[0]?.detail === 'it is silent: it failed');
    expect(failing.clauses().get('sample-watch/PART-4')).toEqual({ unknown: 'it failed' });
    expect(await open()).toEqual(['sample-watch without-agent']);
  });

  it('that settings leave out closes what it had found, whatever was read', async () => {
    await guest(false);
    const before = start();
    await waitFor('its violation', async () => (await open()).length === 1);
    await before.close();
    lag['vm-lifecycle'] = 1;
    const leftOut = start({}, { ...sampleWatch, notSetUp: () => 'name a VM' });
    await waitFor('nothing', async () => (await open()).length === 0);
    expect(leftOut.clauses().get('sample-watch/PART-4')).toEqual({ notSetUp: 'name a VM' });
    const closed = await database.orm.select().from(tables.eventLog).orderBy(tables.eventLog.position);
    expect(closed.map(({ type }) => type)).toEqual(['violation.opened', 'violation.closed']);
  });

  it('keeps no power cut waiting while its load takes 2 s', async () => {
    await guest(false);
    const order: string[] = [];
    start({
      load: async (reader, epoch) => {
        order.push('begins to load');
        await reader.execute(sql`select pg_sleep(2)`);
        order.push('has loaded');
        return await load(reader, epoch);
      },
    });
    await waitFor('it loads', () => order.length >= 1);
    await cut();
    const { pass } = await createPowerPass(deps())();
    order.push(...pass.after.desired.keys());
    await waitFor('its violation', async () => (await open()).includes('sample-watch without-agent'));
    expect(order).toEqual(['begins to load', 'vm/120', 'has loaded']);
  });
});
