import type { ItemFields, ItemResource, Tenure } from '@huismeester/contracts';

/** The fields of an item as they are typed: all of them texts. */
export interface Typed {
  readonly name: string;
  readonly id: string;
  readonly kind: ItemFields['kind'];
  readonly layer: ItemFields['layer'];
  readonly life: ItemFields['life'];
  readonly core: ItemFields['core'];
  readonly space_wide: boolean;
  readonly place: string;
  readonly tenure: Tenure['kind'] | 'unsaid';
  readonly party: string;
  readonly until: string;
  readonly stands_for: string;
  readonly note: string;
}

/** A form for a new item at this place. */
export function empty(place: string): Typed {
  return {
    name: '',
    id: '',
    kind: 'other',
    layer: 'supporting',
    life: 'in-use',
    core: 'no',
    space_wide: false,
    place,
    tenure: 'owned',
    party: '',
    until: '',
    stands_for: '',
    note: '',
  };
}

/** An item as it stands in the form. */
export function typedOf(item: ItemResource): Typed {
  const {
    name,
    id,
    kind,
    layer,
    life,
    core,
    space_wide,
    place = '',
    tenure,
    stands_for = '',
    note = '',
  } = item;
  const { kind: whose = 'unsaid', name: party = '', until = '' } = tenure ?? {};
  return {
    name,
    id,
    kind,
    layer,
    life,
    core,
    space_wide,
    place,
    tenure: whose,
    party,
    until,
    stands_for,
    note,
  };
}

/** What was typed, as the API takes it: what is empty is left out. `before` keeps what the form does not show. */
export function fieldsOf(typed: Typed, before?: ItemResource): ItemFields {
  const { name, kind, layer, life, core, space_wide, place, tenure, party, until, stands_for, note } = typed;
  const person = before?.tenure?.kind === tenure && party === '' ? before.tenure.person : undefined;
  const whose: { tenure?: Tenure } =
    tenure === 'unsaid'
      ? {}
      : {
          tenure: {
            kind: tenure,
            ...(tenure !== 'owned' && party !== '' && { name: party }),
            ...(person !== undefined && { person }),
            ...(tenure !== 'owned' && until !== '' && { until }),
          },
        };
  return {
    name,
    kind,
    layer,
    life,
    core,
    space_wide,
    ...(place !== '' && { place }),
    ...whose,
    ...(stands_for !== '' && { stands_for }),
    ...(before?.project !== undefined && { project: before.project }),
    ...(note !== '' && { note }),
  };
}
