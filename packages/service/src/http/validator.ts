import { isMapping, type Path } from '@huismeester/contracts';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { pathText } from '../schema/describe.ts';
import { type Mismatch, mismatches } from '../schema/mismatch.ts';
import { normalize } from '../schema/normalize.ts';
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
    // A body that is one text may be a password.
    const foundIn = (path: Path, found: string) =>
      path.length === 0 && typeof given === 'string' ? 'a text' : found;
    const value = normalize(schema, given, options);
    const wrong = mismatches(schema, value);
    const errors = (wrong.length > 0 ? wrong : unfitTexts(value, [])).map(({ path, found, allowed }) => ({
      field: pathText([part, ...path]),
      found: foundIn(path, found),
      allowed,
    }));
    if (errors.length === 0) return { value };
    return { error: new Problem(400, 'invalid-request', 'The request is not as it should be', { errors }) };
  };
};

/** What PostgreSQL's text cannot hold, in any text and any key: it would be a failure of ours. */
function unfitTexts(value: unknown, path: Path): Mismatch[] {
  if (typeof value === 'string') return unfit(value, path);
  if (Array.isArray(value)) return value.flatMap((each, index) => unfitTexts(each, [...path, index]));
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    ...unfit(key, path),
    ...unfitTexts(each, [...path, key]),
  ]);
}

function unfit(text: string, path: Path): Mismatch[] {
  if (text.includes('\0')) return [{ path, found: 'a NUL character', allowed: 'text without one' }];
  if (text.isWellFormed()) return [];
  return [{ path, found: 'half of a surrogate pair', allowed: 'well-formed Unicode' }];
}
