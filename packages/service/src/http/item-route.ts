import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, type TObject, type TSchema, Type } from 'typebox';
import { isUnchanged } from './etag.ts';
import type { Allowed, PersonOnly } from './identity.ts';
import { notFound } from './problem.ts';

export interface ItemRoute<Item extends TSchema, Params extends TObject = TObject> {
  readonly url: string;
  readonly roles: Allowed;
  /** Only a person may ask. */
  readonly person?: PersonOnly;
  readonly summary: string;
  readonly item: Item;
  readonly params?: Params;
  /** What else may be asked; what it is stands in the request. */
  readonly query?: TObject;
  /** Undefined when there is none: 404, code `not-found`. */
  readonly find: (
    params: Static<Params>,
    request: FastifyRequest,
  ) => Promise<Static<Item> | undefined> | Static<Item> | undefined;
  /** What its ETag is of, where that is not all of it: what is another in each answer and says nothing new is left out. */
  readonly tagged?: (item: Static<Item>) => unknown;
  /** What there is none of, for people, and what there is instead; left out where there always is one. */
  readonly missing?: (params: Static<Params>) => string;
}

/** `GET` of a single resource, with an ETag and 304. */
export function itemRoute<Item extends TSchema, Params extends TObject = TObject>(
  app: FastifyInstance,
  route: ItemRoute<Item, Params>,
): void {
  const { url, roles, summary, item, params, query, find, tagged, missing } = route;
  const response = { 200: item, 304: Type.Null() };
  const schema = { summary, ...(params && { params }), ...(query && { querystring: query }), response };
  app.get(
    url,
    { config: { roles, ...(route.person && { person: route.person }) }, schema },
    async (request, reply) => {
      // As the schema has it: this was checked before.
      const asked = request.params as Static<Params>;
      const found = await find(asked, request);
      if (found === undefined) throw notFound(missing?.(asked) ?? 'There is none', request);
      const of = tagged === undefined ? found : tagged(found);
      return isUnchanged(request, reply, of) ? reply.code(304).send(null) : found;
    },
  );
}
