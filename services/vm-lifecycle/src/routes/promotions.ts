import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  Criteria,
  everyRole,
  OpenPoint,
  ProjectId,
  Promotion,
  PromotionWithSteps,
} from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, type Refusal } from '@huismeester/events';
import { commandRoute, type Identity, itemRoute, listRoute } from '@huismeester/service';
import { Type } from 'typebox';
import { classWanted, isCarriedOut, type Promotion as Known } from '../core/promotion.ts';
import * as core from '../core/promotion-decide.ts';
import type { Parts } from '../parts.ts';
import { promotions } from '../projects/aggregates.ts';
import { type MoveContext, planFor } from '../projects/carry-out.ts';
import { openRequestsOf, readProject, readPromotions, vmsOf } from '../projects/read.ts';
import { promotionResource, stepResource } from '../projects/resource.ts';
import { type ProjectParts, people, personOf, team } from './projects.ts';

const Params = Type.Object({ id: Type.String({ maxLength: 64 }) });
const Because = Type.String({ minLength: 3, maxLength: 500 });
const Body = Type.Object(
  {
    project: ProjectId,
    kind: Type.Optional(Promotion.properties.kind),
    to: Promotion.properties.to,
    answers: Type.Optional(Criteria),
    because: Type.Optional(Because),
  },
  { additionalProperties: false },
);
const Verdict = Type.Object(
  {
    how: Type.Enum(['granted', 'declined'] as const),
    because: Because,
    confirm: Type.Optional(
      Type.Array(OpenPoint.properties.clause, {
        uniqueItems: true,
        description: 'To core: the clauses of the open points, as they were read',
      }),
    ),
  },
  { additionalProperties: false },
);
const Reason = Type.Object({ because: Because }, { additionalProperties: false });

export type PromotionParts = ProjectParts & Pick<Parts, 'tasks'> & Pick<MoveContext, 'settings' | 'movers'>;

type Routes = (app: Parameters<FastifyPluginAsyncTypebox>[0]) => void;

/** `/promotions`: requests about projects, and what became of them (SPACE-1, SPACE-7, SPACE-8). */
export function promotionRoutes(parts: PromotionParts): FastifyPluginAsyncTypebox {
  return async (app) => {
    readRoutes(parts)(app);
    askRoutes(parts)(app);
    teamRoutes(parts)(app);
  };
}

function readRoutes(parts: PromotionParts): Routes {
  const { database } = parts;
  return (app) => {
    listRoute(app, {
      url: '/promotions',
      roles: everyRole,
      summary: 'Requests about projects: for another class, or for one more VM',
      item: Promotion,
      order: ['-requested_at', 'id'],
      filters: ['project', 'state', 'kind'],
      async all() {
        return (await readPromotions(database.orm)).map(({ id, ...known }) => promotionResource(id, known));
      },
    });
    itemRoute(app, {
      url: '/promotions/:id',
      roles: everyRole,
      summary: 'One request: how far it is for each VM, and to core what is open',
      item: PromotionWithSteps,
      params: Params,
      find: ({ id }) => withSteps(parts, id),
      missing: ({ id }) => `There is no request ${id}`,
    });
  };
}

async function withSteps(parts: PromotionParts, id: string): Promise<PromotionWithSteps | undefined> {
  const { orm } = parts.database;
  const [found] = await readPromotions(orm, id);
  if (found === undefined) return undefined;
  const { state, project } = found;
  const vms = await vmsOf(orm, project);
  const wanted = isCarriedOut(state) === false ? classWanted(state) : undefined;
  const steps = wanted
    ? vms.map((vm) => stepResource(found, vm, planFor(parts, found, vm, wanted)))
    : Object.entries(state.moves).map(([ownership, { vm, pool }]) => ({
        ownership,
        vm,
        pool,
        state: 'done' as const,
      }));
  const known = await readProject(orm, project);
  const isAsked = state.to === 'core' && state.status === 'pending' && known !== undefined;
  const points = isAsked && {
    open_points: core.openPoints(
      known,
      vms.map(({ vm }) => vm),
    ),
  };
  return { ...promotionResource(id, found), steps, ...points };
}

function askRoutes(parts: PromotionParts): Routes {
  const { log } = parts;
  return (app) => {
    commandRoute(app, parts, {
      method: 'POST',
      url: '/promotions',
      roles: people,
      person: true,
      summary: 'Ask for another class for a project, or for one more VM for it',
      body: Body,
      answer: Promotion,
      creates: { at: ({ id }) => `/promotions/${id}` },
      statuses: { 'not-allowed': 403, 'team-decides': 403, incomplete: 400 },
      async run(tx, { body: { kind = 'promotion', ...body }, who }) {
        const id = randomUUID();
        const done = await promotions.handle(tx, {
          log,
          id,
          actor: who.name,
          only: 'new',
          scope: `project/${body.project}`,
          read: async () => ({
            project: await readProject(tx, body.project),
            open: (await openRequestsOf(tx, body.project)).map((each) => each.id),
          }),
          decide: (_, known) => core.request(id, { kind, ...body }, known, personOf(who)),
        });
        if (isRefusal(done)) return done;
        if (!done.state) throw new Error(`request ${id} was made and is not there`);
        return promotionResource(id, done.state);
      },
    });
    const route = { roles: people, person: true, params: Params, answer: Promotion } as const;
    commandRoute(app, parts, {
      ...route,
      method: 'POST',
      url: '/promotions/:id/users',
      summary: '«Ik gebruik dit ook»: shown to who decides, decides nothing',
      run: (tx, { params: { id }, who }) =>
        act(parts, tx, id, who, { decide: (known) => core.join(id, known, personOf(who)) }),
    });
    commandRoute(app, parts, {
      ...route,
      method: 'DELETE',
      url: '/promotions/:id',
      summary: 'Withdraw a request that is not decided yet',
      statuses: { 'not-allowed': 403 },
      run: (tx, { params: { id }, who }) =>
        act(parts, tx, id, who, { decide: (known) => core.withdraw(id, known, personOf(who)) }),
    });
  };
}

function teamRoutes(parts: PromotionParts): Routes {
  return (app) => {
    const route = { roles: team, person: true, params: Params, answer: Promotion } as const;
    commandRoute(app, parts, {
      ...route,
      method: 'PUT',
      url: '/promotions/:id/decision',
      summary: 'Decide for the team, with a reason; to core, having read what is open',
      body: Verdict,
      run: (tx, { params: { id }, body, who }) =>
        act(parts, tx, id, who, {
          decide: (known, now) => core.decide(id, known, body, now, personOf(who)),
          carriedOut: true,
        }),
    });
    commandRoute(app, parts, {
      ...route,
      method: 'DELETE',
      url: '/promotions/:id/decision',
      summary: 'Undo what another full member granted, within a week',
      body: Reason,
      statuses: { 'needs-another': 403 },
      run: (tx, { params: { id }, body, who }) =>
        act(parts, tx, id, who, {
          decide: (known, now) => core.undo(id, known, body.because, now, personOf(who)),
          carriedOut: true,
        }),
    });
  };
}

type Now = core.Now & { readonly now: Date };

/** A command about a request that exists; what was decided is carried out by a task, which is written down with it. */
async function act(
  { log, tasks }: PromotionParts,
  tx: Tx,
  id: string,
  who: Identity,
  asked: {
    readonly decide: (known: Known, now: Now) => ReturnType<typeof core.decide>;
    readonly carriedOut?: true;
  },
): Promise<Promotion | Refusal> {
  const done = await promotions.handle(tx, {
    log,
    id,
    actor: who.name,
    only: 'existing',
    read: async (_, known) => {
      const project = known && (await readProject(tx, known.project));
      const vms = known ? (await vmsOf(tx, known.project)).map(({ vm }) => vm) : [];
      return { project, openPoints: project ? core.openPoints(project, vms) : [] };
    },
    decide: (known, extra, { now }) => (known ? asked.decide(known, { ...extra, now }) : []),
  });
  if (isRefusal(done)) return done;
  if (!done.state) throw new Error(`request ${id} is gone`);
  if (asked.carriedOut && done.state.open) await tasks().enqueue(tx, { kind: 'promotion', key: id });
  return promotionResource(id, done.state);
}
