import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, Project, ProjectFields, ProjectWithHistory, VmClass } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, type Refusal } from '@huismeester/events';
import { commandRoute, type Identity, itemRoute, listRoute, type Service } from '@huismeester/service';
import { Type } from 'typebox';
import type { Project as Known } from '../core/project.ts';
import * as core from '../core/project-decide.ts';
import { projects } from '../projects/aggregates.ts';
import { historyOf, readProjects, vmsOf } from '../projects/read.ts';
import { changeOf, projectResource } from '../projects/resource.ts';

/** Everybody who may have a project: all but services. */
export const people = ['participant', 'trial', 'infrateam', 'board', 'administrator'] as const;
/** What a full member does for the team. */
export const team = ['infrateam', 'administrator'] as const;

const Params = Type.Object({ id: Type.String({ maxLength: 64 }) });
const Because = Type.String({ minLength: 3, maxLength: 500 });
const { title, owner, wiki, ...fields } = ProjectFields;
const optional = {
  purpose: Type.Optional(fields.purpose),
  people: Type.Optional(fields.people),
  managers: Type.Optional(fields.managers),
  hardware: Type.Optional(fields.hardware),
};
const Registration = Type.Object(
  { title, ...optional, wiki: Type.Optional(wiki), class: Type.Optional(VmClass) },
  { additionalProperties: false },
);
const Change = Type.Object(
  {
    title: Type.Optional(title),
    ...optional,
    wiki: Type.Optional(Type.Union([wiki, Type.Literal('')])),
    owner: Type.Optional(owner),
    because: Type.Optional(Because),
  },
  { additionalProperties: false },
);
const { participant, team: ofTeam, text } = Project.properties.agreement.properties;
const Agreement = Type.Object({ participant, team: ofTeam, text }, { additionalProperties: false });
const Reason = Type.Object({ because: Because }, { additionalProperties: false });

export type ProjectParts = Pick<Service<never>, 'database' | 'log' | 'clock' | 'tables'>;

/** What a route does to one project. */
type Act = (
  tx: Tx,
  id: string,
  decide: (known: Known, extra: readonly string[]) => core.Decided,
  command: { readonly who: Identity; readonly matches: (resource: unknown) => boolean },
) => Promise<Project | Refusal>;

/** `/projects`: the register (TEAM-4). Everybody sees all projects; the people in it are ids. */
export function projectRoutes(parts: ProjectParts): FastifyPluginAsyncTypebox {
  const act = actOn(parts);
  return async (app) => {
    readRoutes(parts)(app);
    commandRoute(app, parts, {
      method: 'POST',
      url: '/projects',
      roles: people,
      person: true,
      summary: 'Put a project without a VM into the register; one with a VM begins with it',
      body: Registration,
      answer: Project,
      creates: { at: ({ id }) => `/projects/${id}` },
      statuses: { 'team-decides': 403 },
      async run(tx, { body, who }) {
        const id = `p-${randomUUID().slice(0, 8)}`;
        const decide = () => core.register(id, body, personOf(who));
        const done = await projects.handle(tx, { log: parts.log, id, actor: who.name, only: 'new', decide });
        if (isRefusal(done)) return done;
        if (!done.state) throw new Error(`project ${id} was registered and is not there`);
        return projectResource(id, done.state, []);
      },
    });
    commandRoute(app, parts, {
      method: 'PATCH',
      url: '/projects/:id',
      roles: people,
      person: true,
      summary: 'Change what is said of a project; what is left out stays as it is',
      params: Params,
      body: Change,
      answer: Project,
      statuses: { 'not-allowed': 403, 'owner-only': 403 },
      run: (tx, { params: { id }, body, ...command }) =>
        act(tx, id, (known) => core.change(id, known, body, personOf(command.who)), command),
    });
    commandRoute(app, parts, {
      method: 'DELETE',
      url: '/projects/:id',
      roles: people,
      person: true,
      summary: 'Give up a project of one’s own that has no VMs left',
      params: Params,
      answer: Project,
      statuses: { 'not-allowed': 403 },
      run: (tx, { params: { id }, ...command }) =>
        act(tx, id, (known, vms) => core.giveUp(id, known, vms, personOf(command.who)), command),
    });
    agreementRoutes(parts, act)(app);
    retirementRoutes(parts, act)(app);
  };
}

type Routes = (app: Parameters<FastifyPluginAsyncTypebox>[0]) => void;

function readRoutes({ database }: ProjectParts): Routes {
  return (app) => {
    listRoute(app, {
      url: '/projects',
      roles: everyRole,
      summary: 'The projects of the space: their class, and who runs them',
      item: Project,
      order: ['id', 'title', 'class', 'state', 'class_since'],
      filters: ['class', 'state', 'owner'],
      async all() {
        const [all, vms] = await Promise.all([readProjects(database.orm), vmsOf(database.orm)]);
        const byProject = Map.groupBy(vms, ({ project }) => project);
        return all.map(({ id, ...known }) =>
          projectResource(
            id,
            known,
            (byProject.get(id) ?? []).map(({ vm }) => vm),
          ),
        );
      },
    });
    itemRoute(app, {
      url: '/projects/:id',
      roles: everyRole,
      summary: 'One project, with its history: who changed what, when and why',
      item: ProjectWithHistory,
      params: Params,
      async find({ id }) {
        const [known] = await readProjects(database.orm, id);
        if (known === undefined) return undefined;
        const vms = await vmsOf(database.orm, id);
        const history = (await historyOf(database.orm, id)).map(changeOf);
        return {
          ...projectResource(
            id,
            known,
            vms.map(({ vm }) => vm),
          ),
          history,
        };
      },
      missing: ({ id }) => `There is no project ${id}`,
    });
  };
}

function agreementRoutes(parts: ProjectParts, act: Act): Routes {
  return (app) => {
    commandRoute(app, parts, {
      method: 'PUT',
      url: '/projects/:id/agreement',
      roles: people,
      person: true,
      summary: 'Propose how a project is managed; it holds once the other side consents (SPACE-4)',
      params: Params,
      body: Agreement,
      answer: Project,
      statuses: { 'not-a-side': 403 },
      run: (tx, { params: { id }, body, ...command }) =>
        act(tx, id, (known) => core.propose(id, known, body, personOf(command.who)), command),
    });
    commandRoute(app, parts, {
      method: 'POST',
      url: '/projects/:id/agreement/consent',
      roles: people,
      person: true,
      summary: 'Consent to what the other side proposed',
      params: Params,
      answer: Project,
      statuses: { 'not-a-side': 403 },
      run: (tx, { params: { id }, ...command }) =>
        act(tx, id, (known) => core.consent(id, known, personOf(command.who)), command),
    });
  };
}

function retirementRoutes(parts: ProjectParts, act: Act): Routes {
  return (app) => {
    const route = { roles: team, person: true, params: Params, answer: Project } as const;
    commandRoute(app, parts, {
      ...route,
      method: 'POST',
      url: '/projects/:id/retirement',
      summary: 'Ask for the end of a project; another full member confirms it (SPACE-3)',
      body: Reason,
      run: (tx, { params: { id }, body, ...command }) =>
        act(tx, id, (known) => core.retire(id, known, body.because, personOf(command.who)), command),
    });
    commandRoute(app, parts, {
      ...route,
      method: 'POST',
      url: '/projects/:id/retirement/confirmation',
      summary: 'Confirm the end of a project that another full member asked for',
      statuses: { 'needs-another': 403 },
      run: (tx, { params: { id }, ...command }) =>
        act(tx, id, (known) => core.confirmRetirement(id, known, personOf(command.who)), command),
    });
    commandRoute(app, parts, {
      ...route,
      method: 'DELETE',
      url: '/projects/:id/retirement',
      summary: 'Let a project go on after all',
      run: (tx, { params: { id }, ...command }) =>
        act(tx, id, (known) => core.withdrawRetirement(id, known), command),
    });
  };
}

/** The person who asks; the routes let nobody else in. */
export function personOf({ person = '', roles }: Identity): core.Person {
  return { person, roles };
}

/** A command about a project that exists, and the project after it. */
function actOn({ log }: ProjectParts): Act {
  return async (tx, id, decide, { who, matches }) => {
    const vms = (await vmsOf(tx, id)).map(({ vm }) => vm);
    const history = (await historyOf(tx, id)).map(changeOf);
    const done = await projects.handle(tx, {
      log,
      id,
      actor: who.name,
      only: 'existing',
      ifMatch({ state }) {
        const now = projectResource(id, state, vms);
        // As it is read, and as an act before answered it.
        return matches({ ...now, history }) || matches(now);
      },
      decide: (state) => (state ? decide(state, vms) : []),
    });
    if (isRefusal(done)) return done;
    if (!done.state) throw new Error(`project ${id} is gone`);
    return projectResource(id, done.state, vms);
  };
}
