import { type AccessListResource, milliseconds, type PersonId } from '@huismeester/contracts';
import { aggregate, type Made } from '@huismeester/events';
import { accessList } from '../schema.ts';

type Row = typeof accessList.$inferSelect;
/** A list that is kept by hand: who has access to what has no API, or knows a secret (CORE-2). */
type AccessList = Omit<Row, 'id' | 'version'>;
type ListEvent = Made<'access-list.recorded'> | Made<'access-list.confirmed'> | Made<'access-list.ended'>;

export const accessLists = aggregate({
  kind: 'access-list',
  table: accessList,
  initial: undefined,
  evolve(list: AccessList | undefined, event: ListEvent): AccessList | undefined {
    if (event.type === 'access-list.ended') return undefined;
    if (event.type === 'access-list.recorded') {
      const { list: _, ...fields } = event.data;
      return { ...fields, since: event.time, confirmed: null };
    }
    const confirmed = { at: event.time.toISOString(), by: event.data.by };
    return list && { ...list, confirmed };
  },
});

/** A list as REST shows it; who writes one down has looked at it. */
export function listResource(
  { version: _, since, confirmed, ...list }: Row,
  confirmEvery: string,
): AccessListResource {
  const looked = confirmed === null ? since : new Date(confirmed.at);
  return {
    ...list,
    since: since.toISOString(),
    ...(confirmed && { confirmed }),
    due: new Date(looked.getTime() + milliseconds(confirmEvery)).toISOString(),
  };
}

/** Those who are no people of the directory, each as what is wrong with a request. */
export function strangers(people: readonly PersonId[], there: ReadonlySet<string>) {
  return people.flatMap((id, index) =>
    there.has(id)
      ? []
      : [
          {
            field: `body.people.${index}`,
            found: id,
            allowed: 'the id of a person whom `GET /people` lists',
          },
        ],
  );
}
