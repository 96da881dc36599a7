import type {
  Change,
  ProjectEntity,
  Project as ProjectResource,
  Promotion as PromotionResource,
  PromotionStep,
} from '@huismeester/contracts';
import type { Project } from '../core/project.ts';
import { isCarriedOut, type Promotion } from '../core/promotion.ts';
import { isForPeople, type MovePlan, moveCommand, type ProjectVm } from '../core/promotion-moves.ts';

/** A project as REST shows it; `vms` are the ids of those that stand in Proxmox. */
export function projectResource(id: string, project: Project, vms: readonly string[]): ProjectResource {
  const { classSince, status, people, managers, hardware, ...state } = project.state;
  return {
    id,
    ...state,
    class: project.class,
    class_since: classSince,
    state: status,
    people: [...people],
    managers: [...managers],
    hardware: [...hardware],
    vms: [...vms],
  };
}

/** A project in the snapshot: what policy knows of it. */
export function projectEntity(id: string, { class: is, state }: Project): ProjectEntity {
  const { title, classSince, status, agreement, owner, managers } = state;
  return {
    project: id,
    title,
    class: is,
    class_since: classSince,
    state: status,
    agreed: agreement !== undefined,
    ...(owner !== undefined && { owner }),
    managers: [...managers],
  };
}

/** A request as REST shows it. */
export function promotionResource(id: string, { project, state }: Promotion): PromotionResource {
  const { kind, to, status, answers, because, person, since, users, decision, undone } = state;
  const done = isCarriedOut(state);
  return {
    id,
    project,
    kind,
    ...(to !== undefined && { to }),
    state: status,
    ...(answers && { answers }),
    ...(because !== undefined && { because }),
    requested_by: person,
    requested_at: since,
    users: [...users],
    users_count: users.length,
    ...(decision && { decision }),
    ...(undone && { undone }),
    ...(done !== undefined && { done }),
  };
}

/** How far one VM is on its way to the pool, and what somebody is to do about it. */
export function stepResource(
  { state: { moves } }: Promotion,
  { ownership, vm, vmid }: ProjectVm,
  plan: MovePlan,
): PromotionStep {
  const before = moves[ownership];
  if (plan.do === 'nothing' || plan.do === 'note') {
    return { ownership, vm, pool: 'pool' in plan ? plan.pool : (before?.pool ?? ''), state: 'done' };
  }
  const { pool } = plan;
  const base = {
    ownership,
    vm,
    pool,
    state: before?.state === 'done' ? 'to-do' : (before?.state ?? 'to-do'),
  } as const;
  if (plan.do === 'wait') {
    if (plan.why === 'by-hand') return { ...base, state: 'to-do', command: moveCommand(pool, vmid) };
    return { ...base, error: waitingFor[plan.why] };
  }
  const error = before?.error;
  if (error === undefined) return base;
  return { ...base, error, ...(isForPeople(error) && { command: moveCommand(pool, vmid) }) };
}

const waitingFor = {
  'no-pool': 'settings name no pool for this class',
  'not-listed': 'the VM is in no pool that settings name, or not shown now',
  'not-identified': 'which guest stands under its vmid was not read yet',
  'another-guest': 'another guest stands under its vmid',
} as const;

/** A line of the history: who, when, why, and what. */
export function changeOf({
  time,
  actor,
  type,
  data,
}: {
  readonly time: Date;
  readonly actor: string | null;
  readonly type: string;
  readonly data: unknown;
}): Change {
  const because: unknown = Reflect.get(Object(data), 'because');
  return {
    at: time.toISOString(),
    by: actor ?? '',
    what: type,
    ...(typeof because === 'string' && { because }),
    data,
  };
}
