/** The part of JSON Schema that our TypeBox schemas are made of, for walking a schema together with a value. */
export interface Shape {
  readonly type?: string | readonly string[];
  readonly description?: string;
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

/** The keys that somebody must write, since no default stands in for them: they tell the branches of a union apart. */
export function ownKeys(shape: Shape): string[] {
  return (shape.required ?? []).filter((key) => propertyOf(shape, key)?.default === undefined);
}

/**
 * The branch of a union that somebody meant who wrote these keys; undefined when no key points at any.
 * Without it every branch would complain about what belongs to the others.
 */
export function meantBranch(branches: readonly Shape[], value: Mapping): Shape | undefined {
  const scored = branches
    .filter((branch) => branch.properties !== undefined)
    .map((branch) => ({ branch, score: scoreOf(branch, value) }))
    .sort((a, b) => b.score - a.score);
  const [best] = scored;
  return best !== undefined && best.score > 0 ? best.branch : undefined;
}

function scoreOf(branch: Shape, value: Mapping): number {
  const own = ownKeys(branch);
  return Object.entries(value).reduce((score, [key, each]) => {
    const property = propertyOf(branch, key);
    if (property === undefined) return score;
    const choices = property.const === undefined ? property.enum : [property.const];
    if (choices !== undefined) return score + (choices.includes(each) ? 100 : -100);
    return score + (own.includes(key) ? 10 : 0.1);
  }, 0);
}
