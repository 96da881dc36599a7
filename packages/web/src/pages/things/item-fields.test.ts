import type { ItemResource } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { empty, fieldsOf, typedOf } from './item-fields.ts';

const item: ItemResource = {
  id: 'bar-pc',
  name: 'Bar PC',
  kind: 'bar-pc',
  layer: '7',
  life: 'in-use',
  core: 'no',
  space_wide: true,
  tenure: { kind: 'loaned', person: '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f', until: '2027-03-31' },
  project: 'p-1',
  since: '2026-01-01T00:00:00.000Z',
  infra: true,
  core_for: [],
  links: [],
  stewards: [],
};

describe('the form of an item', () => {
  it('sends what was there as it was, with what it does not show', () => {
    const { since: _, infra: __, core_for: ___, links: ____, stewards: _____, id: ______, ...fields } = item;
    expect(fieldsOf(typedOf(item), item)).toEqual(fields);
  });

  it('leaves out what is empty', () => {
    const typed = { ...empty('bar'), name: 'Koffiezetter' };
    expect(fieldsOf(typed)).toEqual({
      name: 'Koffiezetter',
      kind: 'other',
      layer: 'supporting',
      life: 'in-use',
      core: 'no',
      space_wide: false,
      place: 'bar',
      tenure: { kind: 'owned' },
    });
  });

  it('says nothing of whose it is where nobody did', () => {
    expect(fieldsOf({ ...empty(''), tenure: 'unsaid' })).not.toHaveProperty('tenure');
  });

  it('takes another party in the place of a person', () => {
    const typed = { ...typedOf(item), party: 'Hetzner' };
    expect(fieldsOf(typed, item).tenure).toEqual({ kind: 'loaned', name: 'Hetzner', until: '2027-03-31' });
  });
});
