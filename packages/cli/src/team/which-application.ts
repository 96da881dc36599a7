import { ApplicationResource } from '@huismeester/contracts';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import type { Language } from '../language.ts';
import { whichPerson } from '../people/which-person.ts';
import type { Words } from './words-en.ts';

const path = '/api/v1/applications';

/** The path of one application. */
export function applicationPath(id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}

/** All applications that who asks may see. */
export function allApplications(api: Api): Promise<ApplicationResource[]> {
  return api.list(path, ApplicationResource);
}

/** Whether something is still to be decided, or done, about it. */
export function isGoingOn({ state }: Pick<ApplicationResource, 'state'>): boolean {
  return state === 'proposed' || state === 'open' || state === 'awaiting-board';
}

export interface NamedApplication {
  readonly application: ApplicationResource;
  /** What the applicant is called here. */
  readonly called: string;
}

/**
 * The application of a person by uid, or by id: the one that goes on, else the newest one; all that may be read of it. An id of an application is
 * taken, too. Throws {@link NotFine} where there is none.
 */
export async function whichApplication(
  api: Api,
  reference: string,
  words: Words,
  language: Language,
): Promise<NamedApplication> {
  const all = await allApplications(api);
  const byId = all.find(({ id }) => id === reference);
  if (byId !== undefined) return { application: await readApplication(api, byId.id), called: byId.person };
  const { id, called } = await whichPerson(api, reference, language);
  const found = applicationOf(all, id);
  if (found === undefined) throw new NotFine(words.application.notFound(called));
  return { application: await readApplication(api, found.id), called };
}

/** The application of that person which goes on, else the newest one. */
export function applicationOf(
  all: readonly ApplicationResource[],
  person: string,
): ApplicationResource | undefined {
  const own = all
    .filter((each) => each.person === person)
    .toSorted((a, b) => Date.parse(b.since) - Date.parse(a.since));
  return own.find(isGoingOn) ?? own[0];
}

/** One application, with all that who asks may read of it. */
function readApplication(api: Api, id: string): Promise<ApplicationResource> {
  return api.get(applicationPath(id), ApplicationResource);
}
