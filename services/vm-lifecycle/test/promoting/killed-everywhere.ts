import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { EventData } from '@huismeester/contracts';
import { createLogger, systemClock } from '@huismeester/service';
import { startChild, waitFor } from '@huismeester/testkit';
import { expect } from 'vitest';
import { beginOwnership } from '../../src/owning/commands.ts';
import { projectIdOf } from '../../src/owning/ownership-id.ts';
import { promotions } from '../../src/projects/aggregates.ts';
import { beginProject } from '../../src/projects/register.ts';
import { guest, openSpace } from '../space.ts';
import { carryingOut, movingSettings } from './carrying-out.ts';

const program = fileURLToPath(new URL('./mover-process.ts', import.meta.url));
const firstVmid = 501;
/** A process begins late on a busy machine. */
const startMs = 120_000;
const token = [{ path: '/', privs: ['Pool.Allocate', 'Pool.Audit', 'VM.Allocate', 'Permissions.Modify'] }];

/** By the promote token, or by hand where settings have none. */
type How = 'token' | 'none';

/** A space with so many VMs of participants, each of which can be promoted once. */
export async function openPromoting(how: How, vms: number) {
  const vmids = Array.from({ length: vms }, (_, index) => firstVmid + index);
  const space = await openSpace({
    ...(how === 'token' && { promote: token }),
    guests: vmids.map((vmid) => guest(vmid, { pool: 'deelnemers' })),
  });
  return { space, how, left: vmids, close: () => space.close() };
}

type Promoting = Awaited<ReturnType<typeof openPromoting>>;

/** A VM with an owner and a project of its own, of which it was decided that it becomes space-wide; nobody carries it out yet. */
async function decided({ space, left }: Promoting) {
  const vmid = left.shift();
  if (vmid === undefined) throw new Error('all VMs were promoted');
  const { log, running } = space.home;
  const { database } = running;
  const vm = `${vmid}`;
  const incarnation =
    (await waitFor(`which guest ${vm} is`, async () => (await space.home.vm(vm)).incarnation)) ?? '';
  const [owner, id, actor] = [randomUUID(), randomUUID(), 'test'];
  const project = await database.transaction(async (tx) => {
    const begun = { vm, hypervisor: 'pve', vmid, incarnation, owner, how: 'created', actor } as const;
    const own = projectIdOf(await beginOwnership(tx, log, begun));
    await beginProject(tx, log, { id: own, name: `vm${vm}`, owner, actor });
    return own;
  });
  const answers = { facilitates: 'each evening', needed: 'by all', 'not-core': 'it can wait' };
  const subject = `promotion/${id}`;
  const about = { promotion: id, project, person: owner };
  const asked: EventData<'promotion.requested'> = {
    ...about,
    kind: 'promotion',
    from: 'participant',
    to: 'space-wide',
    answers,
  };
  const granted: EventData<'promotion.decided'> = { ...about, how: 'granted', because: 'used weekly' };
  await database.transaction((tx) =>
    promotions.handle(tx, {
      log,
      id,
      actor,
      decide: () => [
        { type: 'promotion.requested', subject, data: asked },
        { type: 'promotion.decided', subject, data: granted },
      ],
    }),
  );
  return { id, vmid, project };
}

/**
 * A process carries out a promotion, and is killed (SIGKILL) at a moment; the next one goes on. Answers whether there was such a moment.
 */
export async function killedAt(promoting: Promoting, nth: number): Promise<boolean> {
  const { space, how } = promoting;
  const about = await decided(promoting);
  const { id, vmid } = about;
  const { simulator } = space;
  const { url, ca } = simulator;
  const wasThere = await killed(space, about, { how, nth });
  const seen = await promotion(space, id);
  // Done, or visibly unfinished.
  if (seen.done !== true) expect(['to-do', 'asked', 'done']).toContain(seen.steps[0]?.state);
  // By hand, while nothing of us ran.
  if (how === 'none') simulator.guest(vmid).pool = 'spacewide';

  const { log, running } = space.home;
  const { database } = running;
  const parts = { database, log, clock: systemClock, logger: createLogger({ level: 'silent' }) };
  const next = carryingOut(parts, movingSettings({ url, ca }, how === 'token'));
  await waitFor('it to be carried out', async () => (await next.run(id)) === undefined, {
    timeoutMs: 30_000,
  });
  await next.close();
  await movedOnce(space, about, how);
  return wasThere;
}

interface About {
  readonly id: string;
  readonly vmid: number;
  readonly project: string;
}

/** Runs a process up to a moment, and kills it there, or at its end. */
async function killed(
  space: Promoting['space'],
  { id, vmid }: About,
  { how, nth }: { readonly how: How; readonly nth: number },
): Promise<boolean> {
  const { simulator, databaseUrl } = space;
  const { url, ca } = simulator;
  const args = [program, databaseUrl, JSON.stringify({ url, ca }), id, how, `${nth}`];
  const child = await startChild({ name: 'mover', command: process.execPath, args });
  const until = (said: RegExp) =>
    child.ready(`it says ${said.source}`, () => said.test(child.output()), { timeoutMs: startMs });
  await until(/^(stays at|over after|waits)/m);
  if (!/^(stays at|over after)/m.test(child.output())) {
    // It waits for somebody who gives the command that is shown.
    const [step] = (await promotion(space, id)).steps;
    expect(step).toMatchObject({ state: 'to-do', command: expect.stringContaining(`--vms ${vmid}`) });
    simulator.guest(vmid).pool = 'spacewide';
    await until(/^(stays at|over after)/m);
  }
  const wasThere = child.output().includes('stays at');
  await child.stop({ signal: 'SIGKILL' });
  return wasThere;
}

/** It stands in its pool, was moved once, and each thing was written once. */
async function movedOnce(space: Promoting['space'], { id, vmid, project }: About, how: How) {
  const { simulator } = space;
  expect(simulator.guest(vmid).pool).toBe('spacewide');
  const moves = simulator.requests.filter(
    ({ method, path, params, status }) =>
      method === 'PUT' && path === '/pools' && params.vms === `${vmid}` && status === 200,
  );
  expect(moves).toHaveLength(how === 'token' ? 1 : 0);
  const subjects = [`promotion/${id}`, `project/${project}`];
  const events = (await space.home.events()).filter(({ subject }) => subjects.includes(subject));
  expect(events.map(({ type }) => type)).toEqual([
    'project.begun',
    'promotion.requested',
    'promotion.decided',
    'project.reclassified',
    ...(how === 'token' ? ['promotion.move-begun'] : []),
    'promotion.moved',
    'promotion.carried-out',
  ]);
  expect(await promotion(space, id)).toMatchObject({ done: true, steps: [{ state: 'done' }] });
}

interface Shown {
  readonly done?: boolean;
  readonly steps: readonly { readonly state: string; readonly command?: string }[];
}

async function promotion({ home }: Pick<Promoting['space'], 'home'>, id: string): Promise<Shown> {
  return (await home.get(`/api/v1/promotions/${id}`)).body as Shown;
}
