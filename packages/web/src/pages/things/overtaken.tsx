import type { Edit } from '../../api/edit.ts';
import { OvertakenFields } from '../../parts/overtaken.tsx';
import type { Typed } from './item-fields.ts';
import { words } from './words.ts';

/** Somebody else changed the item meanwhile: both versions, field by field. */
export function Overtaken({ edit: { both } }: { readonly edit: Edit<Typed> }) {
  const text = words.value;
  const names = {
    name: text.name,
    id: text.id,
    kind: text.kind,
    layer: text.layer,
    life: text.life,
    core: text.core,
    space_wide: text.spaceWide,
    place: text.place,
    tenure: text.tenure,
    party: text.party,
    until: text.until,
    stands_for: text.standsFor,
    note: text.note,
  };
  return <OvertakenFields both={both} names={names} say={say} />;
}

/** What stands in a field, in words. */
function say(field: keyof Typed, item: Typed): string {
  const text = words.value;
  if (field === 'kind') return text.terms.kinds[item.kind];
  if (field === 'layer') return text.layers(item.layer);
  if (field === 'life') return text.terms.lives[item.life];
  if (field === 'core') return text.terms.cores[item.core];
  if (field === 'tenure') return text.tenureKinds[item.tenure];
  if (field === 'space_wide') return item.space_wide ? text.spaceWide : '';
  return item[field];
}
