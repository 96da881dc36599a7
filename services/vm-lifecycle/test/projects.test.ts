import { createHash } from 'node:crypto';
import { parseSettings } from '@huismeester/service';
import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHypervisor } from '../src/adapters/proxmox.ts';
import { portsOf } from '../src/creating/others.ts';
import { projectIdOf } from '../src/owning/ownership-id.ts';
import { promotions } from '../src/projects/aggregates.ts';
import { carryOutPromotions } from '../src/projects/carry-out.ts';
import { type Mover, openMovers } from '../src/projects/mover.ts';
import { beginProject, managersOf, refuseCreationFor, refuseDeletion } from '../src/projects/register.ts';
import { ownership } from '../src/schema.ts';
import { entitiesOf } from '../src/service.ts';
import { type Somebody, somebody } from './people.ts';
import { event, found, guest, openSpace, type Space } from './space.ts';

const moves = [{ path: '/', privs: ['Pool.Allocate', 'Pool.Audit', 'VM.Allocate', 'Permissions.Modify'] }];
const vmids = [501, 502, 503, 504, 505, 506, 507, 508, 509];
let space: Space;
let [ann, bob, cas, dee, board]: Somebody[] = [];
const someone = (each: Somebody | undefined): Somebody => {
  if (!each) throw new Error('nobody yet');
  return each;
};

beforeAll(async () => {
  space = await openSpace({
    promote: moves,
    guests: vmids.map((vmid) => guest(vmid, { pool: 'deelnemers' })),
    // Without that token.
    others: [guest(601, { pool: 'deelnemers' })],
  });
  for (const vmid of vmids) await found(space, vmid);
  const add = (...roles: Parameters<typeof somebody>[1][number][]) => somebody(() => space, roles);
  ann = await add('participant');
  bob = await add('participant');
  cas = await add('participant', 'infrateam');
  dee = await add('participant', 'infrateam');
  board = await add('participant', 'board');
});
afterAll(() => space.close());

const orm = () => space.home.running.database.orm;

/** Whose VM it is, as owning writes it, with the project that begins with it. */
async function owned(vmid: number, owner: Somebody, project?: string, hypervisor = 'pve'): Promise<string> {
  const name = hypervisor === 'pve' ? `${vmid}` : `${hypervisor}-${vmid}`;
  const id = `${name}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
  const of = project ?? projectIdOf(id);
  const incarnation = await waitFor(
    `which guest ${name} is`,
    async () => (await space.home.vm(name)).incarnation,
  );
  await space.home.running.database.transaction(async (tx) => {
    const row = { vm: name, hypervisor, vmid, incarnation, owner: owner.id, since: new Date() };
    await tx.insert(ownership).values({ id, version: 1, ...row, project: of });
    const beginning = { id: of, name: `vm${vmid}`, owner: owner.id, actor: 'service:vm-lifecycle' };
    await beginProject(tx, space.home.log, beginning);
  });
  return of;
}

function settings(promote = true) {
  const { url, ca } = space.simulator;
  const token = (name: string, end: string) =>
    `{ id: "huismeester@pve!${name}", secret: a0b1c2d3-0000-4000-8000-00000000000${end} }`;
  const promoter = promote ? `, promote: ${token('promote', 'c')}` : '';
  const text = `
site: { id: test, name: Test }
broker: { embedded: { port: 0 } }
database: { url: "postgres://localhost/x" }
hypervisors:
  - id: pve
    url: ${url}
    ca: ${JSON.stringify(ca)}
    tokens: { operate: ${token('operate', 'a')}${promoter} }
    pools: { core: core, space-wide: spacewide, participant: deelnemers }`;
  return parseSettings(text, { file: 'space.yaml', env: {}, readFile: () => '' });
}

const answers = { facilitates: 'each evening', needed: 'by all', 'not-core': 'it can wait' };
const post = (who: Somebody | undefined, path: string, json?: unknown) =>
  someone(who).ask(path, { method: 'POST', ...(json !== undefined && { json }) });
const put = (who: Somebody | undefined, path: string, json: unknown) =>
  someone(who).ask(path, { method: 'PUT', json });

async function promoted(project: string, by = cas): Promise<string> {
  const asked = await post(ann, '/promotions', { project, to: 'space-wide', answers });
  expect(asked.status).toBe(201);
  const { id } = asked.body;
  const decided = await put(by, `/promotions/${id}/decision`, { how: 'granted', because: 'used weekly' });
  expect(decided).toMatchObject({ status: 200, body: { state: 'granted' } });
  return id;
}

const isDone = (id: string) =>
  waitFor(
    `request ${id} to be carried out`,
    async () => {
      const { body } = await someone(ann).ask(`/promotions/${id}`);
      return body.done === true ? body : undefined;
    },
    { timeoutMs: 20_000 },
  );

test('a participant registers, changes and gives up a project; others see it, and do not change it', async () => {
  const made = await post(ann, '/projects', { title: 'Sewing corner', hardware: ['an overlock machine'] });
  expect(made).toMatchObject({
    status: 201,
    body: { class: 'participant', state: 'active', owner: someone(ann).id, vms: [] },
  });
  const path = `/projects/${made.body.id}`;
  const changed = { managers: [someone(bob).id], because: 'two of us do it' };
  expect(await someone(ann).ask(path, { method: 'PATCH', json: changed })).toMatchObject({ status: 200 });
  expect((await someone(board).ask(path)).body.managers).toEqual([someone(bob).id]);
  const stolen = await someone(board).ask(path, { method: 'PATCH', json: { title: 'Ours now' } });
  expect(stolen).toMatchObject({ status: 403, body: { code: 'not-allowed', clause: 'PART-3' } });
  expect(await someone(ann).ask(path, { method: 'DELETE' })).toMatchObject({ body: { state: 'retired' } });
  const { history } = (await someone(board).ask(path)).body;
  const actor = `person:${someone(ann).id}`;
  expect(history).toMatchObject([
    { what: 'project.begun', by: actor },
    { what: 'project.changed', by: actor, because: 'two of us do it' },
    { what: 'project.retired', by: actor },
  ]);
});

test('a project without a reason to exist twice: its VM begins it once', async () => {
  const id = await owned(501, someone(ann));
  await space.home.running.database.transaction((tx) =>
    beginProject(tx, space.home.log, { id, name: 'again', actor: 'service:vm-lifecycle' }),
  );
  expect((await someone(bob).ask(`/projects/${id}`)).body).toMatchObject({ title: 'vm501', vms: ['501'] });
  expect((await post(ann, '/projects', { title: 'X' })).status).toBe(400);
});

test('a promotion moves the VM to the pool of its class; another full member undoes it, and it moves back', async () => {
  const project = await owned(502, someone(ann));
  expect(await post(bob, '/promotions', { project, to: 'space-wide', answers })).toMatchObject({
    status: 403,
    body: { code: 'not-allowed', clause: 'PART-5' },
  });
  const asked = await post(ann, '/promotions', { project, to: 'space-wide', answers });
  const path = `/promotions/${asked.body.id}`;
  for (const who of [bob, bob, board]) await post(who, `${path}/users`);
  expect((await someone(ann).ask(path)).body).toMatchObject({
    users: [someone(bob).id, someone(board).id],
    users_count: 2,
    state: 'pending',
  });
  const refused = await put(ann, `${path}/decision`, { how: 'granted', because: 'mine' });
  expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  await put(cas, `${path}/decision`, { how: 'granted', because: 'used weekly' });
  await isDone(asked.body.id);
  expect(space.simulator.guest(502).pool).toBe('spacewide');
  expect((await event(space, 502, 'vm.reclassified')).data).toMatchObject({ to: 'space-wide' });
  expect((await someone(ann).ask(`/projects/${project}`)).body.class).toBe('space-wide');
  const undo = { method: 'DELETE', json: { because: 'nobody uses it' } };
  expect(await someone(cas).ask(`${path}/decision`, undo)).toMatchObject({
    status: 403,
    body: { code: 'needs-another', clause: 'SPACE-1' },
  });
  expect((await someone(dee).ask(`${path}/decision`, undo)).body).toMatchObject({ state: 'undone' });
  await isDone(asked.body.id);
  expect(space.simulator.guest(502).pool).toBe('deelnemers');
  const { class: of, history } = (await someone(ann).ask(`/projects/${project}`)).body;
  expect(of).toBe('participant');
  expect(history.filter(({ what }: { what: string }) => what === 'project.reclassified')).toHaveLength(2);
});

test('an answer that was lost, and one that is refused: the VM is moved all the same, once', async () => {
  const project = await owned(503, someone(ann));
  space.simulator.faults.dropNextAnswer('PUT', /\/pools/);
  await isDone(await promoted(project));
  const puts = space.simulator.requests.filter(
    ({ method, params }) => method === 'PUT' && Object.values(params ?? {}).includes('503'),
  );
  expect(puts).toHaveLength(1);
});

test('killed at each step: the next run goes on, and moves nothing twice', async () => {
  const project = await owned(504, someone(ann));
  const { database } = space.home.running;
  const { log } = space.home;
  const id = 'c0ffee';
  const about = { promotion: id, project };
  const asks = (who: Somebody, ...events: readonly { type: string; data: object }[]) =>
    database.transaction((tx) =>
      promotions.handle(tx, {
        log,
        id,
        actor: `person:${who.id}`,
        decide: () => events.map((each) => ({ ...each, subject: `promotion/${id}` })) as never,
      }),
    );
  const person = someone(ann).id;
  const request = { ...about, person, kind: 'promotion', from: 'participant', to: 'space-wide', answers };
  // Not through the route, so that no task of the service takes part.
  await asks(someone(ann), { type: 'promotion.requested', data: request });
  const decision = { ...about, person: someone(cas).id, how: 'granted', because: 'used weekly' };
  await asks(someone(cas), { type: 'promotion.decided', data: decision });

  const all = settings().hypervisors;
  const real = openMovers(all).get('pve') as Mover;
  const hypervisor = openHypervisor(all[0] as never, () => undefined);
  let moved = 0;
  const killed = new Error('killed');
  const movers: Record<string, () => Promise<void>> = {
    before: () => Promise.reject(killed),
    after: async () => {
      moved += 1;
      await real.move(504, 'spacewide');
      throw killed;
    },
  };
  const run = async (when?: 'before' | 'after') => {
    const mover: Mover = {
      close: () => Promise.resolve(),
      move: when === undefined ? real.move : (movers[when] as () => Promise<void>),
    };
    const handler = carryOutPromotions({
      database,
      log,
      clock: { now: () => new Date() } as never,
      logger: { warn: () => undefined } as never,
      hypervisors: new Map([['pve', { poller: { hypervisor } }]]),
      movers: new Map([['pve', mover]]),
      settings: { hypervisors: all },
    });
    return await handler(
      { kind: 'promotion', key: id, payload: undefined, attempt: 1 },
      new AbortController().signal,
    );
  };
  await expect(run('before')).rejects.toBe(killed);
  const step = async () => (await someone(ann).ask(`/promotions/${id}`)).body.steps[0];
  // Register and intent are written, the VM is where it was: visibly unfinished.
  expect(await step()).toMatchObject({ vm: '504', state: 'asked', pool: 'spacewide' });
  expect((await someone(ann).ask(`/projects/${project}`)).body.class).toBe('space-wide');
  expect(space.simulator.guest(504).pool).toBe('deelnemers');
  await expect(run('after')).rejects.toBe(killed);
  await event(space, 504, 'vm.reclassified');
  await waitFor('it to be carried out', async () => (await run()) === undefined);
  expect(moved).toBe(1);
  const { events } = await log.read({ after: 0, limit: 10_000 });
  const types = events.filter(({ subject }) => subject === `promotion/${id}`).map(({ type }) => type);
  expect(types).toEqual([
    'promotion.requested',
    'promotion.decided',
    'promotion.move-begun',
    'promotion.moved',
    'promotion.carried-out',
  ]);
  await Promise.all([real.close(), hypervisor.close()]);
});

test('another guest under the vmid is not moved', async () => {
  const project = await owned(505, someone(ann));
  // The inspector would find it before the move does.
  await event(space, 505, 'vm.inspected');
  space.simulator.guest(505).smbios1 = 'uuid=00000000-0000-4000-8000-000000000001';
  const id = await promoted(project);
  const failed = await waitFor('that it is seen', async () => {
    const [step] = (await someone(ann).ask(`/promotions/${id}`)).body.steps;
    return step?.error === undefined ? undefined : step;
  });
  expect(failed.error).toMatch(/another guest/);
  // It would move that one.
  expect(failed).not.toHaveProperty('command');
  expect(space.simulator.guest(505).pool).toBe('deelnemers');
  expect((await someone(ann).ask(`/promotions/${id}`)).body.done).toBe(false);
});

test('without a token the command is given, and what somebody did by hand is seen', async () => {
  const project = await owned(601, someone(ann), undefined, 'b');
  const id = await promoted(project);
  const { body } = await someone(ann).ask(`/promotions/${id}`);
  expect(body).toMatchObject({
    done: false,
    steps: [{ state: 'to-do', command: 'pveum pool modify spacewide --vms 601 --allow-move' }],
  });
  await space.restart();
  expect((await someone(ann).ask(`/promotions/${id}`)).body.done).toBe(false);
  const moved = space.second?.guest(601);
  if (moved) moved.pool = 'spacewide';
  await isDone(id);
}, 60_000);

test('with a token that lacks a right that right and the command are given, and what somebody did by hand is seen', async () => {
  const project = await owned(509, someone(ann));
  const token = space.simulator.state.tokens.find(({ id }) => id.endsWith('!promote'));
  const before = structuredClone(token?.privileges ?? []);
  if (token) token.privileges = [{ path: '/', privs: ['Pool.Audit'] }];
  const id = await promoted(project);
  const step = await waitFor('that it is seen', async () => {
    const [found] = (await someone(ann).ask(`/promotions/${id}`)).body.steps;
    return found?.error === undefined ? undefined : found;
  });
  expect(step).toMatchObject({
    state: 'failed',
    error: expect.stringContaining('Pool.Allocate, VM.Allocate on the pool'),
    command: 'pveum pool modify spacewide --vms 509 --allow-move',
  });
  expect((await someone(ann).ask(`/promotions/${id}`)).body.done).toBe(false);
  space.simulator.guest(509).pool = 'spacewide';
  await space.home.running.database.transaction((tx) =>
    tx.execute(`update vm_lifecycle.task set run_at = now() where key = '${id}'` as never),
  );
  await space.restart();
  await isDone(id);
  if (token) token.privileges = before;
}, 60_000);

test('one more VM is asked for, granted, made once, and follows its project', async () => {
  const project = await owned(506, someone(ann));
  await isDone(await promoted(project));
  const may = () => refuseCreationFor(orm(), project, someone(ann).id);
  expect(await may()).toMatchObject({ code: 'ask-first', clause: 'SPACE-7' });
  const asked = await post(ann, '/promotions', { project, kind: 'one-more-vm', because: 'a database' });
  expect(await may()).toMatchObject({ code: 'ask-first' });
  await put(cas, `/promotions/${asked.body.id}/decision`, { how: 'granted', because: 'it grew' });
  expect(await may()).toBeUndefined();
  expect(await refuseCreationFor(orm(), project, someone(bob).id)).toMatchObject({ clause: 'SPACE-5' });
  const {
    log,
    running: { database },
  } = space.home;
  const nothing = { vms: 0, cores: 0, memory: '0GiB', disk: '0GiB' };
  const settings = { quota: nothing, reserve: { memory: 85, storage: 90 } };
  const { takeQuota } = portsOf({
    ask: () => Promise.reject(new Error('nobody is asked')),
    database,
    log,
    settings,
  });
  const takes = (of: string | undefined) =>
    database.transaction((tx) => takeQuota(tx, { person: someone(ann).id, project: of }, { vms: 1 }));
  expect(await takes(undefined)).toMatchObject({ code: 'quota-exceeded' });
  expect(await takes(project)).toBeUndefined();
  await owned(507, someone(ann), project);
  expect(await may()).toMatchObject({ code: 'ask-first' });
  await space.home.running.database.transaction((tx) =>
    tx.execute(`update vm_lifecycle.task set run_at = now() where key = '${asked.body.id}'` as never),
  );
  await space.restart();
  await isDone(asked.body.id);
  expect(space.simulator.guest(507).pool).toBe('spacewide');
}, 60_000);

test('to core the open points are read first; the end takes two full members', async () => {
  const project = await owned(508, someone(ann));
  await isDone(await promoted(project));
  const asked = await post(cas, '/promotions', { project, to: 'core', because: 'all need it' });
  const path = `/promotions/${asked.body.id}`;
  const { open_points: points } = (await someone(board).ask(path)).body;
  expect(points.map(({ clause }: { clause: string }) => clause)).toContain('CORE-6');
  const grant = { how: 'granted', because: 'all need it' };
  expect(await put(dee, `${path}/decision`, grant)).toMatchObject({
    status: 409,
    body: { code: 'open-points', clause: 'SPACE-8' },
  });
  await someone(cas).ask(path, { method: 'DELETE' });
  const retirement = `/projects/${project}/retirement`;
  expect(await refuseDeletion(orm(), project)).toMatchObject({ clause: 'SPACE-3' });
  await post(cas, retirement, { because: 'the printer was sold' });
  expect(await post(cas, `${retirement}/confirmation`)).toMatchObject({
    status: 403,
    body: { code: 'needs-another', clause: 'SPACE-3' },
  });
  expect(await managersOf(orm(), project)).toEqual({ managers: [someone(ann).id], retired: false });
  expect((await post(dee, `${retirement}/confirmation`)).body).toMatchObject({ state: 'retired' });
  expect(await refuseDeletion(orm(), project)).toBeUndefined();
  const nobodys = await space.home.get(`/api/v1/projects/${project}`);
  expect(nobodys.status).toBe(200);
});

test('an agreement takes both sides', async () => {
  const { body } = await post(ann, '/projects', { title: 'Weather station' });
  const path = `/projects/${body.id}/agreement`;
  const sides = { participant: someone(ann).id, team: someone(cas).id, text: 'A backup each week' };
  expect(await put(ann, path, sides)).toMatchObject({
    status: 200,
    body: { proposed: { by: 'participant' } },
  });
  expect(await post(ann, `${path}/consent`)).toMatchObject({ status: 409, body: { clause: 'SPACE-4' } });
  expect((await post(cas, `${path}/consent`)).body).toMatchObject({ agreement: { text: sides.text } });
  const entities = await space.home.running.database.transaction(entitiesOf);
  expect(entities).toContainEqual({
    subject: `project/${body.id}`,
    state: expect.objectContaining({ agreed: true, class: 'participant', state: 'active' }),
  });
});
