import { MeResource, PersonId } from '@huismeester/contracts';
import { Value } from 'typebox/value';
import type { Api } from '../api.ts';
import { NotFine, Refused } from '../errors.ts';
import type { Language } from '../language.ts';
import { findPerson } from './find-person.ts';
import { wordsIn } from './words.ts';

/** A person that somebody named, and what that one is called here. */
export interface NamedPerson {
  readonly id: string;
  readonly called: string;
}

/**
 * The person by uid, or by id, also as the log has it (`person:<id>`). Who may not see people gives an id, but for oneself. Throws {@link NotFine} for nobody,
 * and where a uid may not be looked up.
 */
export async function whichPerson(api: Api, reference: string, language: Language): Promise<NamedPerson> {
  const id = reference.replace(/^person[:/]/, '');
  if (Value.Check(PersonId, id)) return { id, called: id };
  try {
    const person = await findPerson(api, reference);
    return { id: person.id, called: person.uid ?? person.id };
  } catch (error) {
    if (!(error instanceof Refused && error.problem.status === 403)) throw error;
    const { person, uid } = await api.get('/api/v1/me', MeResource);
    if (person !== undefined && uid?.toLowerCase() === reference.toLowerCase())
      return { id: person, called: uid };
    throw new NotFine(wordsIn[language].people.noUid(reference), { cause: error });
  }
}
