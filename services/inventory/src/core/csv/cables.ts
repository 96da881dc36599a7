import { CableFields, CableId, ItemId, PortName } from '@huismeester/contracts';
import type { Cable, CableEnd } from '../cable.ts';
import type { WantedCable } from '../plan-cables.ts';
import { type Cells, cellsOf } from './cells.ts';
import type { Row, Wrong } from './table.ts';

export const cableColumns = {
  all: ['id', 'state', 'a-item', 'a-port', 'b-item', 'b-port', 'note'],
  required: ['id', 'state', 'a-item', 'a-port', 'b-item', 'b-port'],
} as const;

/** A line of an export. */
export function cableRow(id: string, { fields: { state, a, b, note } }: Pick<Cable, 'fields'>) {
  return {
    id,
    state,
    'a-item': a?.item,
    'a-port': a?.port,
    'b-item': b?.item,
    'b-port': b?.port,
    note,
  };
}

/** A cable of a file, and the line that it stands on. */
export interface ReadCable extends WantedCable {
  readonly line: number;
}

/** The cables of a file; or all that is wrong with its cells. Without a column for them notes stay as they are. */
export function cablesOf(
  rows: readonly Row[],
  known: ReadonlyMap<string, Pick<Cable, 'fields'>>,
): { readonly cables: readonly ReadCable[] } | { readonly wrong: readonly Wrong[] } {
  const read = rows.map((row) => readCable(cellsOf(row), known));
  const wrong = read.flatMap((each) => each.wrong);
  return wrong.length > 0 ? { wrong } : { cables: read.flatMap(({ cable }) => cable ?? []) };
}

function readCable(
  cells: Cells,
  known: ReadonlyMap<string, Pick<Cable, 'fields'>>,
): { readonly cable?: ReadCable; readonly wrong: readonly Wrong[] } {
  const id = cells.needed('id', CableId);
  const state = cells.needed('state', CableFields.state);
  const [a, b] = [endOf(cells, 'a'), endOf(cells, 'b')];
  const before = id === undefined ? undefined : known.get(id)?.fields.note;
  const note = cells.has('note') ? cells.value('note', CableFields.note) : before;
  const { wrong, line } = cells;
  if (wrong.length > 0 || id === undefined || state === undefined) return { wrong };
  const fields = { state, ...(a && { a }), ...(b && { b }), ...(note !== undefined && { note }) };
  return { wrong, cable: { id, line, fields } };
}

/** A free end has neither an item nor a port. */
function endOf(cells: Cells, side: 'a' | 'b'): CableEnd | undefined {
  const [ofItem, ofPort] = [`${side}-item`, `${side}-port`];
  const isFree = cells.text(ofItem) === '' && cells.text(ofPort) === '';
  if (isFree) return undefined;
  const item = cells.needed(ofItem, ItemId);
  const port = cells.needed(ofPort, PortName);
  return item === undefined || port === undefined ? undefined : { item, port };
}

/** The column that a field of a cable stands in. */
export function cableColumnOf(field: string): string {
  const [side = '', part] = field.split('.');
  if (side !== 'a' && side !== 'b') return field;
  return `${side}-${part ?? 'item'}`;
}
