import { page as pageSchema } from '@huismeester/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, type TObject, type TProperties, Type } from 'typebox';
import { isUnchanged } from './etag.ts';
import type { Allowed, PersonOnly } from './identity.ts';
import { listQuery, pageOf, pageOfAll } from './list.ts';

type FieldOf<Properties extends TProperties> = keyof Properties & string;
type Ordering<Field extends string> = Field | `-${Field}`;

/** What was asked of a list: its page, its order and its filters, checked. */
export type ListQuery<Properties extends TProperties, Filter extends string, More extends TProperties> = {
  readonly limit: number;
  readonly offset: number;
  readonly order: string;
} & Partial<Pick<Static<TObject<Properties>>, Filter & keyof Static<TObject<Properties>>>> &
  Static<TObject<More>>;

interface Found<Item> {
  readonly results: readonly Item[];
  /** Of all that fit, on every page. */
  readonly count: number;
}

export interface ListRoute<
  Properties extends TProperties,
  Filter extends FieldOf<Properties>,
  More extends TProperties,
> {
  readonly url: string;
  readonly roles: Allowed;
  /** Only a person may ask. */
  readonly person?: PersonOnly;
  readonly summary: string;
  readonly item: TObject<Properties>;
  /** The fields that it may be ordered by; the first is the order if none is asked for, with a `-` newest or largest first. */
  readonly order: readonly [Ordering<FieldOf<Properties>>, ...FieldOf<Properties>[]];
  /** The fields that it may be filtered by: what is asked for must be equal. */
  readonly filters?: readonly Filter[];
  /** What else may be asked; the list is narrowed by it where its items come from. */
  readonly query?: More;
  /** All items, or those that fit `query`: filtered, ordered and paged here. */
  readonly all?: (query: ListQuery<Properties, Filter, More>, request: FastifyRequest) => Items<Properties>;
  /** The page asked for, filtered and ordered by a database. */
  readonly page?: (
    query: ListQuery<Properties, Filter, More>,
    request: FastifyRequest,
  ) => Promise<Found<Static<TObject<Properties>>>>;
}

type Items<Properties extends TProperties> =
  | readonly Static<TObject<Properties>>[]
  | Promise<readonly Static<TObject<Properties>>[]>;

/** `GET` of a list: paged by `limit` and `offset`, filtered by field name, ordered by `order`, with an ETag and 304. */
export function listRoute<
  Properties extends TProperties,
  const Filter extends FieldOf<Properties> = never,
  More extends TProperties = Record<never, never>,
>(app: FastifyInstance, route: ListRoute<Properties, Filter, More>): void {
  const { url, roles, summary, item } = route;
  const filters = route.filters ?? [];
  const querystring = queryOf(route);
  const response = { 200: pageSchema(item), 304: Type.Null() };
  const schema = { summary, querystring, response };
  app.get(
    url,
    { config: { roles, ...(route.person && { person: route.person }) }, schema },
    async (request, reply) => {
      // As the schema has it: this was checked before.
      const query = request.query as ListQuery<Properties, Filter, More>;
      const answer = route.page
        ? pageOf({ url: request.url, query }, await route.page(query, request))
        : pageOfAll({ url: request.url, query }, fitting(await route.all?.(query, request), query, filters));
      return isUnchanged(request, reply, answer) ? reply.code(304).send(null) : answer;
    },
  );
}

function queryOf<
  Properties extends TProperties,
  Filter extends FieldOf<Properties>,
  More extends TProperties,
>({ order, filters = [], query, item }: ListRoute<Properties, Filter, More>): TObject {
  const [initial, ...others] = order;
  const first = initial.replace(/^-/, '');
  const byField = filters.map((field) => [field, Type.Optional(item.properties[field] ?? Type.String())]);
  return listQuery({ ...Object.fromEntries(byField), ...query }, [first, ...others], initial);
}

function fitting<Item extends object>(
  items: readonly Item[] = [],
  query: object,
  filters: readonly string[],
): readonly Item[] {
  const asked = filters.flatMap((field) => {
    const value: unknown = Reflect.get(query, field);
    return value === undefined ? [] : [{ field, value }];
  });
  return items.filter((item) => asked.every(({ field, value }) => Reflect.get(item, field) === value));
}
