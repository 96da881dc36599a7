import type { Database, Tx } from '@huismeester/database';
import { and, asc, eq, inArray, or } from 'drizzle-orm';
import type { Project } from '../core/project.ts';
import type { Promotion } from '../core/promotion.ts';
import type { ProjectVm } from '../core/promotion-moves.ts';
import { eventLog, ownership, project, promotion, vm } from '../schema.ts';

type Reader = Database['orm'] | Tx;

/** The projects, or the one with the id. */
export async function readProjects(
  from: Reader,
  id?: string,
): Promise<({ readonly id: string } & Project)[]> {
  return await from
    .select({ id: project.id, class: project.class, state: project.state })
    .from(project)
    .where(id === undefined ? undefined : eq(project.id, id))
    .orderBy(project.id);
}

export async function readProject(from: Reader, id: string): Promise<Project | undefined> {
  const [found] = await readProjects(from, id);
  return found && { class: found.class, state: found.state };
}

const promotionColumns = {
  id: promotion.id,
  project: promotion.project,
  open: promotion.open,
  state: promotion.state,
};

/** The requests, or the one with the id. */
export async function readPromotions(
  from: Reader,
  id?: string,
): Promise<({ readonly id: string } & Promotion)[]> {
  return await from
    .select(promotionColumns)
    .from(promotion)
    .where(id === undefined ? undefined : eq(promotion.id, id))
    .orderBy(promotion.id);
}

/** The requests about a project that are to be decided, or whose decision is not carried out yet. */
export async function openRequestsOf(
  from: Reader,
  of: string,
): Promise<({ readonly id: string } & Promotion)[]> {
  return await from
    .select(promotionColumns)
    .from(promotion)
    .where(and(eq(promotion.project, of), eq(promotion.open, true)))
    .orderBy(promotion.id);
}

export interface VmOfProject extends ProjectVm {
  readonly project: string;
  readonly since: Date;
}

/** The VMs of a project whose guest is not gone, with the row of what stands under the vmid now. */
export async function vmsOf(from: Reader, of?: string): Promise<VmOfProject[]> {
  const found = await from
    .select({ ownership, listed: { pool: vm.pool, incarnation: vm.incarnation } })
    .from(ownership)
    .leftJoin(vm, eq(vm.id, ownership.vm))
    .where(and(eq(ownership.ended, false), of === undefined ? undefined : eq(ownership.project, of)))
    .orderBy(asc(ownership.vm));
  return found.flatMap(({ ownership: { id, project: its, vm: name, ...row }, listed }) =>
    its === null
      ? []
      : [
          {
            ownership: id,
            project: its,
            vm: name,
            vmid: row.vmid,
            hypervisor: row.hypervisor,
            incarnation: row.incarnation,
            since: row.since,
            listed: listed ?? undefined,
          },
        ],
  );
}

/** What the log has of a project and of the requests about it, oldest first. */
export async function historyOf(from: Reader, of: string) {
  const about = await from.select({ id: promotion.id }).from(promotion).where(eq(promotion.project, of));
  const subjects = about.map(({ id }) => `promotion/${id}`);
  return await from
    .select({ time: eventLog.time, actor: eventLog.actor, type: eventLog.type, data: eventLog.data })
    .from(eventLog)
    .where(or(eq(eventLog.subject, `project/${of}`), inArray(eventLog.subject, subjects)))
    .orderBy(eventLog.position);
}
