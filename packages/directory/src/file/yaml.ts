import { isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import { DirectoryError } from '../directory.ts';

export type Path = readonly (string | number)[];

/** Something wrong in the file; `found` says what kind of thing it is, and never repeats it: it may be a name or a secret. */
export interface Problem {
  readonly path: Path;
  readonly found: string;
  readonly allowed: string;
}

export interface Yaml {
  readonly value: unknown;
  /** For people: a line each, with the line of the file, the field, what was found and what is allowed. */
  failure(problems: readonly Problem[]): DirectoryError;
}

const mostProblems = 10;

/** Reads YAML 1.2. Throws a {@link DirectoryError} `bad-file` where it is none. `file` is its name, for messages. */
export function readYaml(text: string, file: string): Yaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [first] = [...document.errors, ...document.warnings];
  const where = (line: number, path: Path) =>
    `${file}:${line}: ${path.length > 0 ? `${fieldOf(path)}: ` : ''}`;
  if (first) {
    const found = first.code === 'DUPLICATE_KEY' ? 'a key that is already there' : 'no YAML';
    const { line } = lines.linePos(first.pos[0]);
    throw new DirectoryError('bad-file', `${where(line, [])}found ${found}, allowed: YAML`);
  }
  const lineAt = (path: Path) => lines.linePos(offset(document.contents, path)).line;
  return {
    value: plainValue(document, file),
    failure: (problems) =>
      new DirectoryError(
        'bad-file',
        problems
          .slice(0, mostProblems)
          .map(
            ({ path, found, allowed }) => `${where(lineAt(path), path)}found ${found}, allowed: ${allowed}`,
          )
          .join('\n'),
      ),
  };
}

function plainValue(document: { toJS(options: { maxAliasCount: number }): unknown }, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    throw new DirectoryError('bad-file', `${file}: found an alias (*name), allowed: values`);
  }
}

/** Where a thing stands, or the nearest thing around it. */
function offset(contents: unknown, path: Path): number {
  let node = contents;
  let at = 0;
  for (const step of path) {
    let next: unknown;
    if (isSeq(node)) next = node.items[Number(step)];
    else if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(key) === String(step));
      if (isNode(pair?.key)) at = pair.key.range?.[0] ?? at;
      next = pair?.value;
    }
    if (!isNode(next)) break;
    // A mapping within a list begins at its first key, and one under a key is found by the key.
    if (isSeq(node)) at = next.range?.[0] ?? at;
    node = next;
  }
  return at;
}

/** `people[0].id`. */
function fieldOf(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}
