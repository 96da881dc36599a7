import type { Tx } from '@huismeester/database';
import { type EntityKind, entityKind } from '@huismeester/events';
import type { Static, TSchema } from 'typebox';

/** How the facts of one kind are kept (facts/store.ts). */
interface Store<Fact> {
  get(tx: Tx, key: string): Promise<Fact | undefined>;
  save(tx: Tx, key: string, state: Fact): Promise<void>;
  forget(tx: Tx, key: string): Promise<void>;
  replace(tx: Tx, states: ReadonlyMap<string, Fact>, kept?: readonly string[]): Promise<void>;
}

/** The handler of events that are folded into the fact under a key; nothing that is known is no row. */
export function foldInto<Event, Fact>(
  store: Store<Fact>,
  keyOf: (event: Event) => string,
  evolve: (known: Fact | undefined, event: Event) => Fact | undefined,
): (tx: Tx, event: Event) => Promise<void> {
  return async (tx, event) => {
    const key = keyOf(event);
    await saveOrForget(store, tx, key, evolve(await store.get(tx, key), event));
  };
}

/** How entities of a snapshot become facts, by the same key; `from` gives undefined for one that is as if it was not there. */
export function factKind<Schema extends TSchema, Fact>(
  schema: Schema,
  store: Store<Fact>,
  from: (entity: Static<Schema>) => Fact | undefined,
): EntityKind {
  return entityKind({
    schema,
    replace: (tx, found, kept) => {
      const facts = found.flatMap(({ id, state }) => {
        const fact = from(state);
        return fact === undefined ? [] : [[id, fact] as const];
      });
      return store.replace(tx, new Map(facts), kept);
    },
    save: (tx, { id, state }) => saveOrForget(store, tx, id, from(state)),
  });
}

function saveOrForget<Fact>(store: Store<Fact>, tx: Tx, key: string, fact: Fact | undefined): Promise<void> {
  return fact === undefined ? store.forget(tx, key) : store.save(tx, key, fact);
}
