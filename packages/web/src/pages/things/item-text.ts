import type { ItemResource, Tenure } from '@huismeester/contracts';
import type { Words } from './words-en.ts';

/** How a civil day is shown, such as `16 januari 2027`. */
export type Day = (iso: string) => string;

/** Whose an item is; `who` names a person by id. */
export function tenureText(
  tenure: Tenure | undefined,
  words: Words,
  who: (id: string) => string,
  day: Day = (iso) => iso,
): string {
  if (tenure === undefined) return words.noTenure;
  const { kind, name, person, until } = tenure;
  const hasEnd = kind === 'rented' || kind === 'loaned';
  const end = until !== undefined ? words.untilDay(day(until)) : hasEnd ? words.noEnd : '';
  return words.terms.tenures[kind](name ?? (person === undefined ? words.somebody : who(person)), end);
}

/** For what it is core, in words; empty: for nothing. */
export function coreText({ core_for }: Pick<ItemResource, 'core_for'>, words: Words): string {
  return core_for.map((each) => words.terms.coreFor[each]).join(', ');
}

/** All that an item is found by, in lower case. */
export function searched(item: ItemResource, words: Words, who: (id: string) => string): string {
  const { name, id, place = '', kind, stands_for = '', note = '', stewards, tenure } = item;
  const people = stewards.map(({ person }) => who(person));
  return [
    name,
    id,
    place,
    words.terms.kinds[kind],
    stands_for,
    note,
    tenureText(tenure, words, who),
    ...people,
  ]
    .join(' ')
    .toLowerCase();
}

/** Whether each word of what was typed stands in the text. */
export function hasAll(text: string, typed: string): boolean {
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
