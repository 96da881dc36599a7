import { agentError } from './errors.ts';
import type { Ask } from './library-types.ts';
import { createRepetitions, mostRepetitions, type Repetitions, repetitionsFor } from './repetitions.ts';
import type { Requests } from './requests.ts';
import { askFor, type NextLimit } from './step.ts';
import { createTableReading, type TableResult } from './table.ts';

export interface SnmpTable extends TableResult {
  /** The scalars' values, in the order asked. */
  readonly scalars: TableResult['scalars'];
  /** By index (what follows the column's OID), in the order of a MIB: a value for each column, or undefined. */
  readonly rows: TableResult['rows'];
  /** For each column, whether it was read to its end; false where the agent looped or stepped back. */
  readonly complete: boolean[];
  readonly requests: number;
}

interface Wanted {
  readonly columns: readonly string[];
  readonly scalars: readonly string[];
  /** How many rows are expected, if known. */
  readonly rows: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A cell of a table of numbers: 2 bytes of sequence, 12 of OID and 6 of value, and the header's share. */
const firstBytesPerCell = 20;

/** What was found out about one table of an agent: how large its answers may be depends on the columns. */
interface KnownTable {
  readonly repetitions: Repetitions;
  bytesPerCell: number | undefined;
}

/** Reads tables of one agent, and remembers how large its answers may be. */
export function createTableReader(
  requests: Requests,
  { agent, attempts, bulk }: { agent: string; attempts: number; bulk: boolean },
) {
  const nextLimit: NextLimit = { most: 64 };
  const knownOf = createKnownTables();

  return async ({ columns, scalars, rows, signal }: Wanted): Promise<SnmpTable> => {
    const table = createTableReading(columns, scalars);
    const known = knownOf(columns);
    const { repetitions } = known;
    let sent = 0;
    let largest = 0;
    const ask = (asked: Ask, times: number) => {
      sent += 1;
      return requests.ask(asked, { attempts: times, signal });
    };
    for (let step = table.next(nextLimit.most); step; step = table.next(nextLimit.most)) {
      const wanted = {
        columns: step.columns,
        bytesPerCell: known.bytesPerCell ?? firstBytesPerCell,
        limit: repetitions.limit,
        left: rows === undefined ? undefined : rows + 1 - table.rowsRead(),
      };
      const size = bulk && step.columns > 0 ? repetitionsFor(wanted) : 1;
      const answer = await askFor(step, size, { repetitions, next: nextLimit, attempts, ask });
      if (!answer) continue;
      if ('noSuchName' in answer) {
        // Without a name: one at a time, until it is found.
        if (!table.nothingAfter(answer.noSuchName)) nextLimit.most = 1;
        continue;
      }
      const cells = answer.lists.reduce((sum, list) => sum + list.length, 0);
      if (cells > step.oids.length) {
        // The last answer is smaller: it has cells of what is after the table.
        largest = Math.max(largest, answer.bytes / cells);
        known.bytesPerCell = largest;
      }
      if (table.take(answer.lists) > 0) continue;
      if (size === 1) throw agentError('protocol', agent);
      repetitions.tooBig(size);
    }
    return { ...table.result(), requests: sent };
  };
}

/** What is known of the table of these columns. */
function createKnownTables(): (columns: readonly string[]) => KnownTable {
  const tables = new Map<string, KnownTable>();
  return (columns) => {
    const key = columns.join();
    const found = tables.get(key);
    if (found) return found;
    // An agent that refused GETBULK for every table so far is not asked in bulk for the next one.
    const limits = [...tables.values()].map(({ repetitions }) => repetitions.limit);
    const repetitions = createRepetitions(limits.length > 0 ? Math.max(...limits) : mostRepetitions);
    const made: KnownTable = { repetitions, bytesPerCell: undefined };
    tables.set(key, made);
    return made;
  };
}
