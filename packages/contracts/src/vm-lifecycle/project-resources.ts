import { type Static, Type } from 'typebox';
import { list } from '../define.ts';
import { OwnershipId, PersonId, ProjectId, Timestamp, VmClass, VmId } from '../words.ts';
import {
  agreement,
  Because,
  Criteria,
  goal,
  kind,
  OpenPoint,
  ProjectFields,
  PromotionId,
  state,
} from './projects.ts';

const maybe = Type.Optional;
const person = { person: PersonId };
const { title, ...fields } = ProjectFields;

const Agreement = Type.Object({ ...agreement, since: Timestamp });
export type Agreement = Static<typeof Agreement>;

/** `GET /api/v1/projects`: a project of the register (TEAM-4). People are ids. */
export const Project = Type.Object({
  id: ProjectId,
  title,
  class: VmClass,
  class_since: Timestamp,
  state,
  purpose: maybe(fields.purpose),
  owner: maybe(fields.owner),
  people: fields.people,
  managers: fields.managers,
  wiki: maybe(fields.wiki),
  hardware: fields.hardware,
  vms: Type.Array(VmId, { description: 'Those that stand in Proxmox' }),
  agreement: maybe(Agreement),
  proposed: maybe(Agreement),
  retiring: maybe(Type.Object({ ...person, because: Because, since: Timestamp })),
});
export type Project = Static<typeof Project>;

const Change = Type.Object({
  at: Timestamp,
  by: Type.String({ description: 'Who did it, as the log names them' }),
  what: Type.String({ description: 'The type of the event', examples: ['project.reclassified'] }),
  because: maybe(Type.String()),
  data: Type.Unknown(),
});
export type Change = Static<typeof Change>;

/** `GET /api/v1/projects/{id}`. */
export const ProjectWithHistory = Type.Object({
  ...Project.properties,
  history: Type.Array(Change, { description: 'From the log, oldest first, requests about it included' }),
});
export type ProjectWithHistory = Static<typeof ProjectWithHistory>;

/** One VM on its way to the pool of its project’s class. */
const Step = Type.Object({
  ownership: OwnershipId,
  vm: VmId,
  pool: Type.String(),
  state: Type.Enum(['to-do', 'asked', 'failed', 'done'] as const),
  error: maybe(Type.String()),
  command: maybe(
    Type.String({
      description: 'For root on a node, where settings name no promote token, or that lacks a right',
      examples: ['pveum pool modify spacewide --vms 104 --allow-move'],
    }),
  ),
});
export type PromotionStep = Static<typeof Step>;

const Decided = Type.Object({ by: PersonId, because: Because, at: Timestamp });

/** `GET /api/v1/promotions`: a request about a project, and how far what was decided is. */
export const Promotion = Type.Object({
  id: PromotionId,
  project: ProjectId,
  kind,
  to: maybe(goal),
  state: Type.Enum(['pending', 'granted', 'declined', 'withdrawn', 'undone'] as const),
  answers: maybe(Criteria),
  because: maybe(Because),
  requested_by: PersonId,
  requested_at: Timestamp,
  users: Type.Array(PersonId, { description: 'Who said that they use it too; decides nothing' }),
  users_count: Type.Integer({ minimum: 0 }),
  decision: maybe(Decided),
  undone: maybe(Decided),
  done: maybe(
    Type.Boolean({ description: 'Granted or undone: whether register and pools are so. False: unfinished' }),
  ),
});
export type Promotion = Static<typeof Promotion>;

/** `GET /api/v1/promotions/{id}`. */
export const PromotionWithSteps = Type.Object({
  ...Promotion.properties,
  steps: Type.Array(Step),
  open_points: maybe(Type.Array(OpenPoint, { description: 'To core: what the decision has to confirm' })),
});
export type PromotionWithSteps = Static<typeof PromotionWithSteps>;

/** `project/<id>` in the snapshot. */
export const ProjectEntity = Type.Object({
  project: ProjectId,
  title: maybe({ ...title, description: 'An older vm-lifecycle does not say it' }),
  class: VmClass,
  class_since: Timestamp,
  state,
  agreed: Type.Boolean({ description: 'How it is managed was agreed upon (SPACE-4)' }),
  owner: maybe(fields.owner),
  managers: maybe(fields.managers),
});
export type ProjectEntity = Static<typeof ProjectEntity>;

export const resources = {
  projects: list(Project, { order: ['id'], exported: true }),
  promotions: list(Promotion, { order: ['id'], exported: true }),
};
