import { randomUUID } from 'node:crypto';
import type { GrantResource, PersonId } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, type Refusal, refuse } from '@huismeester/events';
import type { Asker } from '../core/register/asker.ts';
import { give, type Wanted, withdrawGrant } from '../core/register/grant.ts';
import { lockDirectory } from '../people/directory-row.ts';
import { readPeople } from '../people/person-rows.ts';
import { saveAccess } from '../people/save-access.ts';
import { readTeamNow } from './electorate.ts';
import type { RegisterDeps } from './follow.ts';
import { grantResource, grants, readGrants } from './grants.ts';
import { readMemberRow } from './members.ts';
import { teamScope } from './scope.ts';

interface Asking {
  readonly asker: Asker;
  readonly actor: string;
}

/** A full member lets a member on trial act on something; in every process that holds from the commit on (JOIN-3). */
export async function giveGrant(
  tx: Tx,
  { log, access }: RegisterDeps,
  { asker, actor, ...wanted }: Asking & Omit<Wanted, 'id'>,
): Promise<GrantResource | Refusal> {
  const id = randomUUID();
  const { person } = wanted;
  const done = await grants.handle(tx, {
    log,
    id,
    actor,
    only: 'new',
    scope: teamScope,
    read: async () => {
      // A read of the directory writes what is granted too.
      await lockDirectory(tx);
      return {
        team: await readTeamNow(tx),
        member: await readMemberRow(tx, person),
        others: await readGrants(tx, person),
      };
    },
    decide: (_, known, { now }) => give({ id, ...wanted }, asker, { ...known, now }),
  });
  if (isRefusal(done)) return done;
  if (!done.state) throw new Error(`grant ${id} was given and is not there`);
  await saveAccess(tx, access, await readPeople(tx, [person]));
  return grantResource({ id, version: done.version, ...done.state });
}

interface TakenBack extends Asking {
  readonly person: PersonId;
  readonly id: string;
  readonly matches: (resource: unknown) => boolean;
}

/** A full member takes a grant back. */
export async function takeGrantBack(
  tx: Tx,
  { log, access }: RegisterDeps,
  { person, id, asker, actor, matches }: TakenBack,
): Promise<Refusal | undefined> {
  const done = await grants.handle(tx, {
    log,
    id,
    actor,
    only: 'existing',
    ifMatch: ({ state, version }) => matches(grantResource({ id, version, ...state })),
    scope: teamScope,
    read: async () => {
      await lockDirectory(tx);
      return await readTeamNow(tx);
    },
    decide: (known, team) =>
      known?.person === person
        ? withdrawGrant(id, known, asker, team)
        : refuse('not-found', 'This member has no such grant'),
  });
  if (isRefusal(done)) return done;
  await saveAccess(tx, access, await readPeople(tx, [person]));
  return undefined;
}
