import { isMapping, type Path, placesIn, type Shape } from '@huismeester/contracts';
import type { TSchema } from 'typebox';
import { meantBranch } from './shape.ts';

export interface NormalizeOptions {
  /** Whether the text at this path may stand for a number or a boolean: it came from the environment or a query. */
  readonly convert: (path: Path) => boolean;
  /** In YAML a key without a value is null; it means the same as no key. */
  readonly nullIsAbsent: boolean;
}

/** The value with the schema's defaults in, and text turned into numbers and booleans where it may; checks nothing. */
export function normalize(schema: TSchema, given: unknown, options: NormalizeOptions): unknown {
  return normalizeAt(schema, given, options, []);
}

function normalizeAt(shape: Shape, given: unknown, options: NormalizeOptions, path: Path): unknown {
  const value = given === null && options.nullIsAbsent ? undefined : given;
  if (value === undefined) {
    return shape.default === undefined
      ? undefined
      : normalizeAt(shape, structuredClone(shape.default), options, path);
  }
  if (shape.anyOf) {
    const branch = isMapping(value) ? meantBranch(shape.anyOf, value) : simpleBranch(shape.anyOf);
    return branch ? normalizeAt(branch, value, options, path) : value;
  }
  if (typeof value === 'string') return options.convert(path) ? fromText(shape, value) : value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = placesIn(shape, value).map(
    ({ key, value: each, shape: inner }): [string | number, unknown] => [
      key,
      inner ? normalizeAt(inner, each, options, [...path, key]) : each,
    ],
  );
  if (Array.isArray(value)) return entries.map(([, each]) => each);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
}

/** Of a union such as "an integer or nothing", the branch that text could stand for. */
function simpleBranch(branches: readonly Shape[]): Shape | undefined {
  const simple = branches.filter(({ type }) => type !== 'null');
  return simple.length === 1 ? simple[0] : undefined;
}

function fromText(shape: Shape, text: string): unknown {
  if (shape.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (shape.type !== 'integer' && shape.type !== 'number') return text;
  return /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;
}
