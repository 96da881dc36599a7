import type { Shape } from '@huismeester/contracts';
import { type Random, randomOf } from '../../chaos/random.ts';
import { headerTexts, jsons, urlTexts } from './hostile-values.ts';

/** What of an OpenAPI document says how a route is asked. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Shape }>> };
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Shape;
}

/** A request as it is sent: nothing of it is checked or encoded any more. */
export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** For each route every parameter, header, and part of the body once with each hostile value beside good ones, then mixtures of them. */
export function hostileRequests(
  document: ApiDocument,
  { seed, mixtures }: { seed: number; mixtures: number },
): HostileRequest[] {
  const random = randomOf(seed);
  return Object.entries(document.paths).flatMap(([template, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const ask = asker(template, method.toUpperCase(), operation);
      const places = placesOf(operation);
      const single = places.flatMap((place) =>
        place.values.map((value) => ask(new Map([[place.name, value]]))),
      );
      const mixed = Array.from({ length: places.length > 1 ? mixtures : 0 }, () =>
        ask(mixture(places, random)),
      );
      return [ask(new Map()), ...single, ...mixed];
    }),
  );
}

interface Place {
  /** `path id`, `query limit`, `body` as a whole, `body for`. */
  readonly name: string;
  readonly values: readonly string[];
}

function placesOf({ parameters = [], requestBody }: Operation): Place[] {
  const asked = parameters.map(({ in: where, name }) => ({
    name: `${where} ${name}`,
    values: where === 'header' ? headerTexts : urlTexts,
  }));
  const fields = Object.keys(bodyOf(requestBody)?.properties ?? {}).map((key) => ({
    name: `body ${key}`,
    values: jsons,
  }));
  const whole = ['', '{', '{"a":1}{"a":2}', '\ud800', ...jsons];
  return [...asked, ...fields, ...(requestBody ? [{ name: 'body', values: whole }] : [])];
}

function mixture(places: readonly Place[], random: Random): ReadonlyMap<string, string> {
  const chosen = random.shuffled(places).slice(0, random.whole(2, places.length));
  return new Map(chosen.map(({ name, values }) => [name, random.pick(values)]));
}

function asker(template: string, method: string, { parameters = [], requestBody }: Operation) {
  const body = bodyOf(requestBody);
  return (hostile: ReadonlyMap<string, string>): HostileRequest => {
    const sent = ({ in: where, name, schema, required }: Parameter) =>
      hostile.get(`${where} ${name}`) ??
      (required ? encodeURIComponent(String(good(name, schema))) : undefined);
    const given = parameters.flatMap((each) => {
      const value = sent(each);
      return value === undefined ? [] : [{ ...each, value }];
    });
    const path = given
      .filter((each) => each.in === 'path')
      .reduce((text, { name, value }) => text.replace(`{${name}}`, () => value), template);
    const query = given.filter((each) => each.in === 'query').map(({ name, value }) => `${name}=${value}`);
    const headers = given.filter((each) => each.in === 'header').map(({ name, value }) => [name, value]);
    return {
      method,
      path: query.length === 0 ? path : `${path}?${query.join('&')}`,
      headers: { ...Object.fromEntries(headers), ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: hostile.get('body') ?? jsonOf(body, hostile) }),
    };
  };
}

function bodyOf(requestBody: Operation['requestBody']): Shape | undefined {
  return requestBody?.content['application/json']?.schema;
}

function jsonOf({ properties = {}, required = [] }: Shape, hostile: ReadonlyMap<string, string>): string {
  const fields = Object.entries(properties).flatMap(([key, schema]) => {
    const value =
      hostile.get(`body ${key}`) ?? (required.includes(key) ? JSON.stringify(good(key, schema)) : undefined);
    return value === undefined ? [] : [`${JSON.stringify(key)}:${value}`];
  });
  return `{${fields.join(',')}}`;
}

/** What routes take beside a hostile value, so that it is looked at: by name, for any other field what its schema allows or nearly so. */
const known: Readonly<Record<string, string>> = {
  rule: 'power',
  clause: 'SPACE-3',
  id: '00000000-0000-4000-8000-000000000000',
  for: '1h',
  target: 'vm/100',
};

function good(name: string, schema: Shape): unknown {
  if (known[name] !== undefined) return known[name];
  if (schema.anyOf?.[0]) return good(name, schema.anyOf[0]);
  return schema.enum?.[0] ?? schema.const ?? 'hostile';
}
