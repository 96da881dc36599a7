import type { FastifyInstance } from 'fastify';

/** Of PostgreSQL's `integer`, without its last value on the negative side; milliseconds of this many seconds are still a date. */
const most = 2_147_483_647;

/**
 * Gives each number in what routes take a range where its schema has none: for all routes at once, and in the documentation
 * too. Call it before any route is added.
 */
export function boundNumbers(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.schema === undefined) return;
    const { body, querystring, params } = route.schema;
    route.schema = {
      ...route.schema,
      ...(body !== undefined && { body: bounded(body) }),
      ...(querystring !== undefined && { querystring: bounded(querystring) }),
      ...(params !== undefined && { params: bounded(params) }),
    };
  });
}

/** The same schema, with a range for each number that has none. */
function bounded(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(bounded);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, each]) => [key, bounded(each)]));
  const { type, enum: values, const: value } = copy;
  if ((type !== 'integer' && type !== 'number') || values !== undefined || value !== undefined) return copy;
  const upper = 'exclusiveMaximum' in copy ? {} : { maximum: most };
  const lower = 'exclusiveMinimum' in copy ? {} : { minimum: -most };
  return { ...upper, ...lower, ...copy };
}
