import type { EventOf, ItemEntity, ItemFields, ItemLink } from '@huismeester/contracts';

/** An item of the register (INFRA-1), from inventory's events alone. Kept by its id, retired ones included; where it stands and what was noted of it is not kept. */
export interface ItemFact {
  readonly item: string;
  readonly name: string;
  readonly kind: ItemFields['kind'];
  readonly layer: ItemFields['layer'];
  readonly life: ItemFields['life'];
  readonly core: ItemFields['core'];
  readonly spaceWide: boolean;
  /** Whose it is and until when; missing: nobody said. With whom that was agreed upon is nobody's business here. */
  readonly tenure?: Tenure;
  /** What another service sees, such as `vm/104`. */
  readonly standsFor?: string;
  readonly project?: string;
  /** What somebody entered that it needs, in the order of kind and target. */
  readonly links: readonly ItemLink[];
  /** The event that last said all of it; unknown where it was read from a snapshot. */
  readonly saidBy?: string;
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

/** `until` is the last civil day of it, as `YYYY-MM-DD`. */
export interface Tenure {
  readonly kind: NonNullable<ItemFields['tenure']>['kind'];
  readonly until?: string;
}

export type ItemEvent = EventOf<
  'item.registered' | 'item.changed' | 'item.retired' | 'item.linked' | 'item.unlinked'
>;

/** Folds one of inventory's events into what is known of an item; undefined for one that was never seen. */
export function evolveItem(known: ItemFact | undefined, event: ItemEvent): ItemFact | undefined {
  const { id } = event;
  if (event.type === 'item.registered') return { ...said(event.data), links: [], saidBy: id };
  if (known === undefined) return undefined;
  switch (event.type) {
    case 'item.changed':
      return { ...said(event.data), links: known.links, saidBy: id };
    case 'item.retired':
      return { ...known, life: 'retired', saidBy: id };
    case 'item.linked': {
      const { kind, to } = event.data;
      return {
        ...known,
        links: [...without(known.links, event.data), { kind, to }].toSorted(byKindAndTarget),
      };
    }
    case 'item.unlinked':
      return { ...known, links: without(known.links, event.data) };
  }
}

/** The item as inventory's snapshot has it: the same as a fold of its events, but for the event that said it. */
export function itemFrom(entity: ItemEntity): ItemFact {
  return { ...said(entity), links: entity.links.toSorted(byKindAndTarget) };
}

function said(fields: ItemFields & { readonly item: string }): Omit<ItemFact, 'links'> {
  const { item, name, kind, layer, life, core, space_wide, tenure, stands_for, project } = fields;
  return {
    item,
    name,
    kind,
    layer,
    life,
    core,
    spaceWide: space_wide,
    ...(tenure && { tenure: tenureOf(tenure) }),
    ...(stands_for !== undefined && { standsFor: stands_for }),
    ...(project !== undefined && { project }),
  };
}

function tenureOf({ kind, until }: NonNullable<ItemFields['tenure']>): Tenure {
  return { kind, ...(until !== undefined && { until }) };
}

function without(links: readonly ItemLink[], { kind, to }: ItemLink): ItemLink[] {
  return links.filter((each) => each.kind !== kind || each.to !== to);
}

function byKindAndTarget(one: ItemLink, other: ItemLink): number {
  const [a, b] = [`${one.kind} ${one.to}`, `${other.kind} ${other.to}`];
  return a < b ? -1 : a > b ? 1 : 0;
}
