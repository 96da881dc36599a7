import { placesIn, type Shape } from '../shape.ts';
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

const plain: Readonly<Record<string, unknown>> = { integer: 0, number: 0, boolean: false, string: 'text' };

/** A value that a schema allows: its own example, or one made of those of its parts. */
function exampleOf(shape: Shape): unknown {
  if (shape.examples?.length) return shape.examples[0];
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return shape.enum[0];
  if (shape.anyOf?.[0]) return exampleOf(shape.anyOf[0]);
  if (shape.type === 'array') return shape.items ? [exampleOf(shape.items)] : [];
  if (shape.type !== 'object') return shape.minimum ?? plain[String(shape.type)] ?? {};
  return Object.fromEntries(placesIn(shape, {}).map((place) => [place.key, exampleOf(place.shape ?? {})]));
}
