/** Something that is wrong with a file: where, what was found there, and what is allowed. */
export interface Wrong {
  /** `line 7, kind`: the line of the file where the record begins, and the column. */
  readonly field: string;
  readonly found: string;
  readonly allowed: string;
}

/** A record of a file, by column. */
export interface Row {
  /** The line of the file where it begins; the header is on line 1. */
  readonly line: number;
  /** Only columns that the file has. */
  readonly cells: ReadonlyMap<string, string>;
}

export interface Columns {
  readonly all: readonly string[];
  /** Without these nothing can be read. */
  readonly required: readonly string[];
}

/** So many records are read at once: each import is one transaction. */
export const mostRows = 10_000;
/** No file has so many columns: what has is none of these. */
const mostCells = 200;
const mostShown = 60;
const tooMany: Wrong = {
  field: 'body',
  found: `more than ${mostRows} lines`,
  allowed: `${mostRows} at most`,
};

/** The records of a file with a header, in RFC 4180's format with commas or semicolons; or all that is wrong with its form. */
export function readTable(text: string, columns: Columns): readonly Row[] | readonly Wrong[] {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  const parsed = parse(plain, delimiterOf(plain));
  if ('wrong' in parsed) return [parsed.wrong];
  const [first, ...others] = parsed.records;
  const header = (first?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const wrong = headerFaults(header, columns);
  if (wrong.length > 0) return wrong;
  const records = others.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (records.length === 0)
    return [{ field: 'line 2', found: 'nothing', allowed: 'a line for each of them' }];
  if (records.length > mostRows) return [tooMany];
  const uneven = records.flatMap((each) => lengthFault(each, header.length));
  if (uneven.length > 0) return uneven;
  return records.map(({ line, cells }) => ({
    line,
    cells: new Map(header.map((column, index) => [column, asTyped(cells[index] ?? '')])),
  }));
}

export function isWrong(read: readonly Row[] | readonly Wrong[]): read is readonly Wrong[] {
  const [first] = read;
  return first !== undefined && 'field' in first;
}

/** A file as spreadsheets read it: in lines that end with CR LF, with a header. */
export function writeTable(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string | undefined>>[],
): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => asText(row[column] ?? '')))];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function quoted(cell: string): string {
  return /[",;\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A spreadsheet computes what begins so; an apostrophe before it makes it a text (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r\n＝＋－＠']/;

function asText(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

/** The reverse of {@link asText}, for what was exported and for what people typed likewise. */
function asTyped(cell: string): string {
  return cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
}

const mostHeader = 10_000;

/** That of which the header has more: no column has either in its name. */
function delimiterOf(text: string): ',' | ';' {
  const [header = ''] = text.slice(0, mostHeader).split(/[\r\n]/, 1);
  return header.split(';').length > header.split(',').length ? ';' : ',';
}

function headerFaults(header: readonly string[], { all, required }: Columns): Wrong[] {
  const allowed = all.join(', ');
  const strange = header.filter((column, index) => !all.includes(column) || header.indexOf(column) < index);
  const missing = required.filter((column) => !header.includes(column));
  return [
    ...strange.map((column) => ({ field: 'line 1', found: shown(column), allowed: `each once: ${allowed}` })),
    ...missing.map((column) => ({ field: `line 1, ${column}`, found: 'nothing', allowed: 'this column' })),
  ];
}

function lengthFault({ line, cells }: Cells, columns: number): Wrong[] {
  const count = cells.findLastIndex((cell) => cell !== '') + 1;
  if (cells.length === columns || (cells.length > columns && count <= columns)) return [];
  return [{ field: `line ${line}`, found: `${cells.length} cells`, allowed: `${columns}, as line 1 has` }];
}

/** What was found, for a message. */
export function shown(text: string): string {
  if (text === '') return 'nothing';
  const [line = ''] = text.split(/[\r\n]/, 1);
  return line.length > mostShown || line !== text ? `${line.slice(0, mostShown)}…` : line;
}

interface Cells {
  readonly line: number;
  readonly cells: readonly string[];
}

type Parsed = { readonly records: readonly Cells[] } | { readonly wrong: Wrong };

/**
 * RFC 4180. A quote within a cell that does not begin with one is text, as for spreadsheets. Our own: csv-parse takes 0.9 s for a MB, in which
 * nothing else of the process happens; this takes 10 ms.
 */
function parse(text: string, delimiter: string): Parsed {
  const records: Cells[] = [];
  const plain = delimiter === ',' ? /[^,\r\n]*/y : /[^;\r\n]*/y;
  let [at, line] = [0, 1];
  while (at < text.length) {
    const began = line;
    const cells: string[] = [];
    for (;;) {
      if (text[at] === '"') {
        const cell = quotedAt(text, at);
        if (cell === undefined)
          return {
            wrong: { field: `line ${line}`, found: 'a quote that is not closed', allowed: 'a closing one' },
          };
        cells.push(cell.text);
        line += cell.text.split(/\r\n|\n|\r/).length - 1;
        at = cell.end;
        if (at < text.length && ![delimiter, '\r', '\n'].includes(text[at] ?? '')) {
          const found = `${shown(text.slice(at, at + 20))} after a closing quote`;
          return { wrong: { field: `line ${line}`, found, allowed: `${delimiter} or the end of the line` } };
        }
      } else {
        plain.lastIndex = at;
        const [cell = ''] = plain.exec(text) ?? [];
        cells.push(cell);
        at += cell.length;
      }
      if (text[at] !== delimiter) break;
      if (cells.length >= mostCells) {
        const found = `more than ${mostCells} cells`;
        return { wrong: { field: `line ${line}`, found, allowed: `${mostCells} at most` } };
      }
      at += 1;
    }
    records.push({ line: began, cells });
    // Empty lines are left out later, but for so many; the rest is not worth the time.
    if (records.length > 2 * mostRows) return { wrong: tooMany };
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
  }
  return { records };
}

/** The text of a cell in quotes, and where it ends; undefined: it does not. */
function quotedAt(text: string, begin: number): { text: string; end: number } | undefined {
  let [found, from] = ['', begin + 1];
  for (;;) {
    const end = text.indexOf('"', from);
    if (end < 0) return undefined;
    found += text.slice(from, end);
    if (text[end + 1] !== '"') return { text: found, end: end + 1 };
    found += '"';
    from = end + 2;
  }
}
