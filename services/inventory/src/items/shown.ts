import {
  coreFor,
  type ItemLink,
  type ItemResource,
  isInfra,
  type LinkSeen,
  type StewardResource,
} from '@huismeester/contracts';
import type { Identity } from '@huismeester/service';
import { type Item, vertexOfItem } from '../core/item.ts';
import { countsUntil } from '../core/steward.ts';
import type { SeenThing, ThingNeed, Vertex } from '../core/things.ts';
import type { steward } from '../schema.ts';

export type StewardRow = typeof steward.$inferSelect;

/** What stands beside items when they are shown. */
export interface Beside {
  readonly things: ReadonlyMap<Vertex, SeenThing>;
  readonly needsOf: ReadonlyMap<Vertex, readonly ThingNeed[]>;
  /** By item. */
  readonly stewardsOf: ReadonlyMap<string, readonly StewardRow[]>;
}

/** Who reads: ids of people are hidden from those who may not see them (PRIV-1); of items that they run or learn themselves they see all. */
export interface Viewer {
  readonly person: string | undefined;
  readonly seesPeople: boolean;
}

const seeing: readonly Identity['roles'][number][] = [
  'trial',
  'infrateam',
  'board',
  'administrator',
  'service',
];
/** For those who write: they may read all of it. */
export const everything: Viewer = { person: undefined, seesPeople: true };

/** What somebody who asks may see. */
export function viewerOf({ roles, person }: Identity): Viewer {
  return { person, seesPeople: roles.some((role) => seeing.includes(role)) };
}

/** An item as REST shows it. */
export function itemResource(id: string, item: Item, beside: Beside, viewer: Viewer): ItemResource {
  const { fields, since, links } = item;
  const { stands_for: thing } = fields;
  const seen = thing === undefined ? undefined : beside.things.get(thing);
  const stewards = visible(beside.stewardsOf.get(id) ?? [], viewer);
  return {
    id,
    ...shownFields(fields, viewer),
    since: since.toISOString(),
    infra: isInfra(fields),
    core_for: coreFor(fields, { vmClass: seen?.class }),
    ...(seen && { seen: seenThing(seen) }),
    links: [...links.map(entered), ...(beside.needsOf.get(vertexOfItem(id, item)) ?? []).map(readOnly)],
    stewards: stewards.map((row) => {
      const { item: _, ...rest } = stewardResource(row);
      return rest;
    }),
  };
}

/** Ids of people are hidden from those who may not see them, and so is a name that may be a person's (PRIV-1). */
function shownFields(fields: Item['fields'], { person, seesPeople }: Viewer): Item['fields'] {
  const { tenure } = fields;
  if (tenure === undefined || seesPeople || (tenure.person !== undefined && tenure.person === person))
    return fields;
  const { person: _, name, ...rest } = tenure;
  // Things are rented of organisations; a lender or an owner may be anybody.
  const isOrganisation = tenure.kind === 'rented' && name !== undefined;
  return { ...fields, tenure: isOrganisation ? { ...rest, name } : rest };
}

/** Of an item that one runs or learns oneself, all; of others none. */
export function visible(
  stewards: readonly StewardRow[],
  { person, seesPeople }: Viewer,
): readonly StewardRow[] {
  return seesPeople || stewards.some((each) => each.person === person) ? stewards : [];
}

/** A steward as REST shows it. */
export function stewardResource(row: StewardRow): StewardResource {
  const { id, item, person, role, since, confirmedAt } = row;
  const until = countsUntil(row);
  return {
    id,
    item,
    person,
    role,
    since: since.toISOString(),
    confirmed_at: confirmedAt.toISOString(),
    ...(until && { counts_until: until.toISOString() }),
  };
}

function seenThing({ owner: _, ...seen }: SeenThing): NonNullable<ItemResource['seen']> {
  return seen;
}

function entered({ kind, to }: ItemLink): LinkSeen {
  return { kind, to: [to], from: 'entered' };
}

function readOnly({ kind, to, source }: ThingNeed): LinkSeen {
  return { kind, to: [...to], from: source };
}
