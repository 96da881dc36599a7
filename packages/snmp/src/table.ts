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
  const rows = new Map<string, (SnmpValue | undefined)[]>();
  const complete = columns.map(() => false);
  const read = columns.map(() => 0);
  const ofScalars = scalars.map((oid, i) => scalarItem(oid, (value) => (values[i] = value)));
  const ofColumns = columns.map((column, i) =>
    columnItem(column, {
      cell(index, value) {
        const row = rows.get(index) ?? columns.map(() => undefined);
        rows.set(index, row);
        row[i] = value;
        read[i] = (read[i] ?? 0) + 1;
        return (read[i] ?? 0) < mostRows;
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
    result: () => ({ scalars: values, rows: inOrder(rows), complete }),
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
  const item: Item = {
    at: column,
    done: false,
    take(varbind) {
      if (isException(varbind)) return item.end();
      if (compareOids(item.at, varbind.oid) >= 0) {
        // The same again, or a step back: from here on it would go round.
        item.done = true;
        return;
      }
      const index = indexBelow(column, varbind.oid);
      if (index === undefined) return item.end();
      item.at = varbind.oid;
      if (!on.cell(index, valueIn(varbind))) item.done = true;
    },
    end() {
      item.done = true;
      on.end();
    },
  };
  return item;
}

/** By index: where a column lacks a row, the others' were found before it. */
function inOrder<T>(rows: Map<string, T>): Map<string, T> {
  const found = [...rows];
  const isInOrder = found.every(([index], i) => i === 0 || compareOids(found[i - 1]?.[0] ?? '', index) < 0);
  return isInOrder ? rows : new Map(found.sort(([one], [other]) => compareOids(one, other)));
}
