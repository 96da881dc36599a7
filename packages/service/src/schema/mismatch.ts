import { isMapping, type Mapping, type Path, type Place, placesIn, type Shape } from '@huismeester/contracts';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { describe, show } from './describe.ts';
import { oneOf } from './nearest.ts';
import { discriminatorOf, meantBranch, ownKeys } from './shape.ts';

/** One wrong place: what was found there and what is allowed, in words. */
export interface Mismatch {
  readonly path: Path;
  readonly found: string;
  readonly allowed: string;
}

/** Everything in which a value differs from a schema, one entry a place; of a union, only what the meant branch says. */
export function mismatches(schema: TSchema, value: unknown): Mismatch[] {
  return walk(schema, value, []);
}

function walk(shape: Shape, value: unknown, path: Path): Mismatch[] {
  if (shape.anyOf) return walkUnion(shape, shape.anyOf, value, path);
  const hasPlaces = Array.isArray(value)
    ? shape.type === 'array'
    : shape.type === 'object' && isMapping(value);
  const wrong = hasPlaces ? placesIn(shape, value).flatMap((each) => walkPlace(shape, each, path)) : [];
  if (wrong.length > 0 || Value.Check(shape, value)) return wrong;
  // Whoever gives no id may have given a uid or a mail address, which is repeated nowhere.
  const found = shape.format === 'uuid' && typeof value === 'string' ? 'another text' : foundAt(value, path);
  return [{ path, found, allowed: describe(shape) }];
}

function walkPlace(around: Shape, { key, value, required, shape }: Place, path: Path): Mismatch[] {
  const at = [...path, key];
  if (value === undefined) {
    return required ? [{ path: at, found: 'nothing', allowed: describe(shape ?? {}) }] : [];
  }
  if (shape) return walk(shape, value, at);
  if (around.additionalProperties !== false) return [];
  const allowed = oneOf(Object.keys(around.properties ?? {}), String(key));
  return [{ path: at, found: 'an unknown key', allowed }];
}

function foundAt(value: unknown, path: Path): string {
  return Array.isArray(value) ? `a list of ${value.length}` : show(value, path);
}

function walkUnion(shape: Shape, branches: readonly Shape[], value: unknown, path: Path): Mismatch[] {
  if (Value.Check(shape, value)) return [];
  const other = isMapping(value) ? otherKind(branches, value, path) : undefined;
  if (other) return [other];
  const branch = isMapping(value) ? meantBranch(branches, value) : undefined;
  if (branch) return walk(branch, value, path);
  const keys = branches.map((each) => ownKeys(each).join(' and ')).filter((each) => each !== '');
  return isMapping(value) && keys.length > 0
    ? [{ path, found: 'a mapping with none of these keys', allowed: keys.join(', or ') }]
    : [{ path, found: foundAt(value, path), allowed: describe(shape) }];
}

/** Of a mapping whose kind no branch of the union has: it is not compared with any of them. */
function otherKind(branches: readonly Shape[], value: Mapping, path: Path): Mismatch | undefined {
  const discriminator = discriminatorOf(branches);
  if (!discriminator || discriminator.values.includes(value[discriminator.key])) return undefined;
  const { key, values } = discriminator;
  const at = [...path, key];
  const allowed = `one of ${[...new Set(values.map(String))].join(', ')}`;
  return { path: at, found: foundAt(value[key], at), allowed };
}
