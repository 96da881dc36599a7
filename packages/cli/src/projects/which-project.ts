import { MeResource, Project } from '@huismeester/contracts';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import { answerOf } from '../served.ts';
import type { Words } from './words-en.ts';

/** All projects, those that are over too. */
export function allProjects(api: Api): Promise<Project[]> {
  return api.list('/api/v1/projects', Project);
}

/**
 * The project with this id, or this title in whatever case; of several one's own, since many make a VM of the same name. Throws {@link NotFine} where
 * there is none, or several.
 */
export async function whichProject(api: Api, reference: string, words: Words): Promise<Project> {
  const all = await allProjects(api);
  const byId = all.find(({ id }) => id === reference);
  if (byId) return byId;
  const wanted = reference.toLowerCase();
  const titled = all.filter(({ title }) => title.toLowerCase() === wanted);
  const active = titled.filter(({ state }) => state !== 'retired');
  const alike = await mostLikely(api, active.length > 0 ? active : titled);
  const [project] = alike;
  if (project === undefined) throw new NotFine(words.notFound(reference));
  if (alike.length > 1) {
    throw new NotFine(words.several(alike.length, reference, alike.map(({ id }) => id).join(', ')));
  }
  return project;
}

async function mostLikely(api: Api, alike: readonly Project[]): Promise<readonly Project[]> {
  if (alike.length < 2) return alike;
  const me = await answerOf(api.get('/api/v1/me', MeResource));
  const person = 'value' in me ? me.value.person : undefined;
  const own = alike.filter(({ owner }) => person !== undefined && owner === person);
  return own.length > 0 ? own : alike;
}
