import { faults, Pivot, type States, states } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { createFramer } from './grafana-framer.ts';

const topic = 'space/v1/ups-monitor/state/ups/rack';

/** The kinds of the problems with the last of the payloads. */
function kinds(...payloads: string[]): string[] {
  const framer = createFramer();
  return (
    payloads
      .map((payload) => framer.feed(topic, payload))
      .at(-1)
      ?.map(({ kind }) => kind) ?? []
  );
}

describe('createFramer', () => {
  it('takes flat objects whose keys come and go', () => {
    expect(kinds('{"a":1,"b":"x"}', '{"b":"y","c":true}', '{"a":2.5}')).toEqual([]);
  });

  it.each([
    ['not-json', '{"a":'],
    ['not-json', '{"a":NaN}'],
    ['not-an-object', '17'],
    ['not-an-object', '[{"a":1}]'],
    ['not-an-object', 'null'],
    ['nested', '{"a":{"b":1}}'],
    ['nested', '{"a":[1]}'],
    ['null', '{"a":null}'],
    ['reserved', '{"Time":1}'],
    ['empty-key', '{"":1}'],
    ['not-a-value', '{"a":""}'],
    ['not-a-value', '{"a":"17.5"}'],
  ])('finds %s in %s', (kind, payload) => expect(kinds(payload)).toEqual([kind]));

  it('finds a key whose type changed, for as long as it has another', () => {
    expect(kinds('{"a":1}', '{"a":"one"}')).toEqual(['type-changed']);
    expect(kinds('{"a":1}', '{"a":"one"}', '{"a":true}')).toEqual(['type-changed']);
    expect(kinds('{"a":1}', '{"a":"one"}', '{"a":2}')).toEqual([]);
  });

  it('locks types for each topic apart', () => {
    const framer = createFramer();
    expect(framer.feed('a', '{"x":1}')).toEqual([]);
    expect(framer.feed('b', '{"x":"one"}')).toEqual([]);
    expect(framer.feed('a', '{"x":"one"}')).toHaveLength(1);
  });

  it('names the topic that it cannot show, and reads bytes', () => {
    const [problem] = createFramer().feed('space/größe', Buffer.from('{"a":1}'));
    expect(problem).toMatchObject({ kind: 'topic', topic: 'space/größe' });
  });
});

interface Property {
  type?: string;
  enum?: readonly (string | number)[];
  minimum?: number;
}
interface FlatSchema {
  properties: Record<string, Property>;
  required?: readonly string[];
}

const schemas = (Object.keys(states) as (keyof States)[]).flatMap((service) =>
  Object.entries(states[service]).map(([kind, schema]): [string, FlatSchema] => [
    `${service}/${kind}`,
    schema,
  ]),
);

/** A value that the property may have; throws on what no state should be made of. */
function sample(name: string, { type, enum: values, minimum = 0 }: Property): string | number {
  const [first] = values ?? [];
  if (first !== undefined) return first;
  if (type === 'integer') return minimum + 1;
  if (type === 'number') return minimum + 0.5;
  if (type === 'string') return 'text';
  throw new Error(`${name} is of a type that Grafana cannot plot: ${type}`);
}

/** Every way in which optional keys can be there or not, and each value of each enumeration. */
function payloads({ properties, required = [] }: FlatSchema): Record<string, string | number>[] {
  const names = Object.keys(properties);
  const optional = names.filter((name) => !required.includes(name));
  const full = Object.fromEntries(names.map((name) => [name, sample(name, properties[name] ?? {})]));
  const subsets = Array.from({ length: 2 ** optional.length }, (_, mask) =>
    Object.fromEntries(
      Object.entries(full).filter(([name]) => {
        const bit = optional.indexOf(name);
        return bit < 0 || (mask & (1 << bit)) !== 0;
      }),
    ),
  );
  const enumerated = names.flatMap((name) =>
    (properties[name]?.enum ?? []).map((value) => ({ ...full, [name]: value })),
  );
  return [...subsets, ...enumerated];
}

describe.each(schemas)('the state %s', (_name, schema) => {
  it('allows all the payloads of this test', () => {
    expect(payloads(schema).flatMap((payload) => faults(schema, payload))).toEqual([]);
  });

  it('is plotted whole, whichever message a viewer sees first', () => {
    const all = payloads(schema).map((payload) => JSON.stringify(payload));
    for (const order of [all, all.toReversed()]) {
      const framer = createFramer();
      expect(order.flatMap((payload) => framer.feed(topic, payload))).toEqual([]);
    }
  });

  it('says the time, and each enumeration as a number too', () => {
    expect(schema.required).toContain('ts');
    const isNumber = ({ type = '' }: Property) => ['integer', 'number'].includes(type);
    const keys = Object.keys(schema.properties).filter((key) => isNumber(schema.properties[key] ?? {}));
    const words = Object.entries(schema.properties).filter(([, { enum: values = [] }]) =>
      values.some((value) => typeof value === 'string'),
    );
    for (const [key, { enum: values = [] }] of words) {
      const numbers = [`${key}_n`, ...values.map((value) => String(value).replaceAll('-', '_'))];
      expect(keys, `a number beside ${key}`).toEqual(
        expect.arrayContaining([expect.toSatisfy((each: string) => numbers.includes(each))]),
      );
    }
  });
});

describe('a pivot', () => {
  it('is plotted whole', () => {
    expect(Pivot.type).toBe('object');
    const framer = createFramer();
    const all = ['{"rack":23}', '{"rack":23,"attic":40.5}', '{"attic":0}'];
    expect(all.flatMap((payload) => framer.feed('space/v1/ups-monitor/graf/load-pct', payload))).toEqual([]);
  });
});
