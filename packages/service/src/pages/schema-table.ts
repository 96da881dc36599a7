import { placesIn, type Shape } from '@huismeester/contracts';
import { type Html, html, prose } from './html.ts';

interface Row {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Shape;
}

/** The fields of a schema, those of objects within it under their paths; a line of its type where it has none. */
export function schemaTable(schema: Shape): Html {
  const rows = rowsOf(schema, '');
  if (rows.length === 0)
    return html`<p><code>${typeOf(schema)}</code> ${prose(schema.description ?? '')}</p>`;
  return fieldTable('field', rows);
}

/** A table of fields that are distinguished by name. */
function fieldTable(head: string, rows: readonly Row[]): Html {
  return html`<div class="wide"><table>
<thead><tr><th>${head}</th><th>type</th><th>meaning</th></tr></thead>
<tbody>
${rows.map(
  ({ name, required, schema }) =>
    html`<tr><td><code>${name}</code>${required ? '' : html` <span class="req">optional</span>`}</td><td>${typeOf(schema)}</td><td>${meaningOf(schema)}</td></tr>\n`,
)}</tbody></table></div>`;
}

function rowsOf(schema: Shape, path: string): Row[] {
  const own = placesIn(schema, {}).flatMap(({ key, required, shape = {} }): Row[] => {
    const name = path === '' ? `${key}` : `${path}.${key}`;
    const rows = shape.type === 'array' ? rowsOf(shape.items ?? {}, `${name}[]`) : rowsOf(shape, name);
    return [{ name, required, schema: shape }, ...rows];
  });
  const others = Object.values(schema.patternProperties ?? {}).map((each) => ({
    name: path === '' ? '<id>' : `${path}.<id>`,
    required: false,
    schema: each,
  }));
  return [...own, ...others];
}

function typeOf(schema: Shape): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  const type = [schema.type ?? 'anything'].flat().join(' | ');
  return schema.format === undefined ? type : `${type} (${schema.format})`;
}

function meaningOf({ description, minimum, maximum, default: usual }: Shape): Html {
  const limits = [
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
    ...(usual === undefined ? [] : [`${JSON.stringify(usual)} if left out`]),
  ].join(', ');
  const both = [description, limits].filter((each) => each !== undefined && each !== '').join('; ');
  return prose(both);
}
