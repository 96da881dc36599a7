import { type AccountId, sourceOfAccount } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { normalUid } from '@huismeester/directory';
import { type Refusal, refuse } from '@huismeester/events';
import { eq } from 'drizzle-orm';
import { partsOf } from '../core/access/whose.ts';
import { personOfUser } from '../core/access/wiki-user.ts';
import type { RouteDeps } from '../inside.ts';
import { account } from '../schema.ts';
import { wikiSource } from './wiki.ts';

/**
 * Whose an account is, the directory says: nobody assigns it by hand, or registers it as a service account (CORE-4). So it is with accounts in a realm
 * of the directory, or on a wiki whose users are those of the directory, that has a person of that name, disabled and of whichever part in the team, and
 * with people in groups that administer something.
 * `field`: where the account was named; `name`: what it is called, where that was said.
 */
export async function refuseOfDirectory(
  tx: Tx,
  deps: Pick<RouteDeps, 'memory' | 'settings' | 'reviewed'>,
  { id, field, name }: { id: AccountId; field: string; name?: string },
): Promise<Refusal | undefined> {
  const [row] = await tx.select().from(account).where(eq(account.id, id));
  const called = name ?? deps.reviewed.names.of(id)?.name;
  // Of a token it may be by hand, as its user’s.
  const isSaid = row !== undefined && row.person !== null && row.kind !== 'token';
  if (!isSaid && !(called !== undefined && isPersons(deps, id, called))) return undefined;
  const errors = [
    { field, found: id, allowed: 'an account of which the directory does not say whose it is' },
  ];
  return refuse('of-the-directory', 'Whose this account is, the directory says', {
    clause: 'CORE-4',
    errors,
  });
}

/** By the last complete read; of a uid that two people have it cannot be told whose it is. */
function isPersons(
  { memory, settings }: Pick<RouteDeps, 'memory' | 'settings'>,
  id: AccountId,
  account: string,
): boolean {
  const people = memory.latest()?.people ?? [];
  if (sourceOfAccount(id) === wikiSource)
    return settings.wiki?.users === 'directory' && personOfUser(account, people) !== undefined;
  const { name, realm } = partsOf(account);
  if (settings.access.realms[realm] !== 'directory') return false;
  return people.filter(({ uid }) => normalUid(uid) === normalUid(name)).length === 1;
}
