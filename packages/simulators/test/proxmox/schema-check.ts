/** As much of Proxmox's JSON schema as its API viewer uses for parameters and results. */
export interface Schema {
  type?: string;
  optional?: 0 | 1;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  pattern?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
}

type PermissionCheck = ['perm', string, string[], ...unknown[]] | ['and', PermissionCheck, ...unknown[]];

export interface MethodSchema {
  parameters: Schema;
  returns: Schema;
  permissions?: { check?: PermissionCheck };
  proxyto?: string;
}

const typeChecks: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  // Perl does not tell a number from its text, nor 1 from true.
  integer: (value) => /^-?\d+$/.test(String(value)) && typeof value !== 'boolean',
  number: (value) => typeof value === 'number',
  boolean: (value) => value === 0 || value === 1 || typeof value === 'boolean',
  array: (value) => Array.isArray(value),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  null: (value) => value === null,
};

function* scalarProblems(schema: Schema, value: unknown, path: string): Generator<string> {
  if (schema.enum && !schema.enum.includes(String(value)))
    yield `${path}: ${value} is not in the enumeration`;
  if (schema.minimum !== undefined && Number(value) < schema.minimum) yield `${path}: ${value} is too small`;
  if (schema.maximum !== undefined && Number(value) > schema.maximum) yield `${path}: ${value} is too big`;
  if (schema.pattern !== undefined && !new RegExp(`^(?:${schema.pattern})$`).test(String(value)))
    yield `${path}: ${value} does not match`;
}

function* objectProblems(schema: Schema, value: object, path: string): Generator<string> {
  if (!schema.properties) return;
  const fields: Record<string, unknown> = { ...value };
  for (const [name, inner] of Object.entries(schema.properties)) {
    if (Object.hasOwn(fields, name)) yield* problems(inner, fields[name], `${path}.${name}`);
    else if (!inner.optional) yield `${path}.${name} is missing`;
  }
  for (const name of Object.keys(fields))
    if (!Object.hasOwn(schema.properties, name)) yield `${path}.${name} is not described`;
}

/** Everything in which a value differs from its schema, keys that the schema does not know included. */
export function* problems(schema: Schema, value: unknown, path: string): Generator<string> {
  if (schema.type !== undefined && typeChecks[schema.type]?.(value) !== true) {
    yield `${path}: ${JSON.stringify(value)} is no ${schema.type}`;
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) if (schema.items) yield* problems(schema.items, item, `${path}[]`);
  } else if (typeof value === 'object' && value !== null) yield* objectProblems(schema, value, path);
  else yield* scalarProblems(schema, value, path);
}
