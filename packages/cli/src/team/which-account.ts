import { AccountResource } from '@huismeester/contracts';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import type { Words } from './words-en.ts';

/** All accounts with admin rights on core. */
export function allAccounts(api: Api): Promise<AccountResource[]> {
  return api.list('/api/v1/access', AccountResource);
}

/** The account with this id, or of this name; undefined for none. Throws {@link NotFine} for several of one name. */
export async function findAccount(
  api: Api,
  reference: string,
  words: Words,
): Promise<AccountResource | undefined> {
  // Here, and not by a filter of the list: a name of a person does not belong in a URL, which proxies write to their logs.
  const all = await allAccounts(api);
  const id = reference.replace(/^account\//, '');
  const byId = all.find((each) => each.id === id);
  if (byId !== undefined) return byId;
  const named = all.filter(({ name }) => name === reference);
  if (named.length > 1)
    throw new NotFine(words.access.several(named.length, reference, named.map((each) => each.id).join(', ')));
  return named[0];
}

/** The same; throws {@link NotFine} for none, too. */
export async function whichAccount(api: Api, reference: string, words: Words): Promise<AccountResource> {
  const found = await findAccount(api, reference, words);
  if (found === undefined) throw new NotFine(words.access.notFound(reference));
  return found;
}
