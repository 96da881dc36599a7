import { randomUUID } from 'node:crypto';
import type { PersonId, StewardResource } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { aggregate, isRefusal, type Made, type Refusal, refuse } from '@huismeester/events';
import type { Identity, Role } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import {
  type About,
  addSteward,
  confirmSteward,
  evolveSteward,
  type NewStewardEvent,
  promoteSteward,
  removeSteward,
  type Somebody,
  type Steward,
} from '../core/steward.ts';
import { type StewardRow, stewardResource } from '../items/shown.ts';
import type { ItemDeps } from '../items/world.ts';
import { item, steward } from '../schema.ts';

type StewardMade =
  | Made<'steward.added'>
  | Made<'steward.promoted'>
  | Made<'steward.confirmed'>
  | Made<'steward.removed'>;

/** Who can run an item, or learns to (TEAM-2); who is it no more has no row. */
const stewards = aggregate({
  kind: 'steward',
  table: steward,
  initial: undefined,
  evolve: (known: Steward | undefined, event: StewardMade) => evolveSteward(known, event),
});

/** What a decision about a steward goes by. */
interface Situation {
  readonly about: About;
  /** All of the item. */
  readonly others: readonly StewardRow[];
  readonly asker: Somebody;
  /** Somebody of the directory; undefined while nothing is known of that. */
  readonly personOf: ((person: PersonId) => Somebody | undefined) | undefined;
}

/** Somebody begins to learn an item; answers that they do. */
export async function addLearner(
  tx: Tx,
  deps: ItemDeps,
  { who, item: about, person }: { who: Identity; item: string; person: PersonId },
): Promise<StewardResource | Refusal> {
  const { log } = deps;
  const id = randomUUID();
  const done = await stewards.handle(tx, {
    log,
    id,
    actor: who.name,
    only: 'new',
    scope: scopeOf(about),
    read: (tx) => readSituation(tx, deps, { item: about, who }),
    decide: (_, situation) => addSteward({ id, person }, situation.about, situation),
  });
  if (isRefusal(done)) return done;
  if (!done.state) throw new Error(`a learner of ${about} was added and is not there`);
  return stewardResource({ id, version: done.version, ...done.state });
}

interface OnSteward {
  readonly id: string;
  readonly who: Identity;
  readonly matches: (resource: unknown) => boolean;
}

/** A learner is steward from now on, as another confirms. */
export function promoteLearner(tx: Tx, deps: ItemDeps, asked: OnSteward): Promise<StewardResource | Refusal> {
  return change(tx, deps, asked, (steward, { about, others, asker, personOf }, now) =>
    personOf === undefined
      ? peopleUnknown()
      : promoteSteward(asked.id, steward, about, { asker, learner: personOf(steward.person), others, now }),
  );
}

/** A steward says that they still can. */
export function confirmStewardship(
  tx: Tx,
  deps: ItemDeps,
  asked: OnSteward,
): Promise<StewardResource | Refusal> {
  return change(tx, deps, asked, (steward, { asker }) => confirmSteward(asked.id, steward, asker));
}

/** Somebody is no steward or learner any more. */
export async function removeStewardship(
  tx: Tx,
  deps: ItemDeps,
  asked: OnSteward,
): Promise<Refusal | undefined> {
  const done = await change(tx, deps, asked, (known, { asker }) => removeSteward(asked.id, known, asker));
  return isRefusal(done) ? done : undefined;
}

async function change(
  tx: Tx,
  deps: ItemDeps,
  { id, who, matches }: OnSteward,
  decide: (known: Steward, situation: Situation, now: Date) => readonly NewStewardEvent[] | Refusal,
): Promise<StewardResource | Refusal> {
  const { log } = deps;
  // Whose scope it is never changes.
  const [row] = await tx.select().from(steward).where(eq(steward.id, id));
  const done = await stewards.handle(tx, {
    log,
    id,
    actor: who.name,
    only: 'existing',
    scope: row ? scopeOf(row.item) : [],
    ifMatch: ({ state, version }) => matches(stewardResource({ id, version, ...state })),
    read: async (tx) => (row ? await readSituation(tx, deps, { item: row.item, who }) : undefined),
    decide: (known, situation, { now }) => (known && situation ? decide(known, situation, now) : []),
  });
  if (isRefusal(done)) return done;
  const { state = row, version } = done;
  if (!state) throw new Error(`steward ${id} was changed and is not there`);
  return stewardResource({ ...state, id, version });
}

/** All of one item are changed one after the other. */
function scopeOf(item: string): string {
  return `stewards/${item}`;
}

async function readSituation(
  tx: Tx,
  { outside, access }: Pick<ItemDeps, 'outside' | 'access'>,
  { item: id, who }: { readonly item: string; readonly who: Identity },
): Promise<Situation> {
  const [known] = await tx.select().from(item).where(eq(item.id, id));
  const thing = known?.fields.stands_for;
  const seen = thing === undefined ? undefined : (await outside.things(tx)).get(thing);
  const others = await tx.select().from(steward).where(eq(steward.item, id));
  const roles = await access.people.roles(tx);
  const personOf = (person: PersonId) => {
    const found = roles?.get(person);
    return found && somebody(person, found);
  };
  return {
    about: { id, item: known, seen },
    others,
    asker: askerOf(who, personOf),
    personOf: roles && personOf,
  };
}

/** Root, who acts for a person, is what that person is. */
function askerOf({ person = '', roles }: Identity, personOf: (person: PersonId) => Somebody | undefined) {
  const own = somebody(person, roles);
  return roles.includes('administrator') ? (personOf(person) ?? own) : own;
}

function somebody(person: PersonId, roles: readonly Role[]): Somebody {
  const isFull = roles.includes('infrateam');
  return { person, isFull, isTrial: roles.includes('trial') && !isFull };
}

/** Who is on trial is known by the directory, and that is not. */
function peopleUnknown(): Refusal {
  return refuse('people-unknown', 'Who is on trial is not known now, since the directory is not', {
    clause: 'JOIN-3',
    errors: [
      { field: 'params.id', found: 'a learner', allowed: 'the same again, once the directory is read' },
    ],
  });
}
