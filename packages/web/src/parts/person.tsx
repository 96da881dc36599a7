import type { PersonResource, TeamResource } from '@huismeester/contracts';
import { useList } from '../api/resource.ts';
import { may, me } from '../app/session.ts';

type Named = Pick<PersonResource, 'uid' | 'name'>;

/** A person by id: by name for whoever may see people; of the team, and their own, for everybody. */
export function useNames(): (id: string) => string {
  const isForUs = may('infrateam', 'trial', 'board', 'administrator');
  const people = useList<PersonResource>(isForUs ? '/api/v1/people' : undefined, ['membership']);
  const team = useList<TeamResource>(isForUs ? undefined : '/api/v1/team', ['membership']);
  const known = new Map<string, Named>();
  if (people.state.value.kind === 'loaded') {
    for (const each of people.state.value.value) known.set(each.id, each);
  }
  if (team.state.value.kind === 'loaded') {
    for (const each of team.state.value.value) known.set(each.person, each);
  }
  const own = me.value;
  return (id) => {
    const found = known.get(id);
    const isOwn = own !== undefined && own !== 'nobody' && own.person === id;
    return found?.name ?? found?.uid ?? (isOwn ? (own.name ?? own.uid) : undefined) ?? id.slice(0, 8);
  };
}
