import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { pathText } from './describe.ts';
import { mismatches } from './mismatch.ts';

const Probe = Type.Union([
  Type.Object({ kind: Type.Literal('http'), url: Type.String() }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('tcp'), port: Type.Integer() }, { additionalProperties: false }),
]);

function linesOf(schema: Parameters<typeof mismatches>[0], value: unknown): string[] {
  return mismatches(schema, value).map(
    ({ path, found, allowed }) => `${pathText(path)}: found ${found}, allowed: ${allowed}`,
  );
}

test('a key that tells the branches apart is listened to', () => {
  expect(linesOf(Probe, { kind: 'tcp', url: 'a' })).toEqual([
    'url: found an unknown key, allowed: kind, port',
    'port: found nothing, allowed: an integer',
  ]);
});

test.each([
  [{ kind: 'https', url: 'a' }, 'kind: found "https", allowed: one of http, tcp'],
  [{ url: 'a' }, 'kind: found nothing, allowed: one of http, tcp'],
  [{ kind: ['tcp'], port: 1 }, 'kind: found a list of 1, allowed: one of http, tcp'],
])('of %j, whose kind no branch has, its kind is said', (value, line) => {
  expect(linesOf(Probe, value)).toEqual([line]);
});

test('a union of simple values says all of them', () => {
  const Size = Type.Object({
    size: Type.Union([Type.Integer({ minimum: 1 }), Type.Literal('auto'), Type.Null()]),
  });
  expect(linesOf(Size, { size: 0 })).toEqual([
    'size: found 0, allowed: an integer of at least 1, or auto, or nothing',
  ]);
  expect(linesOf(Size, { size: null })).toEqual([]);
});

test('a rule that has no words of ours is not lost', () => {
  const Unique = Type.Object({ a: Type.Array(Type.Integer(), { uniqueItems: true }) });
  expect(linesOf(Unique, { a: [1, 1] })).toHaveLength(1);
  const Few = Type.Object({ a: Type.Integer() }, { maxProperties: 1 });
  expect(linesOf(Few, { a: 1, b: 2 })).toHaveLength(1);
});

test('a key that looks like a path is quoted', () => {
  expect(pathText(['nodes', 'pve.1', 0, 'a-b'])).toBe('nodes["pve.1"][0].a-b');
});
