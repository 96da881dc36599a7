import { type Refusal, refuse } from '@huismeester/events';
import { type Columns, isWrong, type Row, readTable, type Wrong } from '../core/csv/table.ts';

/** A file that is bigger is no register. */
export const mostBytes = 10 * 1024 * 1024;
/** Whoever has more to mend sees the rest after these. */
const mostErrors = 100;

/** The records of a file that was sent, or all that is wrong with its form. */
export function readFile(body: unknown, columns: Columns): readonly Row[] | Refusal {
  if (!Buffer.isBuffer(body)) {
    return refuseFile([{ field: 'headers.content-type', found: 'something else', allowed: 'text/csv' }]);
  }
  const text = decoded(body);
  if (text === undefined) return refuseFile([noText(body)]);
  const table = readTable(text, columns);
  return isWrong(table) ? refuseFile(table) : table;
}

/** Nothing of a file is taken while anything is wrong with it. */
export function refuseFile(wrong: readonly Wrong[]): Refusal {
  const places = wrong.length === 1 ? 'one place' : `${wrong.length} places`;
  const shown = wrong.length > mostErrors ? `; these are the first ${mostErrors}` : '';
  return refuse('bad-csv', `The file is not right in ${places}${shown}. Nothing was changed`, {
    clause: 'INFRA-2',
    errors: wrong.slice(0, mostErrors),
  });
}

function decoded(body: Buffer): string | undefined {
  if (body.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

function noText(body: Buffer): Wrong {
  const isUtf16 = body.subarray(0, 2).equals(Buffer.from([0xff, 0xfe]));
  const found = isUtf16 ? 'UTF-16' : 'bytes that are no text in UTF-8';
  return { field: 'body', found, allowed: 'CSV in UTF-8, with or without BOM (“CSV UTF-8” in Excel)' };
}
