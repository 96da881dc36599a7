import type { PersonResource, TeamResource } from '@huismeester/contracts';
import { known, useList } from '../api/resource.ts';
import { may, me, person } from '../app/session.ts';
import { common } from '../words/common.ts';

interface Called {
  readonly name?: string;
  readonly uid?: string;
}

/** A person by id: by name for whoever may see people; for everybody else the team’s names and their own. */
export function useNames(): (id: string) => string {
  const isForUs = may('infrateam', 'trial', 'board', 'administrator');
  const people = known(useList<PersonResource>(isForUs ? '/api/v1/people' : undefined, ['membership']));
  const isOther = !isForUs && person() !== undefined;
  const team = known(useList<TeamResource>(isOther ? '/api/v1/team' : undefined, ['membership']));
  const names = new Map<string, Called>();
  for (const each of people ?? []) names.set(each.id, each);
  for (const each of team ?? []) names.set(each.person, each);
  const own = me.value;
  if (own !== undefined && own !== 'nobody' && own.person !== undefined) names.set(own.person, own);
  return (id) => {
    const found = names.get(id);
    return found?.name ?? found?.uid ?? id.slice(0, 8);
  };
}

/** Who did something, as logs have it: `person:<id>`, `local:root`, `service:policy`, or the name of a token. */
export function useActors(): (actor: string) => string {
  const nameOf = useNames();
  return (actor) => {
    const [, kind, rest = actor] = /^(person|local|service):(.+)$/.exec(actor) ?? [];
    const { actors } = common.value;
    if (kind === 'person') return nameOf(rest);
    if (kind === 'local') return actors.local(rest);
    if (kind === 'service') return actors.service;
    // Histories have the bare id of a person.
    return /^[0-9a-f]{8}-/.test(actor) ? nameOf(actor) : actor;
  };
}
