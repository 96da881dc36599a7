import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { GrantResource, GrantTarget, PersonId, Timestamp } from '@huismeester/contracts';
import { commandRoute, Unanswered } from '@huismeester/service';
import { Type } from 'typebox';
import type { RouteDeps } from '../inside.ts';
import { giveGrant, takeGrantBack } from '../register/grant-commands.ts';
import { askerOf, PersonParams, teamStatuses } from './member.ts';

const grants = ['infrateam', 'administrator'] as const;
const Body = Type.Object(
  {
    on: GrantTarget,
    until: Timestamp,
    core: Type.Optional(
      Type.Boolean({ description: 'True: it is known that this is admin access to core (CORE-4)' }),
    ),
  },
  { additionalProperties: false },
);

/** What a member on trial may act on (JOIN-3): only full members say so. */
export function grantRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    commandRoute(app, deps, {
      method: 'POST',
      url: '/team/:person/grants',
      roles: grants,
      person: true,
      summary: 'Let a member on trial act on something until then (JOIN-3)',
      params: PersonParams,
      body: Body,
      answer: GrantResource,
      statuses: { ...teamStatuses, 'out-of-range': 400 },
      prepare: async ({ body: { on } }) => ({ class: await classOf(deps, on) }),
      run: (tx, { params: { person }, body, who, prepared }) =>
        giveGrant(tx, deps, {
          person,
          asker: askerOf(who),
          actor: who.name,
          on: body.on,
          until: new Date(body.until),
          core: body.core ?? false,
          class: prepared.class,
        }),
      // It ends by time.
      done: () => deps.decisions.wake(),
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url: '/team/:person/grants/:id',
      roles: grants,
      person: true,
      summary: 'Take back what was granted to a member on trial (JOIN-3)',
      params: Type.Object({ person: PersonId, id: Type.String({ format: 'uuid' }) }),
      statuses: teamStatuses,
      run: (tx, { params, who, matches }) =>
        takeGrantBack(tx, deps, { ...params, asker: askerOf(who), actor: who.name, matches }),
    });
  };
}

/** Of which class a VM is; undefined where vm-lifecycle does not know it, or gives no answer: then it counts as core. */
async function classOf({ ask, logger }: RouteDeps, on: GrantTarget): Promise<string | undefined> {
  const [kind, vm = ''] = on.split('/');
  if (kind !== 'vm') return undefined;
  try {
    const { classes } = await ask('vm-lifecycle', 'classes', { vms: [vm] });
    return classes.find((each) => each.vm === vm)?.class;
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    logger.warn({ vm }, 'the class of a VM is not known now: it counts as core');
    return undefined;
  }
}
