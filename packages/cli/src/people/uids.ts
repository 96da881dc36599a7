import { MeResource, TeamResource } from '@huismeester/contracts';
import type { Api } from '../api.ts';
import { answerOf } from '../served.ts';
import { everybody } from './find-person.ts';

/** The uids of everybody in the directory, by id; of oneself and the team alone where one may not see the others. */
export async function uidsById(api: Api): Promise<ReadonlyMap<string, string>> {
  const answer = await answerOf(everybody(api));
  if (!('value' in answer)) return answer.why === 'role' ? await uidsForAll(api) : new Map();
  const people = answer.value;
  return new Map(people.flatMap(({ id, uid }) => (uid === undefined ? [] : [[id, uid]])));
}

/** The uids that every participant may see. */
async function uidsForAll(api: Api): Promise<ReadonlyMap<string, string>> {
  const [me, team] = await Promise.all([
    answerOf(api.get('/api/v1/me', MeResource)),
    answerOf(api.list('/api/v1/team', TeamResource)),
  ]);
  const shown = [...('value' in team ? team.value : []), ...('value' in me ? [me.value] : [])];
  return new Map(
    shown.flatMap(({ person, uid }) => (person === undefined || uid === undefined ? [] : [[person, uid]])),
  );
}
