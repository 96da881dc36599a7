/** The part of JSON Schema that our TypeBox schemas are made of: whatever walks a schema walks this. */
export interface Shape {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Shape;
  readonly items?: Shape;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export type Path = readonly (string | number)[];
export type Mapping = Readonly<Record<string, unknown>>;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema of one key of a mapping; undefined when the schema does not know the key. */
export function propertyOf(shape: Shape, key: string): Shape | undefined {
  if (shape.properties && Object.hasOwn(shape.properties, key)) return shape.properties[key];
  const pattern = Object.entries(shape.patternProperties ?? {}).find(([regex]) =>
    new RegExp(regex).test(key),
  );
  if (pattern) return pattern[1];
  return typeof shape.additionalProperties === 'object' ? shape.additionalProperties : undefined;
}

/** The fields of an object, those of all its parts where it is made of several. */
export function fieldsOf(shape: Shape): { key: string; required: boolean; shape: Shape }[] {
  const own = Object.entries(shape.properties ?? {}).map(([key, each]) => ({
    key,
    required: shape.required?.includes(key) === true,
    shape: each,
  }));
  return [...own, ...(shape.allOf ?? []).flatMap(fieldsOf)];
}

/** The keys of a mapping that its schema does not know, whether it allows them or not. */
export function unknownKeys(shape: Shape, value: object): string[] {
  const parts = [shape, ...(shape.allOf ?? [])];
  return Object.keys(value).filter((key) => parts.every((part) => propertyOf(part, key) === undefined));
}
