import { mediaWikiTitle } from '@huismeester/contracts';

/**
 * The person of the directory whose account on the wiki this is, where its users are those of the directory: MediaWiki makes the first letter of a name
 * a capital and `_` a blank, and holds all else apart. Undefined where nobody has such a uid, or two have.
 */
export function personOfUser<Person extends { readonly uid: string }>(
  user: string,
  people: readonly Person[],
): Person | undefined {
  const [found, other] = people.filter(({ uid }) => mediaWikiTitle(uid) === mediaWikiTitle(user));
  return other === undefined ? found : undefined;
}
