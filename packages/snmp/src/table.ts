import { compareOids, indexBelow } from './oid.ts';
import { isException, type SnmpValue, type Varbind, valueIn } from './value.ts';

/** One request's worth: scalars first, then columns, each asked for what follows its OID. */
export interface Step {
  readonly oids: readonly string[];
  readonly scalars: number;
  readonly columns: number;
}

export interface TableResult {
  readonly scalars: (SnmpValue | undefined)[];
  readonly rows: Map<string, (SnmpValue | undefined)[]>;
  readonly complete: boolean[];
}

/** Several columns, and scalars beside them, read in steps of GETBULK or GETNEXT. No I/O. */
export interface TableReading {
  /** What to ask next, so many OIDs at most; undefined when all is read. */
  next(most: number): Step | undefined;
  /** The answer: a list for each OID of the step. Returns how many variables were of use. */
  take(lists: readonly (readonly Varbind[])[]): number;
  /** v1's noSuchName: this OID of the step has nothing after it. False if the step has no such OID. */
  nothingAfter(oid: string | undefined): boolean;
  /** How many rows the column that is read least far has. */
  rowsRead(): number;
  result(): TableResult;
}

interface Item {
  /** What follows this is asked. */
  at: string;
  done: boolean;
  /** One variable; whether it was of use, and whether more may follow. */
  take(varbind: Varbind): void;
  end(): void;
}

/** An agent may make up rows for ever. */
const mostRows = 32_768;

/** `scalars` are instances that end in .0; asked by what is before it, so that GETBULK's non-repeaters return it. */
export function createTableReading(columns: readonly string[], scalars: readonly string[]): TableReading {
  const values: (SnmpValue | undefined)[] = scalars.map(() => undefined);
  const rows = createRows(columns.length);
  const complete = columns.map(() => false);
  const read = columns.map(() => 0);
  const ofScalars = scalars.map((oid, i) => scalarItem(oid, (value) => (values[i] = value)));
  const ofColumns = columns.map((column, i) =>
    columnItem(column, {
      cell(index, value) {
        const place = read[i] ?? 0;
        rows.at(index)[i] = value;
        read[i] = place + 1;
        return place + 1 < mostRows;
      },
      end: () => (complete[i] = true),
    }),
  );
  let step: Item[] = [];
  return {
    next(most) {
      const open = [...ofScalars, ...ofColumns].filter((item) => !item.done);
      step = open.slice(0, most);
      if (step.length === 0) return undefined;
      const asked = step.filter((item) => ofScalars.includes(item)).length;
      return { oids: step.map(({ at }) => at), scalars: asked, columns: step.length - asked };
    },
    take(lists) {
      let taken = 0;
      for (const [i, item] of step.entries()) {
        for (const varbind of lists[i] ?? []) {
          if (item.done) break;
          item.take(varbind);
          taken += 1;
        }
      }
      return taken;
    },
    nothingAfter(oid) {
      const ended = step.filter(({ at }) => at === oid || step.length === 1);
      for (const item of ended) item.end();
      return ended.length > 0;
    },
    rowsRead: () => Math.min(...read.filter((_, i) => !ofColumns[i]?.done)),
    result: () => ({ scalars: values, rows: rows.inOrder(), complete }),
  };
}

function scalarItem(oid: string, found: (value: SnmpValue | undefined) => void): Item {
  const item: Item = {
    at: oid.slice(0, oid.lastIndexOf('.')),
    done: false,
    take(varbind) {
      item.done = true;
      if (varbind.oid === oid) found(valueIn(varbind));
    },
    end: () => (item.done = true),
  };
  return item;
}

/** `cell` is false when there may be no more of them. */
function columnItem(
  column: string,
  on: { cell(index: string, value: SnmpValue | undefined): boolean; end(): void },
): Item {
  let last = '';
  const item: Item = {
    at: column,
    done: false,
    take(varbind) {
      if (isException(varbind)) return item.end();
      const { oid } = varbind;
      const index = indexBelow(column, oid);
      const isAfter = index === undefined ? compareOids(item.at, oid) < 0 : compareOids(last, index) < 0;
      // The same again, or a step back, in the column or out of it: from here on it would go round.
      if (!isAfter) item.done = true;
      else if (index === undefined) item.end();
      else {
        item.at = oid;
        last = index;
        if (!on.cell(index, valueIn(varbind))) item.done = true;
      }
    },
    end() {
      item.done = true;
      on.end();
    },
  };
  return item;
}

type Row = (SnmpValue | undefined)[];

/** Rows by index, of so many cells each. */
function createRows(width: number) {
  const rows = new Map<string, Row>();
  let newest = '';
  const blank: Row = Array.from({ length: width }, () => undefined);
  let isInOrder = true;
  return {
    at(index: string): Row {
      const known = rows.get(index);
      if (known) return known;
      const row = blank.slice();
      // Where the first column lacks a row, the others' are found after what follows it.
      isInOrder &&= compareOids(newest, index) < 0;
      newest = index;
      rows.set(index, row);
      return row;
    },
    inOrder: (): Map<string, Row> =>
      isInOrder ? rows : new Map([...rows].sort(([one], [other]) => compareOids(one, other))),
  };
}
