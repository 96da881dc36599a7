import type { CableFields, ItemFields, ItemLink } from '@huismeester/contracts';
import { CableState, ItemCore, ItemKind, ItemLife, LinkKind, OsiLayer, Tenure } from '@huismeester/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrder } from '../item.ts';
import { cableColumnOf, cableColumns, cableRow, cablesOf } from './cables.ts';
import { itemColumnOf, itemColumns, itemRow, itemsOf } from './items.ts';
import { isWrong, readTable, writeTable } from './table.ts';

/* Long, since it is tables of cells, and the round trip of all of them. */

/* import(export(x)) = nothing to do: what is read of a register's own file is what is in the register. */

const id = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,6})?$/);
const text = (minLength: number, maxLength: number) =>
  fc
    .oneof(
      fc.string({ unit: 'binary', minLength, maxLength }),
      fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n\'",;: aperson'), minLength, maxLength }),
    )
    // What JSON brings in longer, by code units, is refused there.
    .filter((each) => each.length <= maxLength);
const word = <Words extends { readonly enum: readonly string[] }>(words: unknown) =>
  fc.constantFrom(...(words as Words).enum);
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

const party = fc.oneof(
  fc.record({ person: fc.uuid() }),
  fc.record({
    name: fc.oneof(
      text(2, 40),
      fc.uuid().map((uuid) => `person:${uuid}`),
    ),
  }),
);
const tenure = fc
  .tuple(word(Tenure.properties.kind), party, maybe(fc.constantFrom('2027-03-31', '2028-02-29')))
  .map(([kind, whose, until]) => (kind === 'owned' ? { kind } : { kind, ...whose, ...(until && { until }) }));
const fields = fc
  .record({
    name: text(2, 40),
    kind: word(ItemKind),
    layer: word(OsiLayer),
    life: word(ItemLife),
    core: word(ItemCore),
    space_wide: fc.boolean(),
    place: maybe(text(1, 40)),
    tenure: maybe(tenure),
    stands_for: maybe(id.map((each) => `vm/${each}`)),
    project: maybe(id),
    note: maybe(text(1, 99)),
  })
  .map(
    (all) => Object.fromEntries(Object.entries(all).filter(([, each]) => each !== undefined)) as ItemFields,
  );
const links = fc
  .uniqueArray(fc.record({ kind: word(LinkKind), to: id.map((each) => `item/${each}`) }), {
    maxLength: 4,
    selector: ({ kind, to }) => `${kind} ${to}`,
  })
  .map((all) => inOrder(all as ItemLink[]));
const items = fc.uniqueArray(fc.tuple(id, fc.record({ fields, links })), {
  minLength: 1,
  maxLength: 6,
  selector: ([each]) => each,
});

function rowsOf(written: string, columns: Parameters<typeof readTable>[1]) {
  const rows = readTable(written, columns);
  if (isWrong(rows)) throw new Error(JSON.stringify(rows));
  return rows;
}

test('of items, whatever their texts are', () => {
  fc.assert(
    fc.property(items, (register) => {
      const written = writeTable(
        itemColumns.all,
        register.map(([of, item]) => itemRow(of, item)),
      );
      const read = itemsOf(rowsOf(written, itemColumns), new Map());
      const found =
        'items' in read
          ? read.items.map((each) => [each.id, { fields: each.fields, links: inOrder(each.links ?? []) }])
          : read;
      expect(found).toEqual(register);
    }),
  );
});

const end = fc.record({
  item: id,
  port: fc.stringMatching(/^[^\s](.*[^\s])?$/).filter((each) => each.length <= 40),
});
const cables = fc.uniqueArray(
  fc.tuple(
    id,
    fc
      .record({ state: word(CableState), a: maybe(end), b: maybe(end), note: maybe(text(1, 60)) })
      .map(
        (all) =>
          Object.fromEntries(Object.entries(all).filter(([, each]) => each !== undefined)) as CableFields,
      ),
  ),
  { minLength: 1, maxLength: 6, selector: ([each]) => each },
);

test('of cables, whatever their ports are', () => {
  fc.assert(
    fc.property(cables, (register) => {
      const written = writeTable(
        cableColumns.all,
        register.map(([of, known]) => cableRow(of, { fields: known })),
      );
      const read = cablesOf(rowsOf(written, cableColumns), new Map());
      expect('cables' in read ? read.cables.map((each) => [each.id, each.fields]) : read).toEqual(register);
    }),
  );
});

const known = new Map([
  [
    'bar-pc',
    {
      fields: {
        name: 'Bar PC',
        kind: 'bar-pc',
        layer: '7',
        life: 'building',
        core: 'availability',
        space_wide: true,
        place: 'bar',
        tenure: { kind: 'rented', name: 'Hetzner', until: '2027-03-31' },
      } as ItemFields,
      links: [{ kind: 'depends-on', to: 'switch/sw1' }] as ItemLink[],
    },
  ],
]);
const readAs = (written: string) => itemsOf(rowsOf(written, itemColumns), known);

test('a short file is enough: what it has no column for is as it was, and of a new one as is usual; ids are made of names', () => {
  const read = readAs(
    'name;kind;layer;depends-on\nBar PC;laptop;7;ups/a  ups/b ups/a\nPDU;other;supporting;\n',
  );
  expect(read).toEqual({
    items: [
      {
        id: 'bar-pc',
        line: 2,
        fields: { ...known.get('bar-pc')?.fields, kind: 'laptop' },
        links: [
          { kind: 'depends-on', to: 'ups/a' },
          { kind: 'depends-on', to: 'ups/b' },
        ],
        columns: ['depends-on', 'depends-on'],
      },
      {
        id: 'pdu',
        line: 3,
        fields: {
          name: 'PDU',
          kind: 'other',
          layer: 'supporting',
          life: 'in-use',
          core: 'no',
          space_wide: false,
        },
        links: [],
        columns: [],
      },
    ],
  });
});

test('a name from which the id of another item would be made needs an id', () => {
  expect(readAs('name,kind,layer\nBar-PC!,laptop,7\n')).toEqual({
    wrong: [{ field: 'line 2, id', found: 'nothing', allowed: 'an id: bar-pc is “Bar PC”' }],
  });
  expect(readAs('id,name,kind,layer\nbar-pc,Bar-PC!,laptop,7\n')).toHaveProperty('items');
});

test('an empty cell takes out what was said', () => {
  const read = readAs('name,kind,layer,place,tenure,party,until\nBar PC,bar-pc,7,,,,\n');
  const [item] = 'items' in read ? read.items : [];
  expect(item?.fields).toEqual({
    name: 'Bar PC',
    kind: 'bar-pc',
    layer: '7',
    life: 'building',
    core: 'availability',
    space_wide: true,
  });
  expect(item?.links).toEqual(known.get('bar-pc')?.links);
});

const rented = { kind: 'rented', name: 'Hetzner', until: '2027-03-31' };
test.each<[string, object]>([
  ['tenure,party\nrented,OVH', { ...rented, name: 'OVH' }],
  ['tenure\nrented', rented],
  ['until\n2028-01-31', { ...rented, until: '2028-01-31' }],
  ['until\n', { kind: 'rented', name: 'Hetzner' }],
  ['tenure\nowned', { kind: 'owned' }],
])('of whose it is, what the file has no column for stays: %j', (cells, tenure) => {
  const [header, line] = cells.split('\n');
  const read = readAs(`name,kind,layer,${header}\nBar PC,bar-pc,7,${line}\n`);
  expect('items' in read && read.items[0]?.fields.tenure).toEqual(tenure);
});

test('an end without whose it is is named, also where the file has no column for that', () => {
  expect(readAs('name,kind,layer,until\nPDU,other,7,2028-01-31\n')).toMatchObject({
    wrong: [{ field: 'line 2, until', found: '2028-01-31' }],
  });
});

test('a day as a spreadsheet writes it is named, with how it is to be', () => {
  expect(readAs('name,kind,layer,tenure,party,until\nPDU,other,7,rented,OVH,16-1-2027\n')).toMatchObject({
    wrong: [{ field: 'line 2, until', found: '16-1-2027', allowed: 'a day such as 2027-03-31' }],
  });
});

test('each bad cell is named, with what is allowed', () => {
  const header = 'id,name,kind,layer,core,space-wide,tenure,party,until,stands-for,runs-on';
  const read = readAs(
    `${header}\nB C,B,toaster,8,very,perhaps,bought,x,soon,toaster/1,here\n,"Bar\nPC",bar-pc,7,,,,Hetzner,,,\n,PC,bar-pc,7,,,private,person:me,,,\n`,
  );
  const wrong = 'wrong' in read ? read.wrong.map(({ field, found }) => `${field}: ${found}`) : read;
  expect(wrong).toEqual([
    'line 2, name: B',
    'line 2, kind: toaster',
    'line 2, layer: 8',
    'line 2, id: B C',
    'line 2, core: very',
    'line 2, space-wide: perhaps',
    'line 2, stands-for: toaster/1',
    'line 2, tenure: bought',
    'line 2, party: x',
    'line 2, until: soon',
    'line 2, runs-on: here',
    'line 3, id: nothing',
    'line 3, party: Hetzner',
    'line 5, party: me',
  ]);
  const kinds = 'wrong' in read && read.wrong[1]?.allowed;
  expect(kinds).toContain('server, ups, server-software');
});

test.each(['constructor', '__proto__', 'toString'])('space-wide is not %s', (found) => {
  const read = readAs(`id,name,kind,layer,space-wide\na,PC,bar-pc,7,${found}\n`);
  expect('wrong' in read && read.wrong).toEqual([
    { field: 'line 2, space-wide', found: found.toLowerCase(), allowed: 'yes, no' },
  ]);
});

test('an item has a hundred links of a kind at most; one that is there twice counts once', () => {
  const vms = Array.from({ length: 200_000 }, (_, index) => `vm/${index}`);
  const of = (words: readonly string[]) =>
    readAs(`id,name,kind,layer,runs-on\na,PC,bar-pc,7,${words.join(' ')}\n`);
  const many = of(vms);
  expect('wrong' in many && many.wrong).toEqual([
    { field: 'line 2, runs-on', found: '200000 of them', allowed: '100 at most' },
  ]);
  expect(of([...vms.slice(0, 100), 'vm/0'])).not.toHaveProperty('wrong');
});

test('what the register refuses is said of a column', () => {
  const read = { columns: ['runs-on', 'depends-on'] };
  const fieldsOf = ['core', 'space_wide', 'stands_for', 'tenure.person', 'tenure.until', 'links.1.to'];
  expect(fieldsOf.map((field) => itemColumnOf(field, read))).toEqual([
    'core',
    'space-wide',
    'stands-for',
    'party',
    'until',
    'depends-on',
  ]);
  expect(['id', 'a', 'b.port', 'a.item'].map(cableColumnOf)).toEqual(['id', 'a-item', 'b-port', 'a-item']);
});
