import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { pathText } from '../schema/describe.ts';
import { type Mismatch, mismatches } from '../schema/mismatch.ts';
import { settle } from '../schema/settle.ts';
import { isMapping, type Path } from '../schema/shape.ts';
import { Problem } from './problem.ts';

const names: Record<string, string> = { querystring: 'query' };

/**
 * Checks requests against TypeBox schemas, with defaults; text in a URL may stand for a number or a boolean. Whatever is
 * wrong becomes one problem with an entry for every wrong field.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart = 'body' }) => {
  const options = { convert: () => httpPart !== 'body', nullIsAbsent: false };
  const part = names[httpPart] ?? httpPart;
  return (given: unknown) => {
    const value = settle(schema, given, options);
    const wrong = mismatches(schema, value);
    const errors = (wrong.length > 0 ? wrong : nuls(value, [])).map(({ path, found, allowed }) => ({
      field: pathText([part, ...path]),
      found,
      allowed,
    }));
    if (errors.length === 0) return { value };
    return { error: new Problem(400, 'invalid-request', 'The request is not as it should be', { errors }) };
  };
};

/** The one character that PostgreSQL's text cannot hold: it would be a failure of ours. */
function nuls(value: unknown, path: Path): Mismatch[] {
  if (typeof value === 'string') {
    return value.includes('\0') ? [{ path, found: 'a NUL character', allowed: 'text without one' }] : [];
  }
  if (Array.isArray(value)) return value.flatMap((each, index) => nuls(each, [...path, index]));
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => nuls(each, [...path, key]));
}
