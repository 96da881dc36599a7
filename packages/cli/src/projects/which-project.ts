import { Project } from '@huismeester/contracts';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import type { Words } from './words-en.ts';

/** All projects, those that are over too. */
export function allProjects(api: Api): Promise<Project[]> {
  return api.list('/api/v1/projects', Project);
}

/** The project with this id, or this title in whatever case. Throws {@link NotFine} where there is none, or several. */
export async function whichProject(api: Api, reference: string, words: Words): Promise<Project> {
  const all = await allProjects(api);
  const byId = all.find(({ id }) => id === reference);
  if (byId) return byId;
  const wanted = reference.toLowerCase();
  const titled = all.filter(({ title }) => title.toLowerCase() === wanted);
  const active = titled.filter(({ state }) => state !== 'retired');
  const alike = active.length > 0 ? active : titled;
  const [project] = alike;
  if (project === undefined) throw new NotFine(words.notFound(reference));
  if (alike.length > 1) {
    throw new NotFine(words.several(alike.length, reference, alike.map(({ id }) => id).join(', ')));
  }
  return project;
}
