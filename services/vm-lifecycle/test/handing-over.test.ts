import { rows, type Tx } from '@huismeester/database';
import { waitFor } from '@huismeester/testkit';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { known, openPeopleSpace, type PeopleSpace, refusal, type Somebody } from './people-space.ts';
import { guest } from './space.ts';

/* What becomes of what is asked of a VM while it changes hands: rights are judged by whose it is then. */

const pool = 'deelnemers';
const disks = [{ key: 'scsi0', storage: 'local-lvm', gib: 1 }];
const off = { pool, status: 'stopped', disks } as const;

let place: PeopleSpace;
let team: Somebody;
let ann: Somebody;
let bob: Somebody;
let cas: Somebody;

beforeAll(async () => {
  place = await openPeopleSpace({
    guests: [
      ...[301, 302, 304, 305, 306].map((vmid) => guest(vmid, off)),
      ...[303, 307].map((vmid) => guest(vmid, { pool })),
    ],
    settings: 'quota: { vms: 9, cores: 20, memory: 80GiB, disk: 60GiB }',
  });
  team = await place.somebody('participant', 'infrateam');
  ann = await place.somebody('participant');
  bob = await place.somebody('participant');
  cas = await place.somebody('participant');
});
afterAll(() => place.space.close());

/** Asks something of a VM that is locked by a backup, so that it waits. */
async function waiting(who: Somebody, vm: number, body: object) {
  place.space.simulator.guest(vm).lock = 'backup';
  const asked = await place.ask(who, `/vms/${vm}/acts`, 'POST', body);
  expect(asked.status).toBe(202);
  await waitFor('that it waits for the lock', async () => {
    const act = await place.ask(who, `/acts/${asked.body.id}`);
    return act.body.waiting?.includes('locked') ? true : undefined;
  });
  return asked.body.id as string;
}

function unlock(vm: number) {
  delete place.space.simulator.guest(vm).lock;
}

/** What happens while a request waits for a lock, committed before it goes on. */
async function beside<T>(
  request: () => Promise<T>,
  { lock, meanwhile }: { readonly lock: SQL; readonly meanwhile: (tx: Tx) => Promise<unknown> },
): Promise<T> {
  const sent = await place.space.home.running.database.transaction(async (tx) => {
    await tx.execute(lock);
    const answer = request();
    await waitFor('a request that waits for a lock', async () => {
      const [first] = rows(await tx.execute(sql`select 1 from pg_locks where not granted`));
      return first;
    });
    await meanwhile(tx);
    return { answer };
  });
  return await sent.answer;
}

const becomes = (vm: number, owner: Somebody) =>
  sql`update vm_lifecycle.ownership set owner = ${owner.person}, offer = null where vm = ${String(vm)}`;
const owned = (vm: number) => sql`select 1 from vm_lifecycle.ownership where vm = ${String(vm)} for update`;
const asked = (vm: number) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`vm-lifecycle/act/${vm}`}, 0))`;

async function becomesSpaceWide(vm: number) {
  place.space.simulator.guest(vm).pool = 'spacewide';
  const look = async () => (await place.space.home.vm(vm)).class === 'space-wide' || undefined;
  await waitFor(`VM ${vm} to be space-wide`, look);
}

describe('what was asked before', () => {
  it('ends before the VM is taken over', async () => {
    await place.give(team, 301, ann);
    const id = await waiting(ann, 301, { act: 'delete', name: 'vm301' });
    expect((await place.ask(ann, '/vms/301/owner', 'POST', { person: bob.person })).status).toBe(200);
    expect(refusal(await place.ask(bob, '/vms/301/owner/acceptance', 'POST'))).toMatchObject({
      status: 409,
      code: 'under-way',
      errors: [{ found: 'delete', allowed: expect.stringContaining('once it is done or failed') }],
    });
    unlock(301);
    expect(await place.ended(id, ann)).toMatchObject({ state: 'done' });
  });

  it('is not done to what is another’s by then', async () => {
    await place.give(team, 302, ann);
    const id = await waiting(ann, 302, { act: 'delete', name: 'vm302' });
    await place.space.home.running.database.orm.execute(becomes(302, bob));
    unlock(302);
    expect(await place.ended(id, team)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('another owner'),
    });
    expect(place.space.simulator.guest(302).vmid).toBe(302);
  });

  it('is not done to what is space-wide by then', async () => {
    await place.give(team, 303, ann);
    const id = await waiting(ann, 303, { act: 'stop', name: 'vm303' });
    await becomesSpaceWide(303);
    unlock(303);
    expect(await place.ended(id, team)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('You may not pull the plug of VM 303'),
    });
    expect(place.space.simulator.guest(303).status).toBe('running');
  });
});

describe('rights are those under the lock', () => {
  it('to offer a VM', async () => {
    await place.give(team, 304, ann);
    const offer = () => place.ask(ann, '/vms/304/owner', 'POST', { person: cas.person });
    const meanwhile = (tx: Tx) => tx.execute(becomes(304, bob));
    const offered = await beside(offer, { lock: owned(304), meanwhile });
    expect(refusal(offered)).toMatchObject({ status: 403, code: 'not-allowed', clause: 'PART-3' });
    expect((await place.ask(bob, '/vms/304/owner')).body.offer).toBeUndefined();
  });

  it('to withdraw an offer', async () => {
    await place.give(team, 305, ann);
    const offer = { to: cas.person, by: `person:${bob.person}`, since: new Date().toISOString() };
    const ended = await beside(() => place.ask(ann, '/vms/305/owner/offer', 'DELETE'), {
      lock: owned(305),
      meanwhile: async (tx) => {
        await tx.execute(becomes(305, bob));
        const json = JSON.stringify(offer);
        await tx.execute(sql`update vm_lifecycle.ownership set offer = ${json}::jsonb where vm = '305'`);
      },
    });
    expect(refusal(ended)).toMatchObject({ status: 403, code: 'not-allowed', clause: 'PART-3' });
  });

  it('to ask something of it', async () => {
    await place.give(team, 306, ann);
    const start = () => place.ask(ann, '/vms/306/acts', 'POST', { act: 'shutdown' });
    const answer = await beside(start, { lock: asked(306), meanwhile: () => becomesSpaceWide(306) });
    expect(refusal(answer)).toMatchObject({ status: 403, code: 'not-allowed', clause: 'SPACE-3' });
  });

  it('to renew its lease, by the one table of who may what', async () => {
    await known(place.space, 307);
    await place.give(team, 307, ann);
    const lease = async () => (await place.space.home.vm(307)).lease;
    await waitFor('its lease', lease);
    const renew = (who: Somebody) => place.ask(who, '/vms/307/lease/renewal', 'POST');
    const trial = await place.somebody('participant', 'trial');
    expect(refusal(await renew(trial))).toMatchObject({
      status: 403,
      code: 'not-allowed',
      clause: 'JOIN-3',
      errors: [{ field: 'act', found: 'renew', allowed: 'you may look at it' }],
    });
    expect(refusal(await renew(bob))).toMatchObject({ status: 403, code: 'not-allowed', clause: 'PART-3' });
    const ends = (await lease())?.ends;
    expect((await renew(ann)).body).toMatchObject({ renewals: 1 });
    // Taken back by whoever may renew it, once.
    const undo = (who: Somebody) => place.ask(who, '/vms/307/lease/renewal', 'DELETE');
    expect(refusal(await undo(bob))).toMatchObject({ status: 403, code: 'not-allowed', clause: 'PART-3' });
    expect((await undo(ann)).body).toMatchObject({ renewals: 0, ends });
    expect(refusal(await undo(ann))).toMatchObject({
      status: 409,
      code: 'not-just-renewed',
      clause: 'PART-4',
    });
    expect((await renew(ann)).body).toMatchObject({ renewals: 1 });
    const late = await beside(() => renew(ann), {
      lock: sql`select 1 from vm_lifecycle.lease where vm = '307' for update`,
      meanwhile: (tx) => tx.execute(becomes(307, bob)),
    });
    expect(refusal(late)).toMatchObject({ status: 403, code: 'not-allowed', clause: 'PART-3' });
    expect((await lease())?.renewals).toBe(1);
  });
});
