import { agentError, SnmpError } from './errors.ts';
import { createRepetitions, repetitionsFor } from './repetitions.ts';
import type { Answer, Requests } from './requests.ts';
import { createTableReading, type Step, type TableResult } from './table.ts';

export interface SnmpTable extends TableResult {
  /** The scalars' values, in the order asked. */
  readonly scalars: TableResult['scalars'];
  /** By index (what follows the column's OID), in the order of a MIB: a value for each column, or undefined. */
  readonly rows: TableResult['rows'];
  /** For each column, whether it was read to its end; false where the agent looped or stepped back. */
  readonly complete: boolean[];
  readonly requests: number;
}

interface Reading {
  rows: number | undefined;
  signal: AbortSignal | undefined;
}

/** A cell of a table of numbers: 2 bytes of sequence, 12 of OID and 6 of value, and the header's share. */
const firstBytesPerCell = 20;

/** Reads tables of one agent, and remembers how large its answers may be. */
export function createTableReader(
  requests: Requests,
  { agent, attempts, bulk }: { agent: string; attempts: number; bulk: boolean },
) {
  const repetitions = createRepetitions();
  const bytesPerCell = new Map<string, number>();
  /** How many OIDs one GETNEXT may ask for. */
  let most = 64;

  return async (
    columns: readonly string[],
    scalars: readonly string[],
    reading: Reading,
  ): Promise<SnmpTable> => {
    const { rows, signal } = reading;
    const table = createTableReading(columns, scalars);
    const key = columns.join();
    let sent = 0;
    const ask = (...[asked, options]: Parameters<Requests['ask']>) => {
      sent += 1;
      return requests.ask(asked, options);
    };

    /** The answer; undefined when another request is to be made instead. */
    async function next({ oids }: Step, times = attempts): Promise<Answer | undefined> {
      try {
        return await ask({ kind: 'next', oids }, { attempts: times, signal });
      } catch (error) {
        if (!isSize(error) || oids.length === 1) throw error;
        most = Math.ceil(oids.length / 2);
        return undefined;
      }
    }

    async function inBulk(step: Step, asked: number): Promise<Answer | undefined> {
      const { oids } = step;
      try {
        return await ask(
          { kind: 'bulk', oids, scalars: step.scalars, repetitions: asked },
          { attempts: 1, signal },
        );
      } catch (error) {
        if (isSize(error)) {
          repetitions.tooBig(asked);
          return undefined;
        }
        if (!isSilence(error)) throw error;
      }
      // Is it the size, or is the agent away? This is the next attempt at the same time.
      const answer = await next(step, Math.max(1, attempts - 1));
      repetitions.silent(asked);
      return answer;
    }

    for (let step = table.next(most); step; step = table.next(most)) {
      const size = sizeOf(step);
      const answer = size > 1 ? await inBulk(step, size) : await next(step);
      if (!answer) continue;
      if ('noSuchName' in answer) {
        // Without a name: one at a time, until it is found.
        if (!table.nothingAfter(answer.noSuchName)) most = 1;
        continue;
      }
      const cells = answer.lists.flat().length;
      const taken = table.take(answer.lists);
      if (size > 1 && cells > step.oids.length) repetitions.answered();
      if (cells > step.oids.length) bytesPerCell.set(key, answer.bytes / cells);
      if (taken > 0) continue;
      if (size === 1) throw agentError('protocol', agent);
      repetitions.tooBig(size);
    }
    return { ...table.result(), requests: sent };

    function sizeOf(step: Step): number {
      if (!bulk || step.columns === 0) return 1;
      return repetitionsFor({
        columns: step.columns,
        bytesPerCell: bytesPerCell.get(key) ?? firstBytesPerCell,
        limit: repetitions.limit,
        left: rows === undefined ? undefined : rows + 1 - table.rowsRead(),
      });
    }
  };
}

const isSize = (error: unknown) => error instanceof SnmpError && error.code === 'too-big';

/** A large answer may be lost, or arrive in pieces that make no sense. */
const isSilence = (error: unknown) =>
  error instanceof SnmpError && (error.code === 'timeout' || error.code === 'protocol');
