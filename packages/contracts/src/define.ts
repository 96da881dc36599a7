import { type TInteger, type TObject, type TProperties, type TSchema, Type } from 'typebox';

export { Duration, duration, durationOr, milliseconds } from './settings/duration.ts';
export { gibibytes, mebibytes, sizeOr } from './settings/size.ts';
export { closedObject, decodes, Host, Pem, Secret, secret, section, Url } from './settings/values.ts';

/** Who may see an event: `public` ones are announced over MQTT, `internal` ones never leave the log. */
export type Audience = 'public' | 'internal';

/** Turns data of one number of a schema into those of the next. Must not fail on data that its schema allowed. */
export type Upcaster = (data: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** What is known of an event type besides its name. */
export interface EventDefinition<Data extends TSchema = TSchema> {
  /** The number at the end of `dataschema`; a change that breaks readers is a new number, with an upcaster from the one before. */
  readonly schemaVersion: number;
  /** From each older number of the schema to the next: logs are never rewritten, they are read as if written today. */
  readonly upcast: Readonly<Record<number, Upcaster>>;
  readonly audience: Audience;
  /** Whether it stays in its log when others of its age are removed from there. */
  readonly keptForGood: boolean;
  /** One sentence for the pages that people read. */
  readonly description: string;
  readonly data: Data;
}

/**
 * Defines an event type; internal unless it says otherwise. Its schema has number 1, and one more for each upcaster:
 * `upcast: { 1: (data) => … }` makes it 2.
 */
export function event<Data extends TSchema>(
  description: string,
  data: Data,
  options: { audience?: Audience; upcast?: EventDefinition['upcast']; keptForGood?: boolean } = {},
): EventDefinition<Data> {
  const { audience = 'internal', keptForGood = false, upcast = {} } = options;
  return { description, data, audience, keptForGood, schemaVersion: Object.keys(upcast).length + 1, upcast };
}

/** Defines an event type that is announced over MQTT. */
export function publicEvent<Data extends TSchema>(
  description: string,
  data: Data,
  options: { upcast?: EventDefinition['upcast']; keptForGood?: boolean } = {},
): EventDefinition<Data> {
  return event(description, data, { ...options, audience: 'public' });
}

/**
 * What comes after a kind of state, or an aggregate, in topics and subjects: one or more ids, by what they are called, or a
 * fixed word where there is only one of it.
 */
export type Place = string | Readonly<Record<string, TSchema>>;

/** A retained state: of what, and what its message holds. */
export interface StateDefinition<Payload extends TObject = TObject> {
  readonly title: string;
  readonly place: Place;
  readonly payload: Payload;
  /** The kind of state below whose first id it stands: `port` within `switch` is `state/switch/<switch>/port/<port>`. */
  readonly within?: string;
}

/** When a message was sent; every state has it. */
export const ts = Type.Integer({ description: 'ms since 1970', examples: [1795368680347] });

/**
 * Defines a kind of state. Its fields are flat, optional where they can be unknown, and say each enumeration as a word and as
 * a number (`mains`, `on_battery`): Grafana's MQTT datasource locks the type of a key at first sight.
 */
export function state<Fields extends TProperties>(
  title: string,
  place: Place,
  fields: Fields,
  options: Pick<StateDefinition, 'within'> = {},
): StateDefinition<TObject<Fields & { ts: TInteger }>> {
  const payload = Type.Object({ ...fields, ts }) as unknown as TObject<Fields & { ts: TInteger }>;
  return { title, place, payload, ...options };
}

/** 0 or 1, beside the word that it stands for. */
export const flag = (description: string) =>
  Type.Enum([0, 1] as const, { type: 'integer', description, examples: [1] });

/** A thing of the REST API: the first level of its path is its key. */
export type ResourceDefinition = ListDefinition | SingleDefinition;

/** A list of things, `GET /api/v1/<key>`. */
export interface ListDefinition<Item extends TObject = TObject, Exported extends boolean = boolean> {
  readonly kind: 'list';
  readonly schema: Item;
  /** The fields that identify an item, in the order by which an export sorts. */
  readonly order: readonly (keyof Item['properties'] & string)[];
  /** Whether it is in what a space takes along when it leaves. */
  readonly exported: Exported;
}

/** One thing, or an answer made on demand, `GET /api/v1/<key>`. */
export interface SingleDefinition<Value extends TSchema = TSchema, Exported extends boolean = boolean> {
  readonly kind: 'single';
  readonly schema: Value;
  readonly exported: Exported;
}

export function list<Item extends TObject, Exported extends boolean>(
  schema: Item,
  options: { order: readonly (keyof Item['properties'] & string)[]; exported: Exported },
): ListDefinition<Item, Exported> {
  return { kind: 'list', schema, ...options };
}

export function single<Value extends TSchema, Exported extends boolean>(
  schema: Value,
  options: { exported: Exported },
): SingleDefinition<Value, Exported> {
  return { kind: 'single', schema, ...options };
}

/**
 * The schema with what a value of it looks like in a power cut of a small space, for the documents that people read. A test checks
 * that it fits: with `Static<Schema>` here the compiler takes two seconds more for each schema.
 */
export function like<Schema extends TSchema>(schema: Schema, example: unknown): Schema {
  return { ...schema, examples: [example] };
}

/** The schema with what it is in this place. */
export function described<Schema extends TSchema>(schema: Schema, description: string): Schema {
  return { ...schema, description };
}

/** Settings of which anything may be missing, since what was wrong was taken out. */
export type Draft<T> = T extends readonly (infer Item)[]
  ? (Draft<Item> | undefined)[]
  : T extends object
    ? { [K in keyof T]?: Draft<T[K]> | undefined }
    : T;

/** Settings that do not fit together: where, what was found there and what is allowed, in words. */
export interface Misfit {
  readonly path: readonly (string | number)[];
  readonly found: string;
  readonly allowed: string;
  /** What of this was probably meant is said with it. */
  readonly among?: { readonly names: readonly string[]; readonly wrong: string };
}

/** What another service may ask a service, where reading its log is not enough: what it stores nowhere, such as a mail address. */
export interface QuestionDefinition<Input extends TObject = TObject, Answer extends TSchema = TSchema> {
  /** One sentence for the documentation. */
  readonly description: string;
  readonly input: Input;
  readonly answer: Answer;
}

/** Defines a question. An answer must be quick: who asks waits 5 s at most. */
export function question<Input extends TObject, Answer extends TSchema>(
  description: string,
  input: Input,
  answer: Answer,
): QuestionDefinition<Input, Answer> {
  return { description, input, answer };
}

/** All that a service says to others. Everything else of packages/contracts is derived from these. */
export interface ServiceContract {
  /** Its log is about people: not even the team reads it. */
  readonly aboutPeople?: true;
  readonly events: Readonly<Record<string, EventDefinition>>;
  /** What comes after each aggregate, the part of an event's type before the dot, in its subject and its topic. */
  readonly aggregates: Readonly<Record<string, Place>>;
  readonly states: Readonly<Record<string, StateDefinition>>;
  /** The numbers of its states of which there is one message with a key per device. */
  readonly pivots: readonly string[];
  readonly resources: Readonly<Record<string, ResourceDefinition>>;
  /** What other services may ask it, `POST /api/v1/<service>/questions/<name>`. */
  readonly questions?: Readonly<Record<string, QuestionDefinition>>;
  /** Its keys of `space.yaml`. */
  readonly settings: Readonly<Record<string, TSchema>>;
  /** What follows from its settings, once they are complete and fit: those keys of them that it changes. */
  readonly complete?: (settings: never) => Readonly<Record<string, unknown>>;
  /** What no schema can say: whether they fit together, and to those of others. It is given a draft of all settings. */
  readonly misfits?: (settings: never) => readonly Misfit[];
}
