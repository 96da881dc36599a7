import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  AccessSourceId,
  AccountId,
  PersonId,
  type ServiceAccount,
  ServiceAccountFields,
  ServiceAccountResource,
} from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, newEvent, type Refusal, refuse } from '@huismeester/events';
import { commandRoute, type Identity, listRoute } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { Type } from 'typebox';
import { knownAccounts } from '../access/known-accounts.ts';
import { accountIdOf } from '../access/names.ts';
import { refuseOfDirectory } from '../access/of-directory.ts';
import { readServiceAccounts } from '../access/resources.ts';
import { civilDay, yearAfter } from '../core/access/civil-day.ts';
import type { RouteDeps } from '../inside.ts';
import { account, knownAccount } from '../schema.ts';
import {
  accessStatuses,
  forget,
  knowsAccess,
  lookAgain,
  refuseOthers,
  refusePerson,
  seesAccess,
} from './access.ts';

const Params = Type.Object({ id: AccountId });
/** Somebody looks after each that is registered; those of before may have nobody. */
const fields = { ...ServiceAccountFields, steward: PersonId };
const Body = Type.Object(fields, { additionalProperties: false });
const Named = Type.Object(
  {
    source: AccessSourceId,
    name: Type.String({
      maxLength: 200,
      pattern: '^[^\\s:/@!]+@[A-Za-z][A-Za-z0-9._-]*(![A-Za-z][A-Za-z0-9._-]*)?$',
      description: 'USER@REALM, or of a token USER@REALM!TOKEN; it is stored nowhere',
    }),
    ...fields,
  },
  { additionalProperties: false },
);
const Made = Type.Object({ id: AccountId });
const statuses = { ...accessStatuses, 'out-of-range': 400, 'no-source': 400 };

/** Accounts that are no person’s: what for, who looks after them, and when somebody looks at them again. Long, since it is a list of routes. */
export function serviceAccountRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { access, reviewed } = deps;
  return async (app) => {
    listRoute(app, {
      url: '/service-accounts',
      roles: seesAccess,
      summary: 'Accounts that are no person’s (CORE-4)',
      item: ServiceAccountResource,
      order: ['id', 'review', 'since'],
      filters: ['source', 'built_in'],
      all: () => readServiceAccounts(deps),
    });
    commandRoute(app, deps, {
      method: 'PUT',
      url: '/service-accounts/:id',
      roles: knowsAccess,
      person: true,
      summary: 'Register an account that was found as a service account, or look at it again (CORE-4)',
      params: Params,
      body: Body,
      statuses,
      async run(tx, { params: { id }, body, who }) {
        const isThere = (await readOne(tx, id))
          ? undefined
          : refuse('not-found', `There is no account ${id}`);
        return isThere ?? (await register(tx, deps, { id, who, service: body, field: 'params.id' }));
      },
      done: () => lookAgain(deps),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/service-accounts',
      roles: knowsAccess,
      person: true,
      summary: 'Register a service account by its name (CORE-4)',
      body: Named,
      answer: Made,
      creates: { at: ({ id }) => `/service-accounts/${id}` },
      statuses,
      async run(tx, { body: { source, name, ...service }, who }) {
        const id = isSource(deps, source) ? accountIdOf(access.uidHash, source, name) : undefined;
        if (id === undefined) return noSource(deps, source);
        const refusal = await register(tx, deps, { id, who, service, field: 'body.name', name });
        return refusal ?? { id };
      },
      done({ id }, { body: { source, name } }) {
        reviewed.names.add(source, id, name);
        lookAgain(deps);
      },
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url: '/service-accounts/:id',
      roles: knowsAccess,
      person: true,
      summary: 'It is a service account no more',
      params: Params,
      statuses,
      run: (tx, { params: { id }, who }) => forget(tx, deps, { id, who, kind: 'service' }),
      done: () => lookAgain(deps),
    });
  };
}

async function readOne(tx: Tx, id: AccountId): Promise<boolean> {
  const found = await tx.select({ id: account.id }).from(account).where(eq(account.id, id));
  const known = await tx.select({ id: knownAccount.id }).from(knownAccount).where(eq(knownAccount.id, id));
  return found.length + known.length > 0;
}

function isSource({ settings }: RouteDeps, source: string): boolean {
  return settings.hypervisors.some(({ id }) => id === source);
}

function noSource({ settings }: RouteDeps, source: string): Refusal {
  const allowed =
    settings.hypervisors.map(({ id }) => id).join(', ') || 'nothing: settings name no hypervisor';
  return refuse('no-source', 'Accounts are looked for elsewhere', {
    clause: 'CORE-4',
    errors: [{ field: 'body.source', found: source, allowed }],
  });
}

async function register(
  tx: Tx,
  deps: RouteDeps,
  {
    id,
    who,
    service,
    ...named
  }: {
    id: AccountId;
    who: Identity;
    service: ServiceAccount & { steward: PersonId };
    field: string;
    name?: string;
  },
): Promise<Refusal | undefined> {
  const { log, settings } = deps;
  const { steward, review } = service;
  const refusal =
    (await refuseOthers(tx, log, who, 'CORE-4')) ??
    (await refuseOfDirectory(tx, deps, { id, ...named })) ??
    (await refusePerson(tx, steward, 'body.steward'));
  if (refusal) return refusal;
  const done = await knownAccounts.handle(tx, {
    log,
    id,
    actor: who.name,
    decide(_, __, { now }) {
      const today = civilDay(now, settings.site.timezone);
      const last = yearAfter(today);
      if (review >= today && review <= last)
        return [newEvent('known-account.registered', `known-account/${id}`, { account: id, ...service })];
      const errors = [
        { field: 'body.review', found: review, allowed: `${today} to ${last}: a year at most` },
      ];
      return refuse('out-of-range', 'A service account is looked at again within a year', {
        clause: 'CORE-4',
        errors,
      });
    },
  });
  return isRefusal(done) ? done : undefined;
}
