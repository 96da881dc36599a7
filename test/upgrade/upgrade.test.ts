import { fileURLToPath } from 'node:url';
import { type Postgres, skipWithout, startPostgres, waitFor } from '@huismeester/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Moment, type MomentName, readMoment } from './moment.ts';
import { execute } from './postgres.ts';
import { running } from './space.ts';
import { openWorld, type World } from './world.ts';

const here = fileURLToPath(new URL('../../', import.meta.url));
const { core, participant } = running;
const spaceWide = running['space-wide'];

/** Whatever an upgrade would ask for again is asked for by then: two looks at Proxmox, and what policy decides anew. */
const quietMs = 3_000;

let postgres: Postgres;
let database: string;
let world: World;

beforeAll(async () => {
  postgres = await startPostgres({ fsync: false });
});
afterEach(() => world.close());
afterAll(() => postgres.close());

/** Starts the present program on what an older one left, and waits until anything that would follow has followed. */
async function upgrade(name: MomentName): Promise<Moment> {
  const moment = await readMoment(name);
  database = await postgres.createDatabase();
  world = await openWorld(here, database, moment, { name, moment });
  const end = performance.now() + quietMs;
  await waitFor('it is quiet', () => performance.now() > end);
  return moment;
}

/** The power requests that reached Proxmox, `120 shutdown`, in the order of their ids; also those that the test made again. */
function requests(): string[] {
  const asked = world.proxmox.requests.flatMap(({ method, path }) => {
    const [, vmid, act] = /\/(?:qemu|lxc)\/(\d+)\/status\/([a-z]+)$/.exec(path) ?? [];
    return method === 'POST' && vmid !== undefined ? [`${vmid} ${act}`] : [];
  });
  return asked.toSorted((a, b) => a.localeCompare(b));
}

/** The guests that were asked to do this, in the order of their ids; as often as they were asked. */
const ofAct = (act: string): number[] =>
  requests()
    .flatMap((each) => (each.endsWith(act) ? [Number.parseInt(each, 10)] : []))
    .toSorted((a, b) => a - b);

/** Decisions about a target that want what the one before wanted already, as `what: state`. */
async function repeated(): Promise<string[]> {
  return await execute(
    database,
    // An older decision has its VM or node in the subject alone.
    `select target || ': ' || (data->>'state') from (
      select target, data, time, lag(data) over w as before from (
        select *, coalesce(data->>'target', replace(replace(subject, 'desired-state/', 'vm/'), 'node-state/', 'node/'))
          as target from policy.event_log
        where type in ('desired-state.decided', 'node-state.decided')) as each
      window w as (partition by target order by position)) as decided
    where before->>'state' = data->>'state' and before->>'clause' = data->>'clause'
      and before->>'mode' is not distinct from data->>'mode'
      and time < (before->>'validUntil')::timestamptz`,
  );
}

/** How long after the newest such event the first request was made after it. */
async function secondsUntilAsked(event: string): Promise<number> {
  const [found] = await execute(
    database,
    `with fact as (select max((data->>'since')::timestamptz) as since from ups_monitor.event_log where type = '${event}')
    select extract(epoch from min(time) - since) from vm_lifecycle.event_log, fact
    where type = 'vm.power-requested' and time > since group by since`,
  );
  return Number(found);
}

const armed = async (): Promise<string[]> => {
  const { results } = await world.get<{ results: { rule: string; clause: string; mode: string }[] }>(
    '/api/v1/rules',
  );
  return results.flatMap(({ rule, clause, mode }) => (mode === 'enforce' ? [`${rule}/${clause}`] : []));
};

const openViolations = async (): Promise<string[]> => {
  const { results } = await world.get<{ results: { kind: string }[] }>('/api/v1/violations');
  return results.map(({ kind }) => kind);
};

async function mainsBack(): Promise<void> {
  await world.ups('battery.charge', '60');
  await world.ups('ups.status', 'OL CHRG');
}

function statusesAre(vmids: readonly number[], status: 'running' | 'stopped'): Promise<boolean> {
  return waitFor(
    `${vmids} ${status}`,
    () => vmids.every((vmid) => world.proxmox.guest(vmid).status === status),
    {
      timeoutMs: 60_000,
    },
  );
}

describe.skipIf(skipWithout('upsd', 'postgres'))('an upgrade in the middle of a power cut', () => {
  it('waits for what is left of the hold, and goes on', async () => {
    const moment = await upgrade('hold');
    expect(new Set(await armed())).toEqual(new Set(moment.armed.map((clause) => `power/${clause}`)));
    await statusesAre(participant, 'stopped');
    expect(await secondsUntilAsked('ups.on-battery')).toBeGreaterThanOrEqual(46);
    await mainsBack();
    await statusesAre(participant, 'running');
    expect(ofAct('shutdown')).toEqual([...participant]);
    expect(ofAct('start')).toEqual([...participant]);
  });

  it('follows the shutdowns that run to their end, and asks for none again', async () => {
    await upgrade('shutting-down');
    expect(requests()).toEqual(['120 shutdown', '121 shutdown']);
    expect(await repeated()).toEqual([]);
    await statusesAre(participant, 'stopped');
    await mainsBack();
    await statusesAre(participant, 'running');
    expect(ofAct('shutdown')).toEqual([120, 121]);
    expect(ofAct('start')).toEqual([...participant]);
  });

  it('leaves off what is off, and starts all of it when mains is back', async () => {
    await upgrade('all-down');
    expect(requests()).toEqual([]);
    expect(await repeated()).toEqual([]);
    await mainsBack();
    await statusesAre([...core, ...spaceWide, ...participant], 'running');
    expect(ofAct('start')).toEqual([...core, ...spaceWide, ...participant]);
  });

  it('waits until mains is trusted', async () => {
    await upgrade('recovering');
    await statusesAre([...core, ...spaceWide, ...participant], 'running');
    expect(await secondsUntilAsked('ups.on-mains')).toBeGreaterThanOrEqual(15);
    expect(ofAct('shutdown')).toEqual([]);
  });

  it('goes on with the restore where it was', async () => {
    await upgrade('half-restored');
    expect(ofAct('start')).toEqual([...spaceWide]);
    expect(await repeated()).toEqual([]);
    await statusesAre([...spaceWide, ...participant], 'running');
    expect(ofAct('start')).toEqual([...spaceWide, ...participant]);
    expect(ofAct('shutdown')).toEqual([]);
  });

  it('keeps holds, and what was armed', async () => {
    const moment = await upgrade('held');
    expect(new Set(await armed())).toEqual(new Set(moment.armed.map((clause) => `power/${clause}`)));
    expect(requests()).toEqual([]);
    await mainsBack();
    await statusesAre([...spaceWide, 122], 'running');
    expect(world.proxmox.guest(120).status).toBe('stopped');
    await world.remove('/api/v1/holds/120');
    await statusesAre([120], 'running');
    expect(requests()).toEqual(['110 start', '111 start', '120 start', '122 start']);
  });

  it('still says what was given up, until it runs', async () => {
    await upgrade('given-up');
    expect(requests()).toEqual([]);
    expect(await openViolations()).toEqual(['not-restored']);
    const guest = world.proxmox.guest(120);
    guest.status = 'running';
    guest.startedAt = Date.now();
    await waitFor('no violation is open', async () => (await openViolations()).length === 0);
    expect(requests()).toEqual([]);
  });

  it('wakes the node that it shut down before', async () => {
    await upgrade('nodes-off');
    expect(requests()).toEqual([]);
    await mainsBack();
    await world.said('vm-lifecycle', `type = 'node.power-requested' and data->>'act' = 'wake'`);
    world.proxmox.setNodeOnline('pve2', true);
    await statusesAre([...core, ...spaceWide, ...participant], 'running');
    expect(ofAct('shutdown')).toEqual([]);
    expect(ofAct('start')).toEqual([...core, ...spaceWide, ...participant]);
  });
});
