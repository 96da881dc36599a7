import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, it } from 'vitest';
import { describeError } from './dead-letters.ts';

it('a failed query is told with its cause, and without the values that it was asked with', () => {
  const error = new DrizzleQueryError('select $1', ['what nobody may see'], new Error('no such\nthing'));
  const text = describeError(new Error('not applied', { cause: error }));
  expect(text).toContain('not applied; because of ');
  expect(text).toContain('select $1; because of Error: no such\nthing');
  expect(text).not.toContain('nobody');
});
