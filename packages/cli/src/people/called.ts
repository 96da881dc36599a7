import type { Api } from '../api.ts';
import type { Language } from '../language.ts';
import { whichPerson } from './which-person.ts';

/** What a person is called here, by id. */
export type Called = (person: string | undefined) => string;

/** By uid where that is known; ids stand for those who may not be looked up, and `nobody` for none. */
export function called(uids: ReadonlyMap<string, string>, { nobody }: { readonly nobody: string }): Called {
  return (person) => (person === undefined ? nobody : (uids.get(person) ?? person));
}

/** A text with what people are called in place of how the log names them. */
export function withCalled(text: string, who: Called): string {
  return text.replaceAll(
    /(?:\bperson[:/])?\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/g,
    (_, id: string) => who(id),
  );
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
