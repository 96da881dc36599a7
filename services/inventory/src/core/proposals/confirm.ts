import { type ItemFields, type ItemProposalResource, type No, no } from '@huismeester/contracts';
import { idOfName } from '../item-id.ts';
import type { WantedItem } from '../world.ts';

/** A proposal that somebody confirms, with what is to be otherwise than proposed. */
export interface Confirmed extends Partial<Omit<ItemFields, 'stands_for'>> {
  readonly id: string;
  /** The id that the item gets; made of its name if left out. */
  readonly item?: string;
}

/** What is to be registered: which items, and as which of them each proposal. */
export interface ToRegister {
  readonly wanted: readonly WantedItem[];
  /** In the same order. */
  readonly proposals: readonly ItemProposalResource[];
}

/** The items that follow from proposals that somebody confirms; refused if one of them is not proposed. `taken` says whether an item has that id. */
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
  return { wanted, proposals };
}
