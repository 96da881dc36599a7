import type { Path } from '@huismeester/contracts';

/** A value that came from a file: where it stands in the settings, and the absolute path of the file. */
export interface FromFile {
  readonly path: Path;
  readonly file: string;
}

/**
 * By the mapping that a value stands in, so that the settings themselves stay plain: what copies the mappings around it
 * (`{ ...settings, http: { ...settings.http, port: 0 } }`) keeps this one.
 */
const known = new WeakMap<object, Map<string, string>>();

/** Remembers which values of the settings came from files; to be called with the settings as their readers get them. */
export function rememberFiles(settings: object, found: readonly FromFile[]): void {
  for (const { path, file } of found) {
    const around: unknown = path.slice(0, -1).reduce<unknown>(step, settings);
    if (typeof around !== 'object' || around === null) continue;
    const files = known.get(around) ?? new Map<string, string>();
    known.set(around, files.set(String(path.at(-1)), file));
  }
}

/** The absolute path of the file that a key's value came from (`fileOf(settings.http.tls, 'cert')`); undefined for one that was written in place. */
export function fileOf<Around extends object>(
  around: Around,
  key: keyof Around & string,
): string | undefined {
  return known.get(around)?.get(key);
}

function step(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
