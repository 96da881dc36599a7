import {
  isMapping,
  type Mapping,
  type Path,
  propertyOf,
  type Shape,
  unknownKeys,
} from '@huismeester/contracts';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { describe, show } from './describe.ts';
import { nearest } from './nearest.ts';
import { meantBranch, ownKeys } from './shape.ts';

/** One wrong place: what was found there and what is allowed, in words. */
export interface Mismatch {
  readonly path: Path;
  readonly found: string;
  readonly allowed: string;
}

/** Everything in which a value differs from a schema, one entry a place; of a union, only what the meant branch says. */
export function mismatches(schema: TSchema, value: unknown): Mismatch[] {
  if (Value.Check(schema, value)) return [];
  const found = walk(schema, value, []);
  if (found.length > 0) return found;
  // A keyword that the walk does not know: better TypeBox's own words than none.
  return Value.Errors(schema, value).map((error) => {
    const path = error.instancePath.split('/').slice(1);
    return { path, found: show(Value.Pointer.Get(value, error.instancePath), path), allowed: error.message };
  });
}

function walk(shape: Shape, value: unknown, path: Path): Mismatch[] {
  if (shape.allOf) return shape.allOf.flatMap((each) => walk(each, value, path));
  if (shape.anyOf) return walkUnion(shape, shape.anyOf, value, path);
  if (isMapping(value) && shape.type === 'object') return walkMapping(shape, value, path);
  if (Array.isArray(value) && shape.items && shape.type === 'array') {
    const { items } = shape;
    const wrong = value.flatMap((each, index) => walk(items, each, [...path, index]));
    if (wrong.length > 0) return wrong;
  }
  if (Value.Check(shape, value)) return [];
  return [{ path, found: foundAt(value, path), allowed: describe(shape) }];
}

function foundAt(value: unknown, path: Path): string {
  return Array.isArray(value) ? `a list of ${value.length}` : show(value, path);
}

function walkUnion(shape: Shape, branches: readonly Shape[], value: unknown, path: Path): Mismatch[] {
  if (Value.Check(shape, value)) return [];
  const branch = isMapping(value) ? meantBranch(branches, value) : undefined;
  if (branch) return walk(branch, value, path);
  const keys = branches.map((each) => ownKeys(each).join(' and ')).filter((each) => each !== '');
  return isMapping(value) && keys.length > 0
    ? [{ path, found: 'a mapping with none of these keys', allowed: keys.join(', or ') }]
    : [{ path, found: foundAt(value, path), allowed: describe(shape) }];
}

function walkMapping(shape: Shape, value: Mapping, path: Path): Mismatch[] {
  const missing = (shape.required ?? []).filter((key) => value[key] === undefined);
  return [
    ...missing.map((key) => ({
      path: [...path, key],
      found: 'nothing',
      allowed: describe(propertyOf(shape, key) ?? {}),
    })),
    ...Object.entries(value).flatMap(([key, each]) => {
      if (each === undefined) return [];
      const property = propertyOf(shape, key);
      return property ? walk(property, each, [...path, key]) : [];
    }),
    ...(shape.additionalProperties === false
      ? unknownKeys(shape, value).map((key) => unknownKey(shape, key, path))
      : []),
  ];
}

function unknownKey(shape: Shape, key: string, path: Path): Mismatch {
  const keys = Object.keys(shape.properties ?? {});
  const meant = nearest(key, keys);
  const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
  return { path: [...path, key], found: 'an unknown key', allowed: `${keys.join(', ')}${hint}` };
}
