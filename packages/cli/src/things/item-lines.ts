import type { ItemResource, Tenure } from '@huismeester/contracts';
import type { Called } from '../people/called.ts';
import type { Column } from '../table.ts';
import { rowLines } from '../team/said.ts';
import { civilTime } from '../time.ts';
import type { Words } from './words-en.ts';

/** Whose an item is, for people. */
export function tenureText(tenure: Tenure | undefined, { item }: Words, who: Called): string | undefined {
  if (tenure === undefined) return undefined;
  const { kind, name, person, until } = tenure;
  const hasEnd = kind === 'rented' || kind === 'loaned';
  const end = until !== undefined ? item.until(until) : hasEnd ? item.noEnd : '';
  return item.tenures[kind](name ?? (person === undefined ? item.hidden : who(person)), end);
}

/** The list of items, one a line. */
export function itemColumns(words: Words, who: Called): readonly Column<ItemResource>[] {
  const { item } = words;
  const { heads } = item;
  return [
    { head: heads.id, of: ({ id }) => id },
    { head: heads.kind, of: ({ kind }) => item.kinds[kind] },
    { head: heads.layer, of: ({ layer }) => layer },
    {
      head: heads.life,
      of: ({ life }) => item.lives[life],
      style: ({ life }) => (life === 'retired' ? 'dim' : undefined),
    },
    { head: heads.core, of: (each) => coreText(each, words) },
    {
      head: heads.stewards,
      of: ({ stewards }) =>
        stewards
          .filter(({ role }) => role === 'steward')
          .map(({ person }) => who(person))
          .join(', '),
    },
    { head: heads.seen, of: ({ seen }) => seen?.state },
    {
      head: heads.tenure,
      of: ({ tenure, infra }) => (infra ? (tenureText(tenure, words, who) ?? '?') : item.notInfraShort),
    },
    { head: heads.name, of: ({ name }) => name },
  ];
}

function coreText({ core_for }: ItemResource, { item }: Words): string {
  return core_for.map((each) => item.coreFor[each]).join(', ');
}

/** One item, for people: `now` says which stewards count still (TEAM-2). */
export function itemLines(found: ItemResource, words: Words, who: Called, now: Date): string[] {
  const { item } = words;
  const { labels } = item;
  const several = (label: string, texts: readonly string[]) =>
    texts.map((text, at) => [at === 0 ? label : '', text] as const);
  return [
    `${found.name} (${found.id})`,
    ...rowLines([
      [labels.kind, `${item.kinds[found.kind]}, ${item.layer(found.layer)}`],
      [labels.life, item.lives[found.life]],
      [labels.core, found.infra ? coreLine(found, words) : item.notInfra],
      [labels.spaceWide, found.space_wide ? item.yes : undefined],
      [labels.place, found.place],
      [labels.tenure, tenureText(found.tenure, words, who) ?? item.noTenure],
      [labels.standsFor, found.stands_for],
      [labels.seen, seenText(found, words)],
      [labels.project, found.project],
      ...several(
        labels.needs,
        found.links.map(({ kind, to, from }) => `${item.links[kind]} ${to.join(item.or)}${item.from[from]}`),
      ),
      ...several(labels.stewards, stewardTexts(found, words, who, now)),
      [labels.note, found.note],
      [labels.since, civilTime(found.since)],
    ]),
  ];
}

function coreLine(found: ItemResource, words: Words): string {
  const { item } = words;
  const isByVm = found.core === 'no' && found.core_for.length > 0;
  return isByVm ? item.isCoreByVm(coreText(found, words)) : item.cores[found.core];
}

function seenText({ stands_for, seen }: ItemResource, { item }: Words): string | undefined {
  if (seen === undefined) return stands_for === undefined ? undefined : item.unseen;
  const { state, since, node, name } = seen;
  return [
    state,
    ...(name === undefined ? [] : [name]),
    ...(node === undefined ? [] : [node]),
    ...(since === undefined ? [] : [civilTime(since)]),
  ].join(', ');
}

function stewardTexts({ stewards, infra }: ItemResource, words: Words, who: Called, now: Date): string[] {
  const { item } = words;
  if (stewards.length === 0) return infra ? [item.noSteward] : [];
  return stewards.map(({ person, role, counts_until }) => {
    if (role === 'learner') return item.learns(who(person));
    const counts = counts_until !== undefined && new Date(counts_until) > now;
    return counts
      ? item.counts(who(person), civilTime(counts_until).slice(0, 10))
      : item.countsNoMore(who(person));
  });
}
