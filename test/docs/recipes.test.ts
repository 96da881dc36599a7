import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stage } from '@huismeester/contracts';
import { type Static, Type } from 'typebox';
import { Parse } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { parse, type ScalarTag } from 'yaml';
import { codeBlocks } from './markdown.ts';
import { topicFields } from './topic-fields.ts';

const folder = fileURLToPath(new URL('../../docs/recipes/', import.meta.url));
const files = globSync(`${folder}*.md`).toSorted();

/** ESPHome's own tag for what stands in secrets.yaml. */
const secret: ScalarTag = { tag: '!secret', resolve: (name) => `the secret ${name}` };

const Automation = Type.Object({
  // biome-ignore lint/suspicious/noThenProperty: that is how ESPHome calls it; nobody awaits a schema.
  then: Type.Array(Type.Object({ lambda: Type.String() })),
});

/** The part of an ESPHome device that must fit the contract. */
const Device = Type.Object({
  substitutions: Type.Object({ root: Type.String() }),
  mqtt: Type.Object({
    topic_prefix: Type.Null(),
    discovery: Type.Literal(false),
    on_json_message: Type.Array(Type.Object({ topic: Type.String(), ...Automation.properties })),
  }),
  interval: Type.Array(Automation),
});

const prefix = `\${root}/v1/`;

/** Each topic that a device listens to, from below `<root>/v1/` on, with the keys that it takes of the messages. */
function listensTo({ mqtt }: Static<typeof Device>): { topic: string; keys: string[] }[] {
  return mqtt.on_json_message.map(({ topic, then }) => {
    const code = then.map(({ lambda }) => lambda).join('\n');
    expect(topic.startsWith(prefix)).toBe(true);
    return {
      topic: topic.slice(prefix.length),
      keys: [...code.matchAll(/x\["([^"]*)"\]/g)].map(([, key = '']) => key),
    };
  });
}

describe.each(files.map((file) => ({ name: basename(file), file })))('$name', ({ file }) => {
  const [block, ...more] = codeBlocks(file, 'yaml');
  const given = parse(block?.text ?? '', { customTags: [secret], strict: true });

  it('has one device, of good YAML, that publishes nothing', () => {
    expect(more).toEqual([]);
    expect(() => Parse(Device, given)).not.toThrow();
  });

  it('listens to topics of the contract, and takes keys that they have', () => {
    const heard = listensTo(Parse(Device, given));
    expect(heard.map(({ topic }) => topic)).toEqual(['policy/status', 'policy/state/space/main']);
    for (const { topic, keys } of heard) {
      expect(keys).not.toEqual([]);
      expect(keys.filter((key) => !topicFields(topic)?.includes(key))).toEqual([]);
    }
  });

  it('knows when nobody knows: by the last will of the newest session, and by the age of what was said', () => {
    const device = Parse(Device, given);
    const [status, space] = listensTo(device);
    expect(status?.keys).toEqual(['session', 'online']);
    expect(space?.keys).toContain('ts');
    const shows = device.interval.flatMap(({ then }) => then.map(({ lambda }) => lambda)).join('\n');
    for (const condition of ['id(online)', 'millis() - id(heard) < 30000', 'now.timestamp - id(said) > 30']) {
      expect(shows).toContain(condition);
    }
  });
});

it('the light has a colour for every stage, in their order', () => {
  const text = readFileSync(`${folder}mqtt-light.md`, 'utf8');
  const colours = [...text.matchAll(/^ +\{[\d., ]+\}, +\/\/ ([a-z-]+)$/gm)].map(([, stage]) => stage);
  expect(colours).toEqual(Stage.enum);
});

it('the script takes keys of the contract', () => {
  const [script] = codeBlocks(`${folder}text-display.md`, 'sh');
  const keys = [...(script?.text ?? '').matchAll(/(?<=[\s(])\.([a-z_]+)/g)].map(([, key = '']) => key);
  const known = ['policy/status', 'policy/state/space/main'].flatMap((topic) => topicFields(topic) ?? []);
  expect(keys).toContain('online');
  expect(keys.filter((key) => !known.includes(key))).toEqual([]);
  const topics = [...(script?.text ?? '').matchAll(/\/v1\/(\S+)/g)].map(([, topic = '']) => topic);
  expect(topics.map((topic) => topicFields(topic))).not.toContain(undefined);
});
