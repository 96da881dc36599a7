import { ItemFields, ItemId, type ItemLink, LinkTarget, Tenure } from '@huismeester/contracts';
import type { Item } from '../item.ts';
import { idOfName } from '../item-id.ts';
import type { WantedItem } from '../world.ts';
import { type Cells, cellsOf } from './cells.ts';
import type { Row, Wrong } from './table.ts';

const links = ['runs-on', 'powered-by', 'depends-on'] as const;
const texts = ['place', 'project', 'note'] as const;

export const itemColumns = {
  all: [
    'id',
    'name',
    'kind',
    'layer',
    'life',
    'core',
    'space-wide',
    'place',
    'tenure',
    'party',
    'until',
    'stands-for',
    'project',
    'note',
    'runs-on',
    'powered-by',
    'depends-on',
  ],
  required: ['name', 'kind', 'layer'],
} as const;

/** A line of an export. */
export function itemRow(id: string, { fields, links: entered }: Pick<Item, 'fields' | 'links'>) {
  const { name, kind, layer, life, core, space_wide, place, tenure, stands_for, project, note } = fields;
  const row: Record<string, string | undefined> = {
    id,
    name,
    kind,
    layer,
    life,
    core,
    'space-wide': space_wide ? 'yes' : 'no',
    place,
    tenure: tenure?.kind,
    party: tenure && partyText(tenure),
    until: tenure?.until,
    'stands-for': stands_for,
    project,
    note,
  };
  for (const of of links) row[of] = targets(entered, of).join(' ');
  return row;
}

function targets(entered: readonly ItemLink[], of: ItemLink['kind']): string[] {
  return entered.filter(({ kind }) => kind === of).map(({ to }) => to);
}

/** A person by id, or a name; a name that looks like one of these two is said to be a name. */
function partyText({ name, person }: Tenure): string {
  if (person !== undefined) return `person:${person}`;
  if (name === undefined) return '';
  return /^(person|name):/.test(name) ? `name:${name}` : name;
}

type Known = ReadonlyMap<string, Pick<Item, 'fields' | 'links'>>;

/** An item of a file, and the line that it stands on. */
export interface ReadItem extends WantedItem {
  readonly line: number;
  /** Of each of its links, the column. */
  readonly columns: readonly string[];
}

/** The items of a file; or all that is wrong with its cells. What the file has no column for stays as it is. */
export function itemsOf(
  rows: readonly Row[],
  known: Known,
): { readonly items: readonly ReadItem[] } | { readonly wrong: readonly Wrong[] } {
  const read = rows.map((row) => readItem(row, known));
  const wrong = read.flatMap((each) => each.wrong);
  return wrong.length > 0 ? { wrong } : { items: read.flatMap(({ item }) => item ?? []) };
}

function readItem(row: Row, known: Known): { readonly item?: ReadItem; readonly wrong: readonly Wrong[] } {
  const cells = cellsOf(row);
  const name = cells.needed('name', ItemFields.name);
  const kind = cells.needed('kind', ItemFields.kind);
  const layer = cells.needed('layer', ItemFields.layer);
  // One name has one id, so that a file without ids can be read twice.
  const given = cells.text('id').trim();
  const id = given === '' ? idOfName(name ?? '', () => false) : given;
  cells.part('id', id, ItemId);
  const before = known.get(id);
  // Of another name the same id may be made: it is not meant then.
  if (given === '' && name !== undefined && before && before.fields.name !== name)
    cells.note('id', '', `an id: ${id} is “${before.fields.name}”`);
  const rest = { ...flagsOf(cells, before?.fields), ...optional(cells, before?.fields) };
  const { entered, columns } = linksOf(cells, before?.links ?? []);
  const { wrong, line } = cells;
  if (wrong.length > 0 || name === undefined || kind === undefined || layer === undefined) return { wrong };
  return { wrong, item: { id, line, fields: { name, kind, layer, ...rest }, links: entered, columns } };
}

type Fields = Item['fields'];

function flagsOf(cells: Cells, before: Fields | undefined): Pick<Fields, 'life' | 'core' | 'space_wide'> {
  return {
    life: cells.value('life', ItemFields.life) ?? before?.life ?? 'in-use',
    core: cells.value('core', ItemFields.core) ?? before?.core ?? 'no',
    space_wide: cells.flag('space-wide') ?? before?.space_wide ?? false,
  };
}

function optional(cells: Cells, before: Fields | undefined) {
  const found: Partial<Pick<Fields, 'place' | 'project' | 'note' | 'stands_for' | 'tenure'>> = {};
  for (const column of texts) {
    const value = cells.has(column) ? cells.value(column, ItemFields[column]) : before?.[column];
    if (value !== undefined) found[column] = value;
  }
  const stands = cells.has('stands-for')
    ? cells.value('stands-for', ItemFields.stands_for)
    : before?.stands_for;
  if (stands !== undefined) found.stands_for = stands;
  const tenure = tenureOf(cells, before?.tenure);
  if (tenure !== undefined) found.tenure = tenure;
  return found;
}

/** Of a file that has not all three columns: the others stay as they are, as long as the kind does. */
function tenureOf(cells: Cells, before: Tenure | undefined): Tenure | undefined {
  const kind = cells.has('tenure') ? cells.value('tenure', Tenure.properties.kind) : before?.kind;
  if (kind === undefined && cells.text('tenure') === '') {
    onlyWithTenure(cells);
    return undefined;
  }
  const { until: last, name, person } = kind === before?.kind ? (before ?? {}) : {};
  const stays = { ...(name !== undefined && { name }), ...(person !== undefined && { person }) };
  const party = cells.has('party') ? partyOf(cells) : stays;
  const until = cells.has('until') ? cells.value('until', Tenure.properties.until) : last;
  return kind && { kind, ...party, ...(until !== undefined && { until }) };
}

function onlyWithTenure(cells: Cells): void {
  for (const column of ['party', 'until']) {
    if (cells.text(column) !== '') cells.note(column, cells.text(column), 'nothing, where tenure is empty');
  }
}

function partyOf(cells: Cells): Pick<Tenure, 'name' | 'person'> {
  const text = cells.text('party');
  if (text === '') return {};
  const [, by, of = ''] = /^(person|name):(.*)$/s.exec(text) ?? [];
  const { name, person } = Tenure.properties;
  if (by === 'person') {
    const id = cells.part('party', of, person);
    return id === undefined ? {} : { person: id };
  }
  const said = cells.part('party', by === 'name' ? of : text, name);
  return said === undefined ? {} : { name: said };
}

/** Of each kind; as in a request. */
const mostLinks = 100;

/** The links of the file; of what it has no column for, those that there are. */
function linksOf(
  cells: Cells,
  before: readonly ItemLink[],
): { readonly entered: readonly ItemLink[]; readonly columns: readonly string[] } {
  const found = links.flatMap((kind) => {
    if (!cells.has(kind)) return before.filter((link) => link.kind === kind);
    const words = new Set(cells.text(kind).split(/\s+/));
    words.delete('');
    if (words.size > mostLinks) {
      cells.note(kind, `${words.size} of them`, `${mostLinks} at most`);
      return [];
    }
    return [...words].flatMap((word): ItemLink[] => {
      const to = cells.part(kind, word, LinkTarget);
      return to === undefined ? [] : [{ kind, to }];
    });
  });
  return { entered: found, columns: found.map(({ kind }) => kind) };
}

const columnsOfFields: Readonly<Record<string, string>> = {
  space_wide: 'space-wide',
  stands_for: 'stands-for',
  'tenure.kind': 'tenure',
  'tenure.name': 'party',
  'tenure.person': 'party',
  'tenure.until': 'until',
};

/** The column that a field of an item stands in, `links.0.to` by the kind of that link. */
export function itemColumnOf(field: string, { columns }: Pick<ReadItem, 'columns'>): string {
  const [, index] = /^links\.(\d+)/.exec(field) ?? [];
  if (index !== undefined) return columns[Number(index)] ?? 'depends-on';
  return columnsOfFields[field] ?? field;
}
