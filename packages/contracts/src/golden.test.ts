import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  eventDefinition,
  events,
  faults,
  type StoredEvent,
  schemaNumber,
  upcastData,
  upcastEvent,
} from './index.ts';

/**
 * An event of every schema number that was ever written, a line each. A new number gets a new line; no line is ever changed
 * or removed, since logs and dead letters of some installation still have such events.
 */
const golden = readFileSync(new URL('../golden/events.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): StoredEvent => JSON.parse(line));

const name = ({ type, dataschema }: StoredEvent) => `${type} of schema ${schemaNumber({ dataschema })}`;

it('each number of each schema has its golden event', () => {
  const expected = Object.entries(events).flatMap(([type, { schemaVersion }]) =>
    Array.from({ length: schemaVersion }, (_, index) => `${type} of schema ${index + 1}`),
  );
  expect(golden.map(name).toSorted()).toEqual(expected.toSorted());
});

describe.each(golden.map((event) => [name(event), event] as const))('a %s', (_, event) => {
  const definition = eventDefinition(event.type);

  it('fits the newest schema when it is read', () => {
    const { dataschema, data } = upcastEvent(event);
    expect(dataschema).toBe(`/schemas/${event.type}/${definition?.schemaVersion}`);
    expect(faults(definition?.data ?? {}, data)).toEqual([]);
  });

  it('loses none of its values', () => {
    const { data } = upcastEvent(event);
    expect(Object.values(data as object)).toEqual(
      expect.arrayContaining(Object.values(event.data as object)),
    );
  });
});

describe('an event that this program cannot upcast', () => {
  it('is left as it is: of a newer schema, or of a type that is not known', () => {
    for (const [type, number] of [
      ['ups.lost', 9],
      ['ups.imagined', 1],
    ] as const) {
      expect(upcastData(type, number, { ups: 'rack' })).toEqual({ ups: 'rack' });
    }
  });
});
