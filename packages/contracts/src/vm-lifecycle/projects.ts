import { type Static, Type } from 'typebox';
import { event, like } from '../define.ts';
import { OwnershipId, PersonId, ProjectId, VmClass, VmId } from '../words.ts';

const maybe = Type.Optional;

/** Of a request about a project: a UUID that is made when it is asked for. */
export const PromotionId = Type.String({
  pattern: '^[0-9a-f]+(-[0-9a-f]+)*$',
  description: 'Id of a request about a project',
  examples: ['0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4e'],
});

/** The title of a project names a thing, never a person: everybody sees it. */
const Title = Type.String({
  minLength: 3,
  maxLength: 80,
  description: 'What it is called; it names no person',
  examples: ['3D-printer queue'],
});
export const Because = Type.String({
  minLength: 3,
  maxLength: 500,
  examples: ['used at every open evening'],
});
const People = Type.Array(PersonId, { maxItems: 50, uniqueItems: true });

/** What people say of a project, and may change later. */
export const ProjectFields = {
  title: Title,
  purpose: Type.String({ maxLength: 1000, examples: ['Everybody sees whose turn it is'] }),
  owner: like(PersonId, '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f'),
  people: { ...People, description: 'Who takes part, beside its owner' },
  managers: {
    ...People,
    description: 'Who may start, reboot, hold and use the console of its VMs (SPACE-5)',
  },
  wiki: Type.String({
    pattern: '^https?://[^\\s]+$',
    maxLength: 500,
    description: 'The wiki page with its design decisions (SPACE-6)',
    examples: ['https://hackalot.nl/3D-printer_queue'],
  }),
  hardware: Type.Array(Type.String({ minLength: 2, maxLength: 200 }), {
    maxItems: 50,
    description: 'What it needs that is no VM',
    examples: [['Raspberry Pi beside the printer']],
  }),
};

/** How it is managed (SPACE-4): contact, backup, who runs what; a proposal of one side until the other consents. */
export const agreement = {
  participant: like(PersonId, '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f'),
  team: like(PersonId, '6a1d2e3f-8b4c-4d5e-8f60-1b2c3d4e5f60'),
  text: Type.String({ minLength: 10, maxLength: 10_000, examples: ['A manager backs it up each week'] }),
  by: Type.Enum(['participant', 'team'] as const, {
    description: 'Which side proposed it, and so consents already',
    examples: ['participant'],
  }),
};

/** The criteria of SPACE-1, answered. */
export const Criteria = Type.Object(
  {
    facilitates: { ...Because, description: 'How it serves meetings or other projects' },
    needed: { ...Because, description: 'Who needs it' },
    'not-core': { ...Because, description: 'Why it is not core infra, or that it would be' },
  },
  { additionalProperties: false },
);
export type Criteria = Static<typeof Criteria>;

/** What is known of a project before it becomes core infra, by the clause that applies from then on (SPACE-8). */
export const OpenPoint = Type.Object({
  clause: Type.Enum(['CORE-1', 'CORE-2', 'CORE-4', 'CORE-5', 'CORE-6'] as const),
  state: Type.Enum(['open', 'to-be-answered'] as const, {
    description: '`to-be-answered`: what is not known here; the team answers it',
  }),
  vms: maybe(Type.Array(VmId)),
});
export type OpenPoint = Static<typeof OpenPoint>;
const OpenPointClause = OpenPoint.properties.clause;

export const state = Type.Enum(['active', 'retiring', 'retired'] as const, {
  description: '`retiring`: a full member wants it, and another has to confirm it',
  examples: ['active'],
});
export const kind = Type.Enum(['promotion', 'one-more-vm'] as const, { examples: ['promotion'] });
export const goal = Type.Enum(['space-wide', 'core'] as const, { examples: ['space-wide'] });

const of = { project: ProjectId };
const about = { promotion: PromotionId, project: ProjectId };
const move = { ...about, ownership: OwnershipId, vm: VmId, pool: Type.String({ examples: ['spacewide'] }) };
const person = { person: PersonId };
const kept = { keptForGood: true };
const { title, ...fields } = ProjectFields;
const optional = {
  purpose: maybe(fields.purpose),
  owner: maybe(fields.owner),
  people: maybe(fields.people),
  managers: maybe(fields.managers),
  wiki: maybe(Type.Union([fields.wiki, Type.Literal('')])),
  hardware: maybe(fields.hardware),
};

/**
 * The register of projects (TEAM-4) and the requests about them; subjects `project/<id>` and `promotion/<id>`. All internal, since they name
 * people by their ids, and kept for good: they are the history of a project.
 */
export const events = {
  'project.begun': event(
    'A project is in the register: somebody put it there, or it began with its VM',
    Type.Object({
      ...of,
      title,
      ...optional,
      class: VmClass,
      how: Type.Enum(['registered', 'with-vm'] as const, { examples: ['with-vm'] }),
    }),
    kept,
  ),
  'project.changed': event(
    'What is said of a project was changed; what is left out stays as it was',
    Type.Object({ ...of, title: maybe(title), ...optional, because: maybe(Because) }),
    kept,
  ),
  'project.agreement-proposed': event(
    'How the project is managed was proposed by one side (SPACE-4)',
    Type.Object({ ...of, ...agreement }),
    kept,
  ),
  'project.agreed': event(
    'The other side consented: this is how the project is managed',
    Type.Object({ ...of, ...person }),
    kept,
  ),
  'project.reclassified': event(
    'The project has another class, by a decision of the team',
    Type.Object({ ...of, from: VmClass, to: VmClass, promotion: PromotionId }),
    kept,
  ),
  'project.retiring': event(
    'A full member wants the project to end; another has to confirm it',
    Type.Object({ ...of, ...person, because: Because }),
    kept,
  ),
  'project.retirement-withdrawn': event('It goes on after all', Type.Object(of), kept),
  'project.retired': event(
    'The project is over; its VMs may be deleted from now on',
    Type.Object({
      ...of,
      how: Type.Enum(['confirmed', 'given-up'] as const, {
        description: '`given-up`: a participant’s, by its owner',
        examples: ['confirmed'],
      }),
    }),
    kept,
  ),
  'promotion.requested': event(
    'Somebody asks for another class for a project (PART-5, SPACE-8), or for one more VM for it (SPACE-7)',
    Type.Object({
      ...about,
      ...person,
      kind,
      from: VmClass,
      to: maybe(goal),
      answers: maybe(Criteria),
      because: maybe(Because),
    }),
    kept,
  ),
  'promotion.joined': event('Somebody says: I use this too', Type.Object({ ...about, ...person }), kept),
  'promotion.withdrawn': event('The request was withdrawn', Type.Object(about), kept),
  'promotion.decided': event(
    'A full member decided for the team (SPACE-1)',
    Type.Object({
      ...about,
      ...person,
      how: Type.Enum(['granted', 'declined'] as const, { examples: ['granted'] }),
      because: Because,
      confirm: maybe(
        Type.Array(OpenPointClause, { description: 'The open points that were read before (SPACE-8)' }),
      ),
    }),
    kept,
  ),
  'promotion.undone': event(
    'Another full member undid it within a week (SPACE-1)',
    Type.Object({ ...about, ...person, because: Because }),
    kept,
  ),
  'promotion.move-begun': event(
    'About to move a VM to the pool of the project’s class; written before the request, so that a crash in between is seen',
    Type.Object(move),
    kept,
  ),
  'promotion.move-failed': event(
    'Proxmox did not move it; it is tried again',
    Type.Object({ ...move, error: Type.String({ examples: ['the token needs Pool.Allocate'] }) }),
    kept,
  ),
  'promotion.moved': event('The VM stands in that pool', Type.Object(move), kept),
  'promotion.carried-out': event(
    'The project has the class, and all its VMs stand in the pool of it',
    Type.Object({ ...about, class: VmClass }),
    kept,
  ),
};

export const aggregates = { project: of, promotion: { promotion: PromotionId } };
