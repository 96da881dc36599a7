import { PersonResource } from '@huismeester/contracts';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';

const people = '/api/v1/people';

/** Everybody whom the directory has. */
export function everybody(api: Api): Promise<PersonResource[]> {
  return api.list(people, PersonResource);
}

/** The person with this uid, in whatever case, or with this id. Throws {@link NotFine}, with the uid that was probably meant. */
export async function findPerson(api: Api, reference: string): Promise<PersonResource> {
  // Here, and not by a filter of the list: a uid does not belong in a URL, which proxies write to their logs.
  const all = await everybody(api);
  const wanted = compared(reference);
  const alike = all.filter(({ id, uid }) => id === wanted || (uid !== undefined && compared(uid) === wanted));
  if (alike.length > 1) {
    throw new NotFine(
      `${alike.length} people have the uid ${reference}: say which of ${alike.map(({ id }) => id).join(', ')}`,
    );
  }
  const [person] = alike;
  if (person) return person;
  const { nearest } = await import('@huismeester/service');
  const meant = nearest(
    reference,
    all.flatMap(({ uid }) => uid ?? []),
  );
  const hint = meant === undefined ? '`huismeester people` lists them' : `did you mean ${meant}?`;
  throw new NotFine(`nobody in the directory has the uid ${reference}: ${hint}`);
}

/** As directories compare uids; their own package would take longer to load than to ask. */
function compared(uid: string): string {
  return uid.normalize('NFKC').trim().toLowerCase();
}
