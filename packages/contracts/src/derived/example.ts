import { fieldsOf, type Shape } from '../shape.ts';
import type { Channel } from './channels.ts';
import { eventDefinition } from './events.ts';

/** What is sent to a channel, for people to look at: every key is there, and fits its schema. */
export function examplePayload({ kind, service, title, parameters, payload }: Channel): unknown {
  const example = exampleOf(payload);
  if (kind !== 'event') return example;
  const subject = [title.split('.')[0], ...parameters.map((each) => each.example)].join('/');
  const dataschema = `/schemas/${title}/${eventDefinition(title)?.schemaVersion}`;
  return Object.assign({}, example, { source: `/hackalot/${service}`, subject, dataschema });
}

/** A value that a schema allows: its own example, or one made of those of its parts. */
function exampleOf(shape: Shape): unknown {
  if (shape.examples?.length) return shape.examples[0];
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return shape.enum[0];
  if (shape.anyOf?.[0]) return exampleOf(shape.anyOf[0]);
  if (shape.allOf) return fieldsExample(shape);
  return plain(shape);
}

function plain(shape: Shape): unknown {
  switch (shape.type) {
    case 'object':
      return fieldsExample(shape);
    case 'array':
      return shape.items ? [exampleOf(shape.items)] : [];
    case 'integer':
    case 'number':
      return shape.minimum ?? 0;
    case 'boolean':
      return false;
    case 'string':
      return 'text';
    default:
      return {};
  }
}

function fieldsExample(shape: Shape): unknown {
  return Object.fromEntries(fieldsOf(shape).map(({ key, shape: each }) => [key, exampleOf(each)]));
}
