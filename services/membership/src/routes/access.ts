import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { AccessSourceResource, AccountId, AccountResource, PersonId } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type EventLog, isRefusal, newEvent, type Refusal, refuse } from '@huismeester/events';
import { commandRoute, type Identity, listRoute } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { Type } from 'typebox';
import { knownAccounts } from '../access/known-accounts.ts';
import { refuseOfDirectory } from '../access/of-directory.ts';
import { readAccounts, readSources } from '../access/resources.ts';
import { needsFullMember } from '../core/register/asker.ts';
import type { RouteDeps } from '../inside.ts';
import { readPeople } from '../people/person-rows.ts';
import { readTeamNow } from '../register/electorate.ts';
import { lockTeam } from '../register/scope.ts';
import { account } from '../schema.ts';
import { askerOf } from './member.ts';

/** Who may see who has access. */
export const seesAccess = ['infrateam', 'trial', 'board', 'administrator', 'service'] as const;
/** Who says what is known of access: full members, of whom each act is judged by the register. Root may for one of them. */
export const knowsAccess = ['infrateam', 'administrator'] as const;
export const accessStatuses = { 'not-allowed': 403, 'not-a-person': 400 } as const;

const Params = Type.Object({ id: AccountId });

/** Who really has admin access to core (CORE-4). Long, since it is a list of routes. */
export function accessRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { log, reviewed } = deps;
  return async (app) => {
    listRoute(app, {
      url: '/access',
      roles: seesAccess,
      summary: 'Accounts with admin rights on core, by the last complete reads of their sources (CORE-4)',
      item: AccountResource,
      order: ['id', 'source', 'since'],
      filters: ['source', 'state', 'whose', 'person'],
      all: () => readAccounts(deps),
    });
    listRoute(app, {
      url: '/access/sources',
      roles: seesAccess,
      summary: 'Where accounts are looked for, and whether that could be read whole',
      item: AccessSourceResource,
      order: ['id'],
      all: () => readSources(deps),
    });
    app.post(
      '/access/review',
      {
        config: { roles: ['infrateam', 'administrator'] },
        schema: {
          summary: 'Look now who has admin rights',
          response: { 200: Type.Array(AccessSourceResource) },
        },
      },
      async () => {
        await reviewed.review.now();
        return await readSources(deps);
      },
    );
    commandRoute(app, deps, {
      method: 'PUT',
      url: '/access/:id/person',
      roles: knowsAccess,
      person: true,
      summary: 'Say whose an account is (CORE-4)',
      params: Params,
      body: Type.Object({ person: PersonId }, { additionalProperties: false }),
      statuses: accessStatuses,
      async run(tx, { params: { id }, body, who }) {
        const refusal =
          (await refuseOthers(tx, log, who, 'CORE-4')) ??
          (await refuseAccount(tx, id)) ??
          (await refuseOfDirectory(tx, deps, { id, field: 'params.id' })) ??
          (await refusePerson(tx, body.person, 'body.person'));
        if (refusal) return refusal;
        const done = await knownAccounts.handle(tx, {
          log,
          id,
          actor: who.name,
          decide: (known) =>
            known?.person === body.person
              ? []
              : [newEvent('known-account.assigned', `known-account/${id}`, { account: id, ...body })],
        });
        return isRefusal(done) ? done : undefined;
      },
      done: () => lookAgain(deps),
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url: '/access/:id/person',
      roles: knowsAccess,
      person: true,
      summary: 'It is not known any more whose an account is',
      params: Params,
      statuses: accessStatuses,
      run: (tx, { params: { id }, who }) => forget(tx, deps, { id, who, kind: 'person' }),
      done: () => lookAgain(deps),
    });
  };
}

/** Whose the tokens of an account are follows from whose it is; what goes wrong is logged by the review. */
export function lookAgain({ reviewed, logger }: Pick<RouteDeps, 'reviewed' | 'logger'>): void {
  reviewed.review
    .now()
    .catch((err: unknown) => logger.warn({ err }, 'the look at who has admin rights failed'));
}

/** Nobody knows any more whose an account is, or what it is for. */
export async function forget(
  tx: Tx,
  { log }: Pick<RouteDeps, 'log'>,
  { id, who, kind }: { id: AccountId; who: Identity; kind: 'person' | 'service' },
): Promise<Refusal | undefined> {
  const refusal = await refuseOthers(tx, log, who, 'CORE-4');
  if (refusal) return refusal;
  const done = await knownAccounts.handle(tx, {
    log,
    id,
    actor: who.name,
    decide: (known) =>
      known?.[kind] == null
        ? refuse(
            'not-found',
            kind === 'person' ? 'Nobody was assigned to it by hand' : 'It is no registered service account',
          )
        : [newEvent('known-account.forgotten', `known-account/${id}`, { account: id })],
  });
  return isRefusal(done) ? done : undefined;
}

/** Who asks has to be a full member until this is committed; undefined when they are. */
export async function refuseOthers(
  tx: Tx,
  log: Pick<EventLog, 'service'>,
  who: Identity,
  clause: string,
): Promise<Refusal | undefined> {
  await lockTeam(tx, log);
  return needsFullMember(askerOf(who), await readTeamNow(tx), clause);
}

/** Whether an account can be somebody’s: it was found, and is not known from the start. */
async function refuseAccount(tx: Tx, id: AccountId): Promise<Refusal | undefined> {
  const [row] = await tx.select().from(account).where(eq(account.id, id));
  if (row === undefined) return refuse('not-found', `There is no account ${id} with admin rights`);
  if (row.builtIn === null) return undefined;
  const errors = [
    { field: 'params.id', found: id, allowed: 'an account that `GET /access` does not show as built-in' },
  ];
  return refuse('built-in', 'It is known from the start whose this account is', { clause: 'CORE-4', errors });
}

export async function refusePerson(tx: Tx, person: PersonId, field: string): Promise<Refusal | undefined> {
  const [row] = await readPeople(tx, [person]);
  if (row && row.goneAt === null) return undefined;
  const errors = [{ field, found: person, allowed: 'the id of a person whom `GET /people` lists' }];
  return refuse('not-a-person', 'There is no such person in the directory', { clause: 'CORE-4', errors });
}
