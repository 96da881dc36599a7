import { type ItemFields, type ItemProposalResource, type No, no } from '@huismeester/contracts';
import { type Fault, refusalOf } from '../fault.ts';
import { idOfName } from '../item-id.ts';
import type { WantedItem } from '../world.ts';
import { type NewProposalEvent, proposalRegistered, reopen } from './answer.ts';

/** A proposal that somebody confirms, with what is to be otherwise than proposed. */
export interface Confirmed extends Partial<Omit<ItemFields, 'stands_for'>> {
  readonly id: string;
  /** The id that the item gets; made of its name if left out. */
  readonly item?: string;
}

/** What is to be registered, and what follows for the proposals. */
export interface ToRegister {
  readonly wanted: readonly WantedItem[];
  /** By proposal, what is said of it once they are registered. */
  readonly events: ReadonlyMap<string, readonly NewProposalEvent[]>;
}

/** The refusal of what was confirmed. Who confirmed all at once named none of them: which one it is of stands in what was found. */
export function refusalOfConfirmed(
  faults: readonly Fault[],
  confirmed: readonly Pick<Confirmed, 'id'>[],
  { isAll }: { readonly isAll: boolean },
): No | undefined {
  if (!isAll) {
    return refusalOf(
      faults,
      ({ index, field }) => `body.proposals.${index}.${field === 'id' ? 'item' : field}`,
    );
  }
  const named = faults.map((fault) => ({
    ...fault,
    found: `${fault.found}, of ${confirmed[fault.index]?.id}`,
  }));
  return refusalOf(named, ({ field }) => `body.${field === 'id' ? 'all' : field}`);
}

/**
 * The items that follow from proposals that somebody confirms; refused if one of them is not proposed, or an item has its id. `taken` says whether an
 * item has that id.
 */
export function confirm(
  proposed: readonly ItemProposalResource[],
  confirmed: readonly Confirmed[],
  taken: (id: string) => boolean,
): ToRegister | No {
  const byId = new Map(proposed.map((each) => [each.id, each]));
  const strange = confirmed.flatMap(({ id }, index) => (byId.has(id) ? [] : [{ id, index }]));
  const twice = confirmed.flatMap(({ id }, index) =>
    confirmed.findIndex((each) => each.id === id) < index ? [{ id, index }] : [],
  );
  if (strange.length > 0 || twice.length > 0) {
    return no('not-proposed', 'Not all of these are proposed', {
      clause: 'INFRA-1',
      errors: [...strange, ...twice].map(({ id, index }) => ({
        field: `body.proposals.${index}.id`,
        found: id,
        allowed: 'one that GET /proposals lists, once',
      })),
    });
  }
  const ids = new Set(confirmed.flatMap(({ item }) => item ?? []));
  const isTaken = (id: string) => ids.has(id) || taken(id);
  const proposals = confirmed.flatMap(({ id }) => byId.get(id) ?? []);
  const wanted = confirmed.flatMap(({ id: _, item, ...said }, index): WantedItem[] => {
    const proposal = proposals[index];
    if (proposal === undefined) return [];
    const { name, kind, layer, core, space_wide, stands_for } = proposal;
    const fields: ItemFields = {
      name,
      kind,
      layer,
      core,
      space_wide,
      life: 'in-use',
      ...said,
      ...(stands_for !== undefined && { stands_for }),
    };
    const id = item ?? idOfName(fields.name, isTaken);
    ids.add(id);
    return [{ id, fields, links: [] }];
  });
  const faults = wanted.flatMap(({ id }, index) => (taken(id) ? [takenFault(id, index)] : []));
  const events = new Map(proposals.map((each, index) => [each.id, eventsOf(each, wanted[index]?.id ?? '')]));
  return refusalOfConfirmed(faults, confirmed, { isAll: false }) ?? { wanted, events };
}

/** What stands for a thing is known by that; a dismissal is over all the same. */
function eventsOf(
  { id, stands_for: thing, dismissed }: ItemProposalResource,
  item: string,
): readonly NewProposalEvent[] {
  if (thing === undefined) return proposalRegistered(id, item);
  return dismissed ? reopen(id) : [];
}

function takenFault(id: string, index: number): Fault {
  return {
    index,
    code: 'exists',
    title: `There is an item ${id} already`,
    clause: 'INFRA-2',
    field: 'id',
    found: id,
    allowed: 'an id that no item has',
  };
}
