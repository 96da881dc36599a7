/** The part of JSON Schema that our TypeBox schemas are made of: whatever walks a schema walks this. */
export interface Shape {
  readonly type?: string | readonly string[];
  readonly description?: string;
  /** A secret: in settings it comes best from outside, and a process that does not use it may lack it. */
  readonly writeOnly?: boolean;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
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

/** What stands right below a value, or could. */
export interface Place {
  readonly key: string | number;
  /** Undefined where nothing stands. */
  readonly value: unknown;
  readonly required: boolean;
  /** Undefined for a key that the schema does not know. */
  readonly shape: Shape | undefined;
}

/**
 * One step down, by which whatever walks a schema walks: the entries of a list, or else each key that is there and, after those,
 * each that the schema knows.
 */
export function placesIn(shape: Shape, value: unknown): Place[] {
  if (Array.isArray(value)) {
    return value.map((each, key) => ({ key, value: each, required: true, shape: shape.items }));
  }
  const given = isMapping(value) ? value : {};
  const keys = new Set([...Object.keys(given), ...Object.keys(shape.properties ?? {})]);
  return [...keys].map((key) => ({
    key,
    value: given[key],
    required: shape.required?.includes(key) === true,
    shape: propertyOf(shape, key),
  }));
}

/** The keys of a mapping that its schema does not know, whether it allows them or not. */
export function unknownKeys(shape: Shape, value: object): string[] {
  return Object.keys(value).filter((key) => !propertyOf(shape, key));
}
