import type { PersonResource } from '@huismeester/contracts';
import { useList } from '../api/resource.ts';
import { may, me } from '../app/session.ts';

/** A person by id: by name for whoever may see people; their own name for everybody. */
export function useNames(): (id: string) => string {
  const isForUs = may('infrateam', 'trial', 'board', 'administrator');
  const people = useList<PersonResource>(isForUs ? '/api/v1/people' : undefined, ['membership']);
  const state = people.state.value;
  const known =
    state.kind === 'loaded'
      ? new Map(state.value.map((each) => [each.id, each]))
      : new Map<string, PersonResource>();
  const own = me.value;
  return (id) => {
    const found = known.get(id);
    const isOwn = own !== undefined && own !== 'nobody' && own.person === id;
    return found?.name ?? found?.uid ?? (isOwn ? own.uid : undefined) ?? id.slice(0, 8);
  };
}
