import {
  type EventData,
  type GroupName,
  type No,
  no,
  type OffboardingItem,
  type PersonId,
} from '@huismeester/contracts';
import type { Team } from '../team.ts';
import { type Asker, needsFullMember } from './asker.ts';

/** What is to be done after somebody left the team (TEAM-2). */
export interface Departure {
  readonly since: Date;
  readonly items: OffboardingItem[];
  /** The items that somebody ticked. */
  readonly done: string[];
}

type DepartureEventType = 'departure.begun' | 'departure.ticked';

/** An event of a departure, before it is in the log. */
export type NewDepartureEvent = {
  [T in DepartureEventType]: { readonly type: T; readonly subject: string; readonly data: EventData<T> };
}[DepartureEventType];
export type DepartureEvent = NewDepartureEvent & { readonly time: Date };

/** The departure after the event. Who leaves again has a new list. */
export function evolveDeparture(
  departure: Departure | undefined,
  event: DepartureEvent,
): Departure | undefined {
  if (event.type === 'departure.begun') return { since: event.time, items: event.data.items, done: [] };
  if (departure === undefined) return undefined;
  const { item, done } = event.data;
  const others = departure.done.filter((each) => each !== item);
  return { ...departure, done: done ? [...others, item] : others };
}

/** Where somebody who leaves has something still. */
export interface Held {
  readonly groups: readonly GroupName[];
  /** Ids of accounts with admin rights. */
  readonly accounts: readonly string[];
  readonly lists: readonly { readonly id: string; readonly kind: 'access' | 'secret' }[];
  /** Who administers the wiki was read whole, and each of its accounts is somebody else's. */
  readonly wikiIsClear: boolean;
}

/** What is to be done after somebody left. On a wiki that is not read a person looks. */
export function offboardingItems({ groups, accounts, lists }: Held): OffboardingItem[] {
  const ofTeam = groups.filter((group) => group === 'team' || group === 'trial');
  return [
    ...ofTeam.map((group) => ({ item: `group-${group}`, kind: 'group', what: group }) as const),
    ...accounts.map((id) => ({ item: `account-${id}`, kind: 'account', what: id }) as const),
    ...lists.map((list) => {
      const kind = list.kind === 'secret' ? ('secret' as const) : ('list' as const);
      return { item: itemOfList(list), kind, what: list.id };
    }),
    { item: 'wiki', kind: 'wiki', what: 'wiki' },
  ];
}

/** The item of a list that is kept by hand. */
export function itemOfList({ id, kind }: Held['lists'][number]): string {
  return `${kind === 'secret' ? 'secret' : 'list'}-${id}`;
}

/** Somebody left: what is to be done begins. */
export function begin(person: PersonId, items: OffboardingItem[]): readonly NewDepartureEvent[] {
  return [{ type: 'departure.begun', subject: `departure/${person}`, data: { person, items } }];
}

/** What a full member ticks, or takes the tick away from. */
export interface Tick {
  readonly person: PersonId;
  readonly item: string;
  readonly done: boolean;
}

/** The list, with what was found since somebody left: accounts could not be read then, perhaps. */
export function itemsOf({ items }: Pick<Departure, 'items'>, held: Held): OffboardingItem[] {
  const there = new Set(items.map(({ item }) => item));
  return [...items, ...offboardingItems(held).filter(({ item }) => !there.has(item))];
}

/** A full member did something of the list, or it is to be done after all. */
export function tick(
  departure: Departure | undefined,
  { person, item, done }: Tick,
  asker: Asker,
  { team, held }: { readonly team: Pick<Team, 'full'>; readonly held: Held },
): readonly NewDepartureEvent[] | No {
  const refused = needsFullMember(asker, team, 'TEAM-2');
  if (refused) return refused;
  const items = departure === undefined ? [] : itemsOf(departure, held).map((each) => each.item);
  if (departure === undefined || !items.includes(item)) {
    return no('no-such-item', 'This is not on the list of what is to be done', {
      clause: 'TEAM-2',
      errors: [
        { field: 'params.item', found: item, allowed: items.length === 0 ? 'nothing' : items.join(', ') },
      ],
    });
  }
  if (departure.done.includes(item) === done) return [];
  return [{ type: 'departure.ticked', subject: `departure/${person}`, data: { person, item, done } }];
}
