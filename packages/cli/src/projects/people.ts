import type { Api } from '../api.ts';
import type { Language } from '../language.ts';
import { whichPerson } from '../people/which-person.ts';
import type { Words } from './words-en.ts';

/** What a person is called here, by id. */
export type Called = (person: string | undefined) => string;

/** By uid where that is known; ids stand for those who may not be looked up. */
export function called(uids: ReadonlyMap<string, string>, { nobody }: Words): Called {
  return (person) => (person === undefined ? nobody : (uids.get(person) ?? person));
}

/** The id of a person by uid, or by id. Throws as `whichPerson`. */
export async function idOf(api: Api, reference: string, language: Language): Promise<string> {
  return (await whichPerson(api, reference, language)).id;
}

/** The ids of several; `none` alone is nobody. */
export function idsOf(api: Api, references: readonly string[], language: Language): Promise<string[]> {
  if (references.length === 1 && references[0] === 'none') return Promise.resolve([]);
  return Promise.all(references.map((each) => idOf(api, each, language)));
}
