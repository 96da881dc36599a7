import {
  type AccessSourceResource,
  type AccountResource,
  type ServiceAccountResource,
  sourceOfAccount,
} from '@huismeester/contracts';
import { civilDay, yearAfter } from '../core/access/civil-day.ts';
import { whose } from '../core/access/whose.ts';
import type { RouteDeps } from '../inside.ts';
import { accessSource, account, grant, knownAccount, member } from '../schema.ts';
import { noReviewToken } from './open.ts';

const oneState = { isolation: 'repeatable read', readOnly: true } as const;

/** All accounts with admin rights on core, with whose they are now. */
export async function readAccounts({
  database,
  log,
  opened: _,
  ...deps
}: RouteDeps): Promise<AccountResource[]> {
  return await database.transaction(async (tx) => {
    const rows = await tx.select().from(account);
    const known = new Map((await tx.select().from(knownAccount)).map((row) => [row.id, row]));
    const states = new Map((await tx.select().from(member)).map(({ id, state }) => [id, state]));
    const now = log.now();
    const granted = new Set(
      (await tx.select().from(grant))
        .filter(({ core, until }) => core && until > now)
        .map(({ person }) => person),
    );
    return rows.map(({ id, source, kind, builtIn, asleep, since, rights, ...row }): AccountResource => {
      const by = known.get(id);
      // What the directory says goes before what was said by hand.
      const person = row.person ?? by?.person ?? undefined;
      const service = row.person === null ? by?.service : undefined;
      const named = deps.reviewed.names.of(id);
      return {
        id,
        source,
        ...(named && { name: named.name }),
        kind,
        whose: whose({
          person,
          builtIn: builtIn !== null,
          isService: service != null,
          register: person === undefined ? undefined : states.get(person),
          grantedCore: person !== undefined && granted.has(person),
        }),
        ...(person !== undefined && { person }),
        ...(service && { service }),
        state: asleep ? 'asleep' : 'admin',
        since: since.toISOString(),
        rights,
        commands: [...(named?.commands ?? [])],
      };
    });
  }, oneState);
}

/** Every hypervisor of the settings, the directory where it has groups that administer something, and what was looked at once. */
export async function readSources({
  database,
  settings,
  reviewed,
}: RouteDeps): Promise<AccessSourceResource[]> {
  const rows = new Map((await database.orm.select().from(accessSource)).map((row) => [row.id, row]));
  const adapters = new Set(reviewed.review.adapters.map(({ id }) => id));
  const ids = new Set([...settings.hypervisors.map(({ id }) => id), ...adapters, ...rows.keys()]);
  return [...ids].map((id): AccessSourceResource => {
    const row = rows.get(id);
    if (!adapters.has(id))
      return { id, state: 'not-set-up', lacks: noReviewToken, accounts: row?.accounts ?? 0 };
    if (row === undefined) return { id, state: 'unknown', lacks: 'a first look', accounts: 0 };
    const { state, since, readAt, lacks, accounts } = row;
    return {
      id,
      state,
      since: since.toISOString(),
      ...(readAt && { readAt: readAt.toISOString() }),
      ...(lacks !== null && { lacks }),
      accounts,
    };
  });
}

const purposes = {
  root: 'root@pam of Proxmox: whoever has a node has it',
  'own-token': 'A token of Huismeester’s own',
  'own-user': 'The user of Huismeester’s tokens',
} as const;

/** What is no person’s: registered by somebody of the team, or known from the start. */
export async function readServiceAccounts({
  database,
  settings,
  reviewed,
}: RouteDeps): Promise<ServiceAccountResource[]> {
  const { timezone } = settings.site;
  return await database.transaction(async (tx) => {
    const registered = (await tx.select().from(knownAccount)).filter(({ service }) => service !== null);
    const accounts = await tx.select().from(account);
    const own = accounts.filter(({ builtIn }) => builtIn !== null);
    const ofPeople = new Set(accounts.flatMap(({ id, person }) => (person === null ? [] : [id])));
    const nameOf = (id: string) => {
      const named = reviewed.names.of(id);
      return named && { name: named.name };
    };
    const builtIn = new Set(own.map(({ id }) => id));
    const byHand = new Set(registered.map(({ id }) => id));
    return [
      ...registered.flatMap(({ id, service, since }): ServiceAccountResource[] => {
        if (service === null || ofPeople.has(id)) return [];
        const source = sourceOfAccount(id);
        return [
          { id, source, ...nameOf(id), ...service, since: since.toISOString(), built_in: builtIn.has(id) },
        ];
      }),
      ...own
        .filter(({ id }) => !byHand.has(id))
        .map(({ id, source, builtIn: which, since }) => ({
          id,
          source,
          ...nameOf(id),
          purpose: purposes[which ?? 'root'],
          review: yearAfter(civilDay(since, timezone)),
          since: since.toISOString(),
          built_in: true,
        })),
    ];
  }, oneState);
}
