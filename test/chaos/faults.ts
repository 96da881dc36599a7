import { join } from 'node:path';
import { isTransient } from '@huismeester/database';
import { waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { readLogs, restore, using } from './archive.ts';
import type { Log } from './checks/logs.ts';
import type { ProcessName } from './layout.ts';
import type { Fault } from './plan.ts';
import { type Random, randomOf } from './random.ts';
import type { Space } from './space.ts';
import { type Stranger, startDeaf } from './strangers.ts';
import { linkTo } from './wiring.ts';

/** What faults work on. */
export interface Stage {
  readonly space: Space;
  readonly stranger: Stranger;
  /** The logs of the databases that were lost. */
  readonly lost: Log[];
  readonly seed: number;
}

type Undo = () => Promise<unknown> | unknown;
const patient = { timeoutMs: 120_000, everyMs: 100 };

/** Does it; resolves with how it is undone. */
export async function commit(fault: Fault, stage: Stage): Promise<Undo> {
  const { space, stranger, seed } = stage;
  switch (fault.kind) {
    case 'kill':
      return await kill(fault.target, space);
    case 'halt':
      await space.postgres.stop('immediate');
      return () => space.postgres.start();
    case 'pause': {
      const { signal } = processOf(fault.target, space);
      signal('SIGSTOP');
      return () => signal('SIGCONT');
    }
    case 'cut':
    case 'silent':
      linkTo(space.links, fault.target).weather({ kind: fault.kind });
      return () => linkTo(space.links, fault.target).weather({ kind: 'clear' });
    case 'slow':
      linkTo(space.links, fault.target).weather({ kind: 'slow', ms: fault.ms });
      return () => linkTo(space.links, fault.target).weather({ kind: 'clear' });
    case 'deaf': {
      const socket = await startDeaf(space.broker.portFor(0));
      return () => socket.destroy();
    }
    case 'flood':
      await stranger.flood(fault.messages);
      return () => {};
    case 'forge':
      await stranger.forge(fault.messages, chanceOf(seed, fault));
      return () => {};
    case 'tasks':
      await fillTasks(space, fault.tasks);
      return () => {};
    case 'jump':
      await space.setClock(fault.offsetMs);
      return () => {};
    case 'restore':
      stage.lost.push(...(await restoreOld(space)));
      return () => {};
  }
}

/** Chance of its own for each fault, so that what others draw meanwhile changes nothing. */
function chanceOf(seed: number, { at }: Fault): Random {
  return randomOf(seed + at);
}

async function kill(target: ProcessName, space: Space): Promise<Undo> {
  if (target === 'postgres') {
    await space.postgres.stop('kill');
    return () => space.postgres.start();
  }
  const victim = processOf(target, space);
  await victim.kill();
  return () => victim.start();
}

function processOf(target: Exclude<ProcessName, 'postgres'>, { broker, processes }: Space) {
  if (target === 'broker') return broker;
  const found = processes.find(({ name }) => name === target);
  if (!found) throw new Error(`there is no process ${target}`);
  return found;
}

/** Tasks about VMs that nobody knows: each has its turn, and is done with. The database may be down just now. */
async function fillTasks({ databases }: Space, count: number): Promise<void> {
  const filled = async (): Promise<boolean> => {
    try {
      await using(databases.space, (database) =>
        database.orm.execute(sql`
          insert into vm_lifecycle.task (kind, key, payload, run_at)
          select 'reconcile', 'vm/ghost-' || i, 'null'::jsonb, now() - interval '1 day' from generate_series(1, ${sql.raw(String(count))}) i
          on conflict do nothing`),
      );
      return true;
    } catch (error) {
      if (!isTransient(error)) throw error;
      return false;
    }
  };
  await waitFor('the tasks are there', filled, patient);
}

export const dumpOf = ({ dir }: Space): string => join(dir, 'early.dump');

/**
 * As an operator does it: everything is ended, the old database put in the place of the new one, and everything started.
 * A new epoch begins in dry-run, and does not know what the lost one had shut down: a person arms the clauses again, and
 * starts what is off. Returns the logs that were lost.
 */
async function restoreOld(space: Space): Promise<Log[]> {
  await Promise.all(space.programs.map((program) => program.kill()));
  const lost = await using(space.databases.space, ({ orm }) => readLogs(orm));
  await restore(space.databases.space, dumpOf(space));
  await startGuests(space);
  await Promise.all(space.programs.map((program) => program.start()));
  await arm(space);
  return lost;
}

/** A person arms every clause, as soon as policy answers. */
export async function arm({ apis }: Space): Promise<void> {
  for (const clause of ['power/SPACE-3', 'power/CORE-1']) {
    const armed = async () => {
      const status = await apis.policy.put(`/api/v1/rules/${clause}`, { mode: 'enforce' });
      return status >= 200 && status < 300;
    };
    await waitFor(`${clause} is armed`, armed, patient);
  }
}

/** A person starts all guests that are off, once what Proxmox is doing has ended. */
async function startGuests({ world }: Space): Promise<void> {
  const { proxmox, vmids } = world;
  await waitFor('no task runs', () => proxmox.tasks().every(({ endtime }) => endtime !== undefined), patient);
  for (const vmid of vmids) {
    const guest = proxmox.guest(vmid);
    if (guest.status === 'running') continue;
    guest.status = 'running';
    guest.startedAt = Date.now();
  }
}
