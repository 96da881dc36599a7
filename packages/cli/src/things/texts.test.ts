import type { ItemResource, Tenure } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { table } from '../table.ts';
import { itemColumns, itemLines, tenureText } from './item-lines.ts';
import { wordsIn } from './words.ts';

const jan = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const lisa = '6f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const who = (person: string | undefined) => (person === jan ? 'jan' : person === lisa ? 'lisa' : 'nobody');
const plain = { width: undefined, paint: (_: unknown, text: string) => text };
const since = '2026-11-22T12:00:00.000Z';
const now = new Date(since);

const sw1: ItemResource = {
  id: 'sw1',
  name: 'Switch of the rack',
  kind: 'switch',
  layer: '2',
  life: 'in-use',
  core: 'availability',
  space_wide: false,
  since,
  infra: true,
  stands_for: 'switch/sw1',
  tenure: { kind: 'owned' },
  core_for: ['availability'],
  seen: { state: 'up' },
  links: [
    { kind: 'powered-by', to: ['ups/rack', 'ups/attic'], from: 'settings' },
    { kind: 'depends-on', to: ['item/uplink'], from: 'entered' },
  ],
  stewards: [
    {
      id: jan,
      person: jan,
      role: 'steward',
      since,
      confirmed_at: since,
      counts_until: '2027-12-27T12:00:00.000Z',
    },
    { id: lisa, person: lisa, role: 'learner', since, confirmed_at: since },
  ],
};

describe.each(['en', 'nl'] as const)('an item in %s', (language) => {
  const words = wordsIn[language];

  it.each<[Tenure, string, string]>([
    [{ kind: 'owned' }, 'the foundation’s', 'van de stichting'],
    [
      { kind: 'rented', name: 'Hetzner', until: '2027-03-31' },
      'rented from Hetzner, until and including 2027-03-31',
      'gehuurd van Hetzner, tot en met 2027-03-31',
    ],
    [
      { kind: 'loaned', person: jan },
      'on loan from jan, without an end',
      'in bruikleen van jan, zonder einde',
    ],
    [{ kind: 'private', person: lisa }, 'lisa’s own', 'van lisa zelf'],
  ])('says whose it is: %j', (tenure, en, nl) => {
    expect(tenureText(tenure, words, who)).toBe(language === 'en' ? en : nl);
  });

  it('has what it needs with who says so, and who counts, in one screen', () => {
    const lines = itemLines(sw1, words, who, now).join('\n');
    expect(lines).toContain(
      language === 'en' ? 'ups/rack or ups/attic (settings)' : 'ups/rack of ups/attic (instellingen)',
    );
    expect(lines).toMatch(/jan, (counts until|telt tot) 2027-12-27/);
    expect(lines).toMatch(/lisa (learns it|leert het)/);
    expect(lines).toContain('CORE-1');
    const later = itemLines(sw1, words, who, new Date('2028-01-01T00:00:00Z')).join('\n');
    expect(later).toMatch(/counts no more|telt niet meer/);
  });

  it('that is no infra says so, and that nobody said whose one is', () => {
    const [, row] = table([{ ...sw1, infra: false }], itemColumns(words, who), plain, '');
    expect(row).toContain('INFRA-1');
    const { tenure: _, ...unsaid } = sw1;
    expect(itemLines(unsaid, words, who, now).join('\n')).toContain(
      'huismeester item change ID --tenure owned',
    );
  });
});

it('an item that is core by its VM alone says so', () => {
  const website: ItemResource = { ...sw1, core: 'no' };
  expect(itemLines(website, wordsIn.en, who, now).join('\n')).toContain(
    'availability, by the class of the VM',
  );
});
