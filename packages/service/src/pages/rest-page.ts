import { type Html, html, pageOf, prose } from './html.ts';
import { fieldTable, type Schema, schemaTable } from './schema-table.ts';

interface Content {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: Content;
  readonly responses?: Readonly<Record<string, Content>>;
}

/** As much of an OpenAPI document as the page shows. */
export interface RestDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly description?: string; readonly version: string };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Route {
  readonly anchor: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

const methods = new Set(['get', 'put', 'post', 'patch', 'delete']);

/**
 * What can be asked over REST, for people: every route with who may use it, its parameters and its answers; `at` is where
 * the document itself is.
 */
export function restPage({ openapi, info, paths = {} }: RestDocument, at: string): string {
  const groups = Map.groupBy(routesOf(paths), ({ operation }) => operation.tags?.[0] ?? 'other');
  const lead = `${info.description ?? ''}. Send a token as \`Authorization: Bearer hm_…\`, or use the local socket. Every error is a problem of RFC 9457: \`type\`, \`title\`, \`status\`, a stable \`code\`, and \`detail\`.`;
  return pageOf({
    title: `${info.title}: REST`,
    lead: html`<p>${prose(lead)}</p>
<p>As a document for programs: <a href="${at}">OpenAPI ${openapi}</a>. Version ${info.version}.</p>`,
    contents: [...groups].map(([title, routes]) => ({
      title,
      links: routes.map(({ anchor, method, path }) => ({
        anchor,
        text: html`<span class="method ${method}">${method}</span>${path.replace('/api/v1', '')}`,
      })),
    })),
    body: html`${[...groups].map(([title, routes]) => html`<h2>${title}</h2>\n${routes.map(sectionOf)}`)}`,
  });
}

function routesOf(paths: NonNullable<RestDocument['paths']>): Route[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => methods.has(method))
      .map(([method, operation]) => ({ anchor: `${method}${path}`, method, path, operation })),
  );
}

function sectionOf({ anchor, method, path, operation }: Route): Html {
  const { summary, description, parameters = [], requestBody, responses = {} } = operation;
  return html`<section id="${anchor}">
<h3><a href="#${anchor}"><span class="method ${method}">${method}</span>${path}</a></h3>
<p>${prose(summary ?? '')}</p>
<p>${prose(description ?? '')}</p>
${parameters.length === 0 ? '' : html`<h4>Parameters</h4>\n${parametersOf(parameters)}`}
${bodyOf('Body', requestBody)}
${Object.entries(responses)
  .filter(([status]) => status !== 'default')
  .map(([status, content]) => bodyOf(`Answer ${status}`, content))}
</section>
`;
}

function parametersOf(parameters: NonNullable<Operation['parameters']>): Html {
  const rows = parameters.map(({ name, in: place, required = false, schema = {}, description }) => ({
    name: place === 'path' ? `{${name}}` : name,
    required,
    schema: { ...schema, ...(description !== undefined && { description }) },
  }));
  return fieldTable('name', rows);
}

function bodyOf(title: string, body: Content | undefined): Html | undefined {
  const [media] = Object.entries(body?.content ?? {});
  const schema = media?.[1].schema;
  if (body === undefined) return undefined;
  if (schema === undefined) return html`<h4>${title}</h4>\n`;
  return html`<h4>${title}</h4>\n${schemaTable(schema)}\n`;
}
