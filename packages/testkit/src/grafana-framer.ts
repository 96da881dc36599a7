/**
 * `not-json`: becomes one text in a field `Value`; `not-an-object`: no fields by name; `nested`: a field of raw JSON,
 * which no panel plots; `null`: lost, and the plugin may panic on it; `type-changed`: dropped, the key keeps its first type;
 * `reserved`: `Time` is the frame's own; `empty-key`: the keys after it are not read; `not-a-value`: an empty text or
 * a number in quotes, which locks the key to text; `topic`: not of a-z, 0-9 and dashes.
 */
export type ProblemKind =
  | 'not-json'
  | 'not-an-object'
  | 'nested'
  | 'null'
  | 'type-changed'
  | 'reserved'
  | 'empty-key'
  | 'not-a-value'
  | 'topic';

/** What Grafana would not show, or show wrongly. */
export interface FramerProblem {
  readonly topic: string;
  readonly kind: ProblemKind;
  readonly key?: string;
  readonly detail: string;
}

export interface Framer {
  /** Takes the next message of a topic and says what Grafana would make of it: nothing when all of it can be plotted. */
  feed(topic: string, payload: string | Uint8Array): FramerProblem[];
}

type Field = 'text' | 'number' | 'boolean';

/**
 * A model of how Grafana's MQTT datasource turns messages into fields (its pkg/mqtt/framer.go): one field for each
 * top-level key, of the type of the first value seen, kept for as long as somebody looks at the topic. On top of that
 * it holds payloads to our own rules for them: an unknown value is left out, and topics are ASCII.
 */
export function createFramer(): Framer {
  const fieldsOf = new Map<string, Map<string, Field>>();
  return {
    feed(topic, payload) {
      const problem = (kind: ProblemKind, detail: string, key?: string): FramerProblem => ({
        topic,
        kind,
        detail,
        ...(key === undefined ? {} : { key }),
      });
      const fields = fieldsOf.get(topic) ?? new Map<string, Field>();
      fieldsOf.set(topic, fields);
      const found = /^[a-z0-9-]+(\/[a-z0-9-]+)*$/.test(topic)
        ? []
        : [problem('topic', 'levels must be of a-z, 0-9 and dashes')];
      const message = parse(payload);
      if (message === undefined) return [...found, problem('not-json', 'is shown as one text')];
      if (typeof message !== 'object' || message === null || Array.isArray(message)) {
        return [...found, problem('not-an-object', `is ${kindOf(message)}, not an object`)];
      }
      for (const [key, value] of Object.entries(message)) {
        const wrong = frame(fields, key, value);
        if (wrong) found.push(problem(...wrong, key));
      }
      return found;
    },
  };
}

/** Adds one value to the fields; says what is wrong with it, if anything. */
function frame(fields: Map<string, Field>, key: string, value: unknown): [ProblemKind, string] | undefined {
  if (key === '') return ['empty-key', 'ends the message for the plugin'];
  if (key === 'Time') return ['reserved', 'is the name of the time of arrival'];
  if (value === null) return ['null', 'must be left out when unknown'];
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return ['nested', `is ${kindOf(value)}: a field of raw JSON`];
  }
  const type = typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
  const locked = fields.get(key) ?? type;
  fields.set(key, locked);
  if (locked !== type) return ['type-changed', `is a ${type} now, and was a ${locked}`];
  if (value === '') return ['not-a-value', 'is empty: leave it out'];
  if (typeof value === 'string' && Number.isFinite(Number(value))) {
    return ['not-a-value', 'is a number in quotes'];
  }
  return undefined;
}

function parse(payload: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof payload === 'string' ? payload : new TextDecoder().decode(payload));
  } catch {
    // The caller says so: JSON itself has no undefined.
    return undefined;
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
