import type { Path } from '@huismeester/contracts';
import { type Document, isAlias, isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { SettingsProblem } from './error.ts';

/** A YAML text as plain values that still know their lines. */
export interface SettingsDocument {
  readonly value: unknown;
  readonly problems: SettingsProblem[];
  /** The line of what stands at a path, or else of the nearest thing around it. */
  lineAt(path: Path): number;
}

/** Reads YAML 1.2; what is no YAML is a problem each. The parser's own text is not repeated, since it quotes the file. */
export function readDocument(text: string): SettingsDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = [...document.errors, ...document.warnings].map((error) => {
    const { line } = lines.linePos(error.pos[0]);
    return { line, path: '', found: reason(error.code), allowed: allowed(text.split('\n')[line - 1] ?? '') };
  });
  const lineAt = (path: Path) => lines.linePos(offsetOf(document, path)).line;
  if (problems.length > 0) return { value: undefined, problems, lineAt };
  try {
    const value: unknown = document.toJS();
    // Throws when an alias stands inside what it stands for, which would never end.
    JSON.stringify(value);
    return { value, problems, lineAt };
  } catch {
    // Such an alias, or too many of them: the only way in which good YAML is no value.
    const found = 'an alias (*name) that does not come to an end';
    return { value: undefined, problems: [{ line: 1, path: '', found, allowed: 'values' }], lineAt };
  }
}

function reason(code: string): string {
  return code === 'DUPLICATE_KEY'
    ? 'a key that is already there'
    : `no YAML (${code.toLowerCase().replaceAll('_', ' ')})`;
}

function allowed(line: string): string {
  return line.includes('${') ? `YAML; inside { } a variable stands in quotes: "\${NAME}"` : 'YAML';
}

function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const each of path) {
    if (isAlias(node)) node = node.resolve(document);
    const next = stepInto(node, each);
    if (next === undefined) break;
    offset = startOf(next.at) ?? offset;
    node = next.node;
  }
  return offset;
}

function stepInto(node: unknown, step: string | number): { node: unknown; at: unknown } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return item === undefined ? undefined : { node: item, at: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => String(key) === String(step));
  return pair === undefined ? undefined : { node: pair.value, at: pair.key };
}

function startOf(node: unknown): number | undefined {
  return isRanged(node) ? node.range?.[0] : undefined;
}

function isRanged(node: unknown): node is Node {
  return typeof node === 'object' && node !== null && 'range' in node;
}
