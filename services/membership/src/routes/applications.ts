/* Long, since it is a list of routes. */

import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  ApplicationId,
  ApplicationResource,
  everyRole,
  Minutes,
  milliseconds,
  PersonId,
  TeamReason,
  Timestamp,
  Vote,
  VoteOutcome,
} from '@huismeester/contracts';
import { afterCommit, type Tx } from '@huismeester/database';
import { isRefusal, type Refusal, refuse } from '@huismeester/events';
import { type Command, commandRoute, type Identity, itemRoute, listRoute } from '@huismeester/service';
import { type TSchema, Type } from 'typebox';
import { type Acting, actOn, makeApplication } from '../admission/decide.ts';
import { holdVotes } from '../admission/erase.ts';
import { readResources } from '../admission/resource.ts';
import { civilDay } from '../core/access/civil-day.ts';
import { consent, setTrial, withdraw } from '../core/admission/apply.ts';
import { appoint, confirmMinutes, recordMinutes, withdrawMinutes } from '../core/admission/meeting.ts';
import { noObjection, veto, vote } from '../core/admission/vote.ts';
import type { RouteDeps } from '../inside.ts';
import { readPeople } from '../people/person-rows.ts';
import { type Certainty, readCertainty } from '../register/certainty.ts';

const Params = Type.Object({ id: ApplicationId });
const closed = { additionalProperties: false };
const days = Type.Integer({ minimum: 0, maximum: 365, description: 'Days of trial; 0: none (JOIN-3)' });
const Asked = Type.Object({ person: Type.Optional(PersonId), trialDays: Type.Optional(days) }, closed);
const Voted = Type.Object(
  {
    vote: Vote,
    because: Type.Optional(TeamReason),
    decides: Type.Optional({ ...VoteOutcome, description: 'With a vote that decides: how, as `would` says' }),
  },
  closed,
);
const Veto = Type.Object(
  // Without one it is refused with its clause, which a schema cannot say.
  { because: Type.Optional(Type.String({ maxLength: 1000, description: 'Why; needed' })) },
  closed,
);
const Trial = Type.Object({ days }, closed);
const Confirmation = Type.Object(
  {
    recorded: Type.Optional(
      Type.String({
        ...Timestamp,
        description: 'The `at` of the minutes that were read: others are refused with 409',
      }),
    ),
  },
  closed,
);

const statuses = {
  'not-allowed': 403,
  'own-application': 403,
  'team-decides': 403,
  'needs-another': 403,
  'reason-needed': 400,
  'in-future': 400,
  'not-a-person': 400,
  'clock-insane': 503,
  'directory-unknown': 503,
} as const;

/** `/applications`: who wants to be of the team, and what becomes of it (JOIN-1, JOIN-2, JOIN-3). */
export function applicationRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    for (const routes of [readRoutes, applyRoutes, voteRoutes, meetingRoutes, boardRoutes]) routes(app, deps);
  };
}

type App = Parameters<FastifyPluginAsyncTypebox>[0];

function readRoutes(app: App, deps: RouteDeps): void {
  listRoute(app, {
    url: '/applications',
    roles: 'identified',
    summary: 'Applications to the team: one’s own; all of them for the team, the board and administrators',
    item: ApplicationResource,
    order: ['-since', 'id', 'ends'],
    filters: ['person', 'state'],
    all: (_, { who }) => read(deps, who),
  });
  itemRoute(app, {
    url: '/applications/:id',
    roles: 'identified',
    summary: 'One application; votes and reasons are for full members and the board (JOIN-2)',
    item: ApplicationResource,
    params: Params,
    find: async ({ id }, { who }) => (await read(deps, who, id))[0],
    missing: ({ id }) => `There is no application ${id} that you may see`,
  });
}

async function read(deps: RouteDeps, who: Identity, id?: string): Promise<ApplicationResource[]> {
  const certainty = await readCertainty(deps);
  const now = deps.log.now();
  return await deps.database.transaction(
    async (tx) => {
      await holdVotes(tx);
      return await readResources(tx, { who, certainty, now }, id);
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

/** What all commands about applications have. */
function common(deps: RouteDeps) {
  const prepare = () => readCertainty(deps);
  return { roles: everyRole, person: true, answer: ApplicationResource, statuses, prepare } as const;
}

/** Carries out a command, and answers with the application as whoever asks may see it. */
async function carryOut<Body extends TSchema>(
  tx: Tx,
  deps: RouteDeps,
  { params: { id }, who, prepared: certainty }: Command<typeof Params, Body, Certainty>,
  decide: Acting['decide'],
): Promise<ApplicationResource | Refusal> {
  const done = await actOn(tx, deps, { id, who, certainty, decide });
  return isRefusal(done) ? done : await answer(tx, deps, { id, who, certainty });
}

async function answer(
  tx: Tx,
  { decisions, log }: RouteDeps,
  { id, who, certainty }: { readonly id: string; readonly who: Identity; readonly certainty: Certainty },
): Promise<ApplicationResource> {
  afterCommit(tx, () => decisions.wake());
  const [found] = await readResources(tx, { who, certainty, now: log.now() }, id);
  if (found === undefined) throw new Error(`application ${id} was changed by somebody who may not see it`);
  return found;
}

function applyRoutes(app: App, deps: RouteDeps): void {
  const { settings } = deps;
  const shared = common(deps);
  const route = { ...shared, params: Params };
  commandRoute(app, deps, {
    ...shared,
    method: 'POST',
    url: '/applications',
    summary: 'Apply to the team; or as a full member for somebody, who has to consent (JOIN-1)',
    body: Asked,
    creates: { at: ({ id }) => `/applications/${id}` },
    async run(tx, { body: { person = '', trialDays }, who, prepared: certainty }) {
      const id = randomUUID();
      const asked = { person: person || (who.person ?? ''), trialDays };
      const usualTrialMs = milliseconds(settings.team.trial);
      const made = await makeApplication(tx, deps, { id, asked, who, certainty, usualTrialMs });
      return isRefusal(made) ? made : await answer(tx, deps, { id, who, certainty });
    },
  });
  commandRoute(app, deps, {
    ...route,
    method: 'POST',
    url: '/applications/:id/consent',
    summary: 'Consent to what a full member applied for (JOIN-1): full members vote from now on',
    run: (tx, command) =>
      carryOut(tx, deps, command, (known, { actor, situation }) => consent(known, actor, situation)),
  });
  commandRoute(app, deps, {
    ...route,
    method: 'DELETE',
    url: '/applications/:id',
    summary: 'Withdraw: the applicant, and until their consent who applied for them',
    run: (tx, command) =>
      carryOut(tx, deps, command, (known, { actor, situation }) => withdraw(known, actor, situation)),
  });
  commandRoute(app, deps, {
    ...route,
    method: 'PUT',
    url: '/applications/:id/trial',
    summary: 'Set how long the trial is that it begins with (JOIN-3)',
    body: Trial,
    run: (tx, command) =>
      carryOut(tx, deps, command, (known, { actor, situation }) =>
        setTrial(known, command.body.days, actor, situation),
      ),
  });
}

function voteRoutes(app: App, deps: RouteDeps): void {
  commandRoute(app, deps, {
    ...common(deps),
    params: Params,
    method: 'PUT',
    url: '/applications/:id/vote',
    summary: 'Vote, or vote anew; one that decides says so first (JOIN-1)',
    body: Voted,
    run: (tx, command) =>
      carryOut(tx, deps, command, (known, { actor, situation }) =>
        vote(known, command.body, actor, situation),
      ),
  });
}

function meetingRoutes(app: App, deps: RouteDeps): void {
  const route = { ...common(deps), params: Params };
  const zone = deps.settings.site.timezone;
  commandRoute(app, deps, {
    ...route,
    method: 'PUT',
    url: '/applications/:id/minutes',
    summary: 'Record what a meeting decided; another full member confirms it (JOIN-1)',
    body: Minutes,
    async run(tx, command) {
      const recorded = command.body;
      const refused = await unknownPeople(tx, recorded.present);
      if (refused) return refused;
      return await carryOut(tx, deps, command, (known, { actor, situation }) =>
        recordMinutes(known, { recorded, today: civilDay(situation.now, zone) }, actor, situation),
      );
    },
  });
  commandRoute(app, deps, {
    ...route,
    method: 'DELETE',
    url: '/applications/:id/minutes',
    summary: 'What was recorded of a meeting does not stand',
    run: (tx, command) =>
      carryOut(tx, deps, command, (known, { actor, situation }) => withdrawMinutes(known, actor, situation)),
  });
  commandRoute(app, deps, {
    ...route,
    method: 'POST',
    url: '/applications/:id/minutes/confirmation',
    summary: 'Confirm what another full member recorded of a meeting: it counts as the vote (JOIN-1)',
    body: Confirmation,
    run: (tx, command) =>
      carryOut(tx, deps, command, (known, { actor, situation, minutes }) =>
        confirmMinutes(known, { recorded: minutes, read: command.body.recorded }, actor, situation),
      ),
  });
}

function boardRoutes(app: App, deps: RouteDeps): void {
  const route = { ...common(deps), params: Params, method: 'POST' } as const;
  commandRoute(app, deps, {
    ...route,
    url: '/applications/:id/veto',
    summary: 'Veto, with a reason: a board member in the team, until it is carried out (JOIN-2)',
    body: Veto,
    run: (tx, command) =>
      carryOut(tx, deps, command, (known, { actor, situation, newId }) =>
        veto(known, { ...command.body, reason: newId() }, actor, situation),
      ),
  });
  commandRoute(app, deps, {
    ...route,
    url: '/applications/:id/no-objection',
    summary: '«Geen bezwaar» of a board member in the team (JOIN-2)',
    run: (tx, command) =>
      carryOut(tx, deps, command, (known, { actor, situation }) => noObjection(known, actor, situation)),
  });
  commandRoute(app, deps, {
    ...route,
    url: '/applications/:id/appointment',
    summary: 'Appoint, where there is no full member: a member of the board (JOIN-1)',
    run: (tx, command) =>
      carryOut(tx, deps, command, (known, { actor, situation }) => appoint(known, actor, situation)),
  });
}

async function unknownPeople(tx: Tx, ids: readonly string[]): Promise<Refusal | undefined> {
  const known = new Set((await readPeople(tx, ids)).map(({ id }) => id));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length === 0) return undefined;
  return refuse('not-a-person', 'Not everybody named is a person of the directory', {
    clause: 'JOIN-1',
    errors: unknown.map((found) => ({
      field: 'body.present',
      found,
      allowed: 'the id of a person of the directory',
    })),
  });
}
