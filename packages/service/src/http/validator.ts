import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { pathText } from '../schema/describe.ts';
import { mismatches } from '../schema/mismatch.ts';
import { settle } from '../schema/settle.ts';
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
    const errors = mismatches(schema, value).map(({ path, found, allowed }) => ({
      field: pathText([part, ...path]),
      found,
      allowed,
    }));
    if (errors.length === 0) return { value };
    return { error: new Problem(400, 'invalid-request', 'The request is not as it should be', { errors }) };
  };
};
