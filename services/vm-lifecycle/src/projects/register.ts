import type { Database, Tx } from '@huismeester/database';
import type { EventLog, Refusal } from '@huismeester/events';
import { and, eq, sql } from 'drizzle-orm';
import type { Class } from '../core/guest.ts';
import { type Project, titleFor } from '../core/project.ts';
import { handOver } from '../core/project-decide.ts';
import { refuseCreation, refuseDeletion as refuseOf } from '../core/project-may.ts';
import { creation, project } from '../schema.ts';
import { projects } from './aggregates.ts';
import { openRequestsOf, readProject, vmsOf } from './read.ts';

type Reader = Database['orm'] | Tx;

/** The name under which it is locked who makes a VM for a project. */
export function projectScope(project: string): string {
  return `project/${project}`;
}

/** A project that begins with its VM. */
export interface Beginning {
  /** By `projectIdOf`. */
  readonly id: string;
  /** How its VM is called. */
  readonly name: string;
  readonly owner?: string;
  /** The class of the pool that the VM stands in; participant if left out. */
  readonly class?: Class;
  readonly actor: string;
}

/**
 * Begins the project of a VM that is in no other; done before, nothing happens. To be called in the transaction in which the ownership begins, after that
 * command: nobody else can know of the id before the commit, so there is no lock to wait for.
 */
export async function beginProject(tx: Tx, log: EventLog, beginning: Beginning): Promise<void> {
  const { id, name, owner, class: of = 'participant', actor } = beginning;
  if ((await readProject(tx, id)) !== undefined) return;
  const data = {
    project: id,
    title: titleFor(name),
    ...(owner !== undefined && { owner }),
    class: of,
    how: 'with-vm',
  } as const;
  await projects.handle(tx, {
    log,
    id,
    actor,
    decide: (known) => (known ? [] : [{ type: 'project.begun', subject: `project/${id}`, data }]),
  });
}

/**
 * The project that a VM is in, locked, since it may have to change with the VM's owner: to be read before the head of the log is locked, as in the `read`
 * of the command that changes the owner.
 */
export async function lockProject(tx: Tx, id: string): Promise<Project | undefined> {
  const [row] = await tx.select().from(project).where(eq(project.id, id)).for('update');
  return row && { class: row.class, state: row.state };
}

/**
 * A project that began with this VM, and has no other, goes with it to its new owner (PART-3). To be called in the transaction in which the VM does, after
 * {@link lockProject}.
 */
export async function handOverProject(
  tx: Tx,
  log: EventLog,
  {
    id,
    ownership,
    actor,
    ...whose
  }: {
    readonly id: string;
    readonly ownership: string;
    readonly before: string | null;
    readonly person: string;
    readonly actor: string;
  },
): Promise<void> {
  const others = (await vmsOf(tx, id)).filter((each) => each.ownership !== ownership);
  if (others.length > 0 || (await isMaking(tx, id))) return;
  await projects.handle(tx, {
    log,
    id,
    actor,
    decide: (known) => (known === undefined ? [] : handOver(id, known, whose)),
  });
}

/** Ends a project that began with a VM of which nothing came; to be called in a transaction of its own. */
export async function abandonProject(
  tx: Tx,
  log: EventLog,
  { id, actor }: Pick<Beginning, 'id' | 'actor'>,
): Promise<void> {
  const data = { project: id, how: 'given-up' } as const;
  await projects.handle(tx, {
    log,
    id,
    actor,
    read: async () => (await vmsOf(tx, id)).length > 0,
    decide: (known, hasVms) => {
      const isOver = known === undefined || known.state.status === 'retired' || hasVms;
      return isOver ? [] : [{ type: 'project.retired', subject: `project/${id}`, data }];
    },
  });
}

/** Who may start, reboot, hold and use the console of a project's VMs (SPACE-5), and whether it was retired (SPACE-3). */
export async function managersOf(
  from: Reader,
  project: string | null | undefined,
): Promise<{ readonly managers: readonly string[]; readonly retired: boolean }> {
  const found = project ? await readProject(from, project) : undefined;
  if (found === undefined) return { managers: [], retired: false };
  const { owner, managers, status } = found.state;
  const all = owner === undefined || managers.includes(owner) ? managers : [owner, ...managers];
  return { managers: all, retired: status === 'retired' };
}

/** Why a VM of this project may not be deleted; undefined when it may (SPACE-3). */
export async function refuseDeletion(
  from: Reader,
  project: string | null | undefined,
): Promise<Refusal | undefined> {
  return project ? refuseOf(await readProject(from, project)) : undefined;
}

/** Why a person may not make a VM for this project; undefined when they may (PART-2, SPACE-7). For a command that holds {@link projectScope}. */
export async function refuseCreationFor(
  from: Reader,
  project: string,
  person: string,
): Promise<Refusal | undefined> {
  const found = await readProject(from, project);
  const isGranted = await hasGrant(from, project);
  return refuseCreation(project, found, { person, isGranted });
}

/** Whether one more VM was granted and is not made, or being made, yet. */
async function hasGrant(from: Reader, project: string): Promise<boolean> {
  const grant = (await openRequestsOf(from, project)).find(
    ({ state }) => state.kind === 'one-more-vm' && state.status === 'granted',
  );
  const at = grant?.state.decision?.at;
  if (at === undefined) return false;
  const since = Date.parse(at);
  const isMade = (await vmsOf(from, project)).some((vm) => vm.since.getTime() >= since);
  return !isMade && !(await isMaking(from, project));
}

/** Whether a VM is being made for this project. */
export async function isMaking(from: Reader, project: string): Promise<boolean> {
  const [making] = await from
    .select({ id: creation.id })
    .from(creation)
    .where(and(eq(creation.open, true), sql`${creation.state} ->> 'project' = ${project}`))
    .limit(1);
  return making !== undefined;
}
