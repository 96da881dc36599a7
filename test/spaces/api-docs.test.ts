import { Parser } from '@asyncapi/parser';
import { resources, type ServiceName, serviceFor, serviceNames } from '@huismeester/contracts';
import { type ApiDocs, generateApiDocs } from '@huismeester/standalone/api-docs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, it } from 'vitest';

interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { readonly tags: string[]; readonly summary?: string }>>;
}

describe('the documents of the API, made from the whole program', () => {
  let docs: ApiDocs;
  let rest: OpenApi;
  beforeAll(async () => {
    docs = await generateApiDocs();
    rest = JSON.parse(docs['openapi.json']);
  });

  it('OpenAPI is valid, and every route says what it is for', async () => {
    expect(await new Validator().validate(JSON.parse(docs['openapi.json']))).toMatchObject({ valid: true });
    expect(rest.openapi).toBe('3.1.0');
    const silent = Object.entries(rest.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { summary }]) => (summary ? [] : [`${method} ${path}`])),
    );
    expect(silent).toEqual([]);
  });

  it('AsyncAPI is valid, without a single remark', async () => {
    const { document, diagnostics } = await new Parser().parse(docs['asyncapi.json']);
    expect(diagnostics.map(({ message, path }) => `${path.join('.')}: ${message}`)).toEqual([]);
    expect(document?.channels().length).toBeGreaterThan(30);
  });

  it('the table of routes agrees with the routes that the services really have', () => {
    const isService = (tag: string): tag is ServiceName => serviceNames.some((name) => name === tag);
    const api = Object.entries(rest.paths).filter(([path]) => path.startsWith('/api/v1/'));
    const things = new Set<string>();
    for (const [path, operations] of api) {
      const [tag = ''] = Object.values(operations)[0]?.tags ?? [];
      expect([path, serviceFor(path)]).toEqual([path, isService(tag) ? tag : undefined]);
      things.add(path.split('/')[3] ?? '');
    }
    // Nothing stands in it that no service answers for.
    expect(Object.keys(resources).filter((thing) => !things.has(thing))).toEqual([]);
  });

  it('the page of topics works offline, and its links lead somewhere', () => {
    const page = docs['asyncapi.html'];
    expect(page).not.toMatch(/<script|<link[^>]+href="(?!data:)|\ssrc=|url\(|@import/);
    const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link);
    const anchors = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => `#${id}`));
    const lost = links.filter(
      (link) => link !== 'data:,' && !anchors.has(link) && !Object.keys(docs).includes(link),
    );
    expect(lost).toEqual([]);
    expect(anchors.size).toBeGreaterThan(30);
  });

  it('every topic has its place on the page', () => {
    const { channels }: { channels: Record<string, object> } = JSON.parse(docs['asyncapi.json']);
    const missing = Object.keys(channels).filter((id) => !docs['asyncapi.html'].includes(` id="${id}"`));
    expect(missing).toEqual([]);
  });
});
