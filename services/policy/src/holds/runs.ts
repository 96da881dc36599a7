import type { Tx } from '@huismeester/database';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { runsProject } from '../facts/project.ts';
import { ownership, project, projectVm, vm } from '../schema.ts';

/** The VMs of space-wide class whose project somebody runs (SPACE-5); each with its guest of now: another one under the vmid is none of theirs. */
export async function vmsRunBy(tx: Tx, person: string): Promise<readonly string[]> {
  const projects = await tx.select().from(project);
  const ids = projects.flatMap(({ key, state }) => (runsProject(state, person) ? [key] : []));
  if (ids.length === 0) return [];
  const isSame = and(
    eq(ownership.key, projectVm.key),
    sql`${ownership.state} ->> 'incarnation' = ${vm.state} ->> 'incarnation'`,
  );
  const found = await tx
    .select({ vm: vm.key })
    .from(projectVm)
    .innerJoin(vm, sql`${vm.key} = ${projectVm.state} ->> 'vm'`)
    .innerJoin(ownership, isSame)
    .where(
      and(inArray(sql`${projectVm.state} ->> 'project'`, ids), sql`${vm.state} ->> 'class' = 'space-wide'`),
    )
    .orderBy(vm.key);
  return found.map((each) => each.vm);
}
