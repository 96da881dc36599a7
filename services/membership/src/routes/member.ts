import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  everyRole,
  MemberAct,
  MemberResource,
  milliseconds,
  PersonId,
  TeamReason,
  Timestamp,
} from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { normalUid } from '@huismeester/directory';
import { isRefusal, type Refusal } from '@huismeester/events';
import { commandRoute, type Identity, itemRoute } from '@huismeester/service';
import { Type } from 'typebox';
import { ask, confirmProposal, withdrawProposal } from '../core/register/acts.ts';
import type { Asker } from '../core/register/asker.ts';
import type { Typed } from '../core/register/board.ts';
import { leave } from '../core/register/leave.ts';
import type { RouteDeps } from '../inside.ts';
import { changeMember } from '../register/change.ts';
import { readMember } from '../register/read-member.ts';
import { keepReason } from '../register/reasons.ts';

export const PersonParams = Type.Object({ person: PersonId });
/** Who decides about members: which of them may what is judged of each act. Root may for a person, by the register. */
const decides = ['infrateam', 'board', 'administrator'] as const;
const confirm = Type.Optional(
  Type.String({
    maxLength: 256,
    description:
      'The login name of the person, typed, where nobody of the board would be left in the team (BOARD-1)',
  }),
);
const Leaving = Type.Object({ confirm }, { additionalProperties: false });
const Confirmation = Type.Object(
  {
    confirm,
    proposed: Type.Optional(
      Type.String({
        ...Timestamp,
        description: 'The `at` of the proposal that was read: another one is refused with 409',
      }),
    ),
  },
  { additionalProperties: false },
);
const Proposal = Type.Object(
  {
    act: MemberAct,
    days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 365, description: 'How long a trial lasts from now on' }),
    ),
    because: Type.Optional(TeamReason),
    confirm,
  },
  { additionalProperties: false },
);
/** One status for each refusal that is not a conflict. */
export const teamStatuses = { 'not-allowed': 403, 'invalid-request': 400 } as const;

/** One member of the team: how they stand in the register, and what is decided about them (TEAM-1, JOIN-3). Long, since it is a list of routes. */
export function memberRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  // Votes count by who is of the team.
  const wake = () => deps.decisions.wake();
  return async (app) => {
    itemRoute(app, {
      url: '/team/:person',
      roles: everyRole,
      summary: 'Somebody of the team: what is proposed, granted, and what happened, with the clause of each',
      item: MemberResource,
      params: PersonParams,
      find: ({ person }, { who }) => readMember(deps, person, who),
      missing: () => 'This person is not in the register of the team, nor in a group of it',
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/team/:person/leaving',
      roles: 'identified',
      person: true,
      summary: 'Leave the team, at once (TEAM-1)',
      params: PersonParams,
      body: Leaving,
      statuses: teamStatuses,
      async run(tx, { params: { person }, body, who }) {
        const asker = askerOf(who);
        const typed = typedOf(deps, person, body.confirm);
        const done = await changeMember(tx, deps, {
          person,
          actor: who.name,
          decide: (member, team) => leave(member, { person, asker, team, ...typed }),
        });
        return isRefusal(done) ? done : undefined;
      },
      done: wake,
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/team/:person/proposal',
      roles: decides,
      person: true,
      summary: 'Propose something about a member; a board member ends, suspends and lifts at once (TEAM-1)',
      params: PersonParams,
      body: Proposal,
      statuses: teamStatuses,
      run: (tx, { params: { person }, body, who }) => propose(tx, deps, { person, who, ...body }),
      done: wake,
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/team/:person/proposal/confirmation',
      roles: decides,
      person: true,
      summary: 'Confirm what another full member proposed (TEAM-1, JOIN-3)',
      params: PersonParams,
      body: Confirmation,
      statuses: teamStatuses,
      async run(tx, { params: { person }, body, who }) {
        const asker = askerOf(who);
        const done = await changeMember(tx, deps, {
          person,
          actor: who.name,
          decide: (member, team, now) =>
            confirmProposal(member, asker, {
              ...around(deps, person, { team, now, confirm: body.confirm }),
              read: body.proposed,
            }),
        });
        return isRefusal(done) ? done : undefined;
      },
      done: wake,
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url: '/team/:person/proposal',
      roles: decides,
      person: true,
      summary: 'Withdraw what was proposed: who proposed it, or another full member',
      params: PersonParams,
      statuses: teamStatuses,
      async run(tx, { params: { person }, who }) {
        const done = await changeMember(tx, deps, {
          person,
          actor: who.name,
          decide: (member, team) => withdrawProposal(member, askerOf(who), { person, team }),
        });
        return isRefusal(done) ? done : undefined;
      },
      done: wake,
    });
  };
}

interface Proposing {
  readonly person: PersonId;
  readonly who: Identity;
  readonly act: MemberAct;
  readonly days?: number;
  readonly because?: string;
  readonly confirm?: string;
}

async function propose(
  tx: Tx,
  deps: RouteDeps,
  { person, who, act, days, because, confirm: typed }: Proposing,
): Promise<Refusal | undefined> {
  const reason = because === undefined ? undefined : randomUUID();
  const asker = askerOf(who);
  const done = await changeMember(tx, deps, {
    person,
    actor: who.name,
    decide: (member, team, now) =>
      ask(member, { act, days, reason }, asker, around(deps, person, { team, now, confirm: typed })),
  });
  if (isRefusal(done)) return done;
  if (reason !== undefined && because !== undefined) {
    await keepReason(tx, { id: reason, by: asker.person, at: deps.log.now(), text: because });
  }
  return undefined;
}

/** A person who asks: a token that is nobody's comes to no route that says `person`. */
export function askerOf({ person = '', roles }: Identity): Asker {
  return { person, roles };
}

function around(
  deps: RouteDeps,
  person: PersonId,
  { team, now, confirm: typed }: Pick<Parameters<typeof confirmProposal>[2], 'team' | 'now' | 'confirm'>,
) {
  const suspensionMs = milliseconds(deps.settings.team.suspension);
  return { person, team, now, suspensionMs, ...typedOf(deps, person, typed) };
}

function typedOf({ memory }: RouteDeps, person: PersonId, typed: string | undefined): Typed {
  return {
    confirm: typed,
    expected: memory.shown(person)?.uid ?? person,
    isSame: (one, other) => normalUid(one) === normalUid(other),
  };
}
