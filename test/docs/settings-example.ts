import { parse, stringify } from 'yaml';

/** Keys of which either the ones or the others can be given. */
const alternatives: Record<string, readonly [first: string[], second: string[]]> = {
  broker: [['embedded'], ['url', 'username', 'password', 'credentials', 'ca', 'jetstream']],
  directory: [['ldap', 'writes'], ['file']],
  database: [['url'], ['embedded', 'acceptPowerLossRisk']],
};

/**
 * The example with every setting that is commented out put back in. A comment is a setting where it looks like a key
 * with its value, and prose where it does not. Where keys exclude each other, the first ones or the second ones stay.
 */
export function uncommented(text: string, choice: 'first' | 'second'): string {
  const all: Record<string, Record<string, unknown>> = parse(
    text.replaceAll(/^(\s*)# ?(\s*(?:[\w-]+:(?=\s|$)|- ))/gm, '$1$2'),
  );
  for (const [section, [first, second]] of Object.entries(alternatives)) {
    for (const key of choice === 'first' ? second : first) delete all[section]?.[key];
  }
  return stringify(all);
}

/** The paths at which the second has something else than the first, or more. */
export function differences(one: unknown, other: unknown, path = ''): string[] {
  if (!isBranch(one) || !isBranch(other)) {
    return JSON.stringify(one) === JSON.stringify(other) ? [] : [path];
  }
  return Object.entries(other).flatMap(([key, value]) =>
    differences(
      Object.entries(one).find(([name]) => name === key)?.[1],
      value,
      path ? `${path}.${key}` : key,
    ),
  );
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** The names of all properties of a schema, and of the schemas in it. */
export function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties, items, anyOf, patternProperties }: Record<string, unknown> = { ...schema };
  const inner = [...branches(anyOf), ...branches(patternProperties), items];
  return [
    ...new Set([
      ...(isBranch(properties) ? Object.keys(properties) : []),
      ...[...branches(properties), ...inner].flatMap(keysOf),
    ]),
  ];
}

function branches(value: unknown): unknown[] {
  return isBranch(value) ? Object.values(value) : [];
}
