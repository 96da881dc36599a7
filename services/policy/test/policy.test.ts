import type { DeadLetter, Decision, EventPage, Power, Replayed, Rule, Wish } from '@huismeester/contracts';
import { createPruner } from '@huismeester/events';
import { type RunningProcess, systemClock } from '@huismeester/service';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../src/schema.ts';
import { type Facts, facts } from './facts.ts';
import { startPolicy } from './site.ts';

let site: TestSite;
let running: RunningProcess;
let ups: Facts;
let vms: Facts;

/** Starts policy; `before` is logged before it begins to read. */
async function start(before = async () => {}): Promise<void> {
  ups = facts('ups-monitor');
  vms = facts('vm-lifecycle');
  running = await startPolicy(site, { ups, vms, before });
}

beforeEach(async () => {
  site = await tempSite('policy');
  await start();
});
afterEach(async () => {
  await running.close();
  await site.remove();
});

const ask = async <Body>(path: string, init: RequestInit = {}): Promise<{ status: number; body: Body }> => {
  const authorization = `Bearer ${running.firstToken ?? token}`;
  const answer = await fetch(`${running.url}/api/v1${path}`, {
    ...init,
    headers: { authorization, 'content-type': 'application/json' },
  });
  return { status: answer.status, body: (await answer.json()) as Body };
};
let token = '';
const put = <Body>(path: string, body: object) =>
  ask<Body>(path, { method: 'PUT', body: JSON.stringify(body) });
const decisions = async () => (await ask<{ results: Decision[] }>('/decisions?order=time')).body.results;
const decided = async () =>
  (await decisions()).map(({ target, state, mode }) => `${target} ${state} ${mode}`);
/** Perhaps after a decision more: the two sources are read apart, so mains may be back before the guest is seen off. */
const restored = async () => (await decided()).at(-1) === 'vm/120 running enforce';

const vm = { vm: '120', hypervisor: 'pve', node: 'pve1', class: 'participant' } as const;
const found = () =>
  vms.say('vm.found', 'vm/120', { ...vm, vmid: 120, kind: 'qemu', name: 'a', pool: 'p', running: true });
const seen = () => ups.say('ups.found', 'ups/rack', { ups: 'rack', after: 'unknown', status: 'OL' });
const cut = (time?: Date) =>
  ups.say(
    'ups.on-battery',
    'ups/rack',
    { ups: 'rack', since: (time ?? new Date()).toISOString(), charge_pct: 90 },
    time,
  );
const back = (time?: Date) =>
  ups.say(
    'ups.on-mains',
    'ups/rack',
    { ups: 'rack', since: (time ?? new Date()).toISOString(), charge_pct: 90 },
    time,
  );

describe('policy', () => {
  it('decides on logged facts, in dry-run until the clause is armed, and tells how the power stands', async () => {
    await found();
    await seen();
    await cut();
    await waitFor('a decision', async () => (await decided()).length >= 1);
    expect(await decided()).toEqual(['vm/120 stopped dry-run']);
    expect((await ask<Power>('/power')).body).toMatchObject({
      stage: 'participant',
      outages: [{ ups: 'rack', stage: 'participant' }],
      limits: { 'space-wide': { runtime_s: 480, charge_pct: 35 }, restore: { charge_pct: 40 } },
    });
    expect((await ask<{ results: Wish[] }>('/preview')).body.results).toMatchObject([
      { about: 'vm/120', state: 'stopped', rule: 'power', clause: 'SPACE-3' },
    ]);
    const armed = await put<Rule>('/rules/power/SPACE-3', { mode: 'enforce' });
    expect(armed.body).toMatchObject({ rule: 'power', clause: 'SPACE-3', mode: 'enforce' });
    await waitFor('a decision that is enforced', async () => (await decided()).length >= 2);
    expect(await decided()).toEqual(['vm/120 stopped dry-run', 'vm/120 stopped enforce']);
    await vms.say('vm.stopped', 'vm/120', { ...vm, cause: 'huismeester' });
    await back();
    await waitFor('the restore', restored);
    expect((await ask<Power>('/power')).body.outages).toEqual([]);
  });

  it('still has its decisions when its log was cut off for its age', async () => {
    await found();
    await seen();
    await cut();
    await waitFor('a decision', async () => (await decided()).length >= 1);
    await put<Rule>('/rules/power/SPACE-3', { mode: 'enforce' });
    await waitFor('a decision that is enforced', async () => (await decided()).length >= 2);
    const before = await decisions();
    const later = Date.now() + 500 * 24 * 3_600_000;
    const pruner = createPruner({
      database: running.database,
      tables,
      log: { removed: () => undefined },
      everyMs: 20,
      retentionMs: 400 * 24 * 3_600_000,
      clock: { ...systemClock, now: () => new Date(later) },
    });
    pruner.start();
    const { head } = (await ask<EventPage>('/policy/events')).body;
    await waitFor('all but the newest is too old', () => pruner.horizon() === head - 1);
    await pruner.close();
    expect((await ask<EventPage>('/policy/events')).body.events).toHaveLength(1);
    expect(await decisions()).toEqual(before);
    await vms.say('vm.stopped', 'vm/120', { ...vm, cause: 'huismeester' });
    await back();
    await waitFor('the restore', restored);
  });

  it('decides upon a VM whose event was parked as soon as that is replayed', async () => {
    await put<Rule>('/rules/power/SPACE-3', { mode: 'enforce' });
    const { orm } = running.database;
    await orm.execute(sql`alter table policy.vm add constraint broken check (key <> '120')`);
    await seen();
    await found();
    const parked = async () =>
      (await ask<{ results: DeadLetter[] }>('/policy/dead-letters?subject=vm/120')).body.results;
    await waitFor('the event is parked', async () => (await parked()).length >= 1);
    await cut();
    await waitFor('the outage is seen', async () => (await ask<Power>('/power')).body.outages.length >= 1);
    await orm.execute(sql`alter table policy.vm drop constraint broken`);
    expect(await decided()).toEqual([]);
    const [letter] = await parked();
    const replayed = await ask<Replayed>(`/policy/dead-letters/${letter?.id}/replay`, {
      method: 'POST',
      body: '{}',
    });
    expect(replayed).toEqual({ status: 200, body: { subject: 'vm/120', applied: 1 } });
    await waitFor('a decision', async () => (await decided()).length >= 1);
    expect(await decided()).toEqual(['vm/120 stopped enforce']);
    expect(await parked()).toEqual([]);
  });

  it('names the clauses that there are when one is asked for that is none', async () => {
    const answer = await put<{ code: string; errors: { allowed: string }[] }>('/rules/SPACE-9', {
      mode: 'enforce',
    });
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({
      code: 'not-found',
      errors: [
        {
          field: 'params.clause',
          allowed: 'power/SPACE-3, power/CORE-1, lease/PART-4, keep-running/SPACE-3',
        },
      ],
    });
    expect((await put('/rules/power/SPACE-3', { mode: 'yes' })).status).toBe(400);
  });

  it('draws no conclusion from a power cut that was over before it read of it', async () => {
    token = running.firstToken ?? '';
    await found();
    await running.close();
    const past = Date.now() - 3 * 3_600_000;
    await start(async () => {
      await cut(new Date(past));
      await back(new Date(past + 600_000));
    });
    // What is said after it is decided upon, so the past was read and passed over.
    await cut();
    await waitFor('the decision about now', async () => (await decided()).length > 0);
    expect(await decided()).toEqual(['vm/120 stopped dry-run']);
    const [only] = await decisions();
    expect(Date.parse(only?.time ?? '')).toBeGreaterThan(past + 3_000_000);
  });

  it('forgets that a clause was armed when its log has another epoch', async () => {
    token = running.firstToken ?? '';
    await put('/rules/power/SPACE-3', { mode: 'enforce' });
    const modes = async () =>
      (await ask<{ results: Rule[] }>('/rules?mode=enforce')).body.results.map(
        ({ rule, clause }) => `${rule}/${clause}`,
      );
    expect(await modes()).toEqual(['power/SPACE-3']);
    await running.close();
    await start();
    expect(await modes()).toEqual(['power/SPACE-3']);
    await running.database.transaction((tx) =>
      tx.execute(sql`update policy.log_head set epoch = gen_random_uuid()`),
    );
    await running.close();
    await start();
    expect(await modes()).toEqual([]);
  });
});
