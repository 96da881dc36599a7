import { type TProperties, Type } from 'typebox';

const limit = Type.Integer({ minimum: 1, maximum: 1000, default: 50 });

/**
 * The query of a list that is paged by offset: `limit`, `offset`, filters by the name of a field, and `order`, which is one
 * of the fields, with a `-` for the other way round.
 */
export function listQuery(filters: TProperties, fields: readonly string[], initial: string) {
  const offset = Type.Integer({ minimum: 0, default: 0 });
  const order = Type.Enum(
    fields.flatMap((field) => [field, `-${field}`]),
    { default: initial },
  );
  return Type.Object({ ...filters, limit, offset, order }, { additionalProperties: false });
}

interface ListRequest {
  readonly url: string;
  readonly query: { readonly limit: number; readonly offset: number };
}

interface Page<Item> {
  results: Item[];
  next: string | null;
  count: number;
}

/** A page as every list answers it; `next` is a path with its query. */
export function pageOf<Item>(
  request: ListRequest,
  page: { results: readonly Item[]; count: number },
): Page<Item> {
  const end = request.query.offset + page.results.length;
  const isMore = page.results.length > 0 && end < page.count;
  return {
    results: [...page.results],
    next: isMore ? withOffset(request.url, end) : null,
    count: page.count,
  };
}

function withOffset(url: string, offset: number): string {
  const [path = '', query] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('offset', `${offset}`);
  return `${path}?${parameters}`;
}

/** A page of a list that is in memory as a whole, filtered already: puts it in order and takes the page out. */
export function pageOfAll<Item extends object>(
  request: ListRequest & { query: { order: string } },
  items: readonly Item[],
): Page<Item> {
  const { limit: size, offset, order } = request.query;
  const down = order.startsWith('-');
  const field = down ? order.slice(1) : order;
  const fieldOf = (item: Item): unknown => Reflect.get(item, field);
  const sorted = items.toSorted((a, b) => compare(fieldOf(a), fieldOf(b)) * (down ? -1 : 1));
  return pageOf(request, { results: sorted.slice(offset, offset + size), count: items.length });
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
