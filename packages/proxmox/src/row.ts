import { ProxmoxError } from './errors.ts';

/**
 * Reads one object of an answer. Perl does not tell a number from its text nor 1 from true, so both are taken; what
 * is missing or something else entirely is a protocol error.
 */
export class Row {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #request: string;

  constructor(request: string, value: unknown) {
    this.#request = request;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw unexpected(request, 'an object', value);
    this.#fields = { ...value };
  }

  /** The names of its fields. */
  names(): string[] {
    return Object.keys(this.#fields);
  }

  text(name: string): string {
    return this.optionalText(name) ?? this.#missing(name);
  }

  optionalText(name: string): string | undefined {
    const value = this.#fields[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    throw unexpected(this.#request, `a text in "${name}"`, value);
  }

  number(name: string): number {
    return this.optionalNumber(name) ?? this.#missing(name);
  }

  optionalNumber(name: string): number | undefined {
    const text = this.optionalText(name);
    if (text === undefined) return undefined;
    const number = Number(text);
    if (text.trim() !== '' && Number.isFinite(number)) return number;
    throw unexpected(this.#request, `a number in "${name}"`, text);
  }

  /** Absent is false. */
  flag(name: string): boolean {
    const value = this.#fields[name];
    if (value === undefined || value === null) return false;
    if (value === true || value === 1 || value === '1') return true;
    if (value === false || value === 0 || value === '0' || value === '') return false;
    throw unexpected(this.#request, `0 or 1 in "${name}"`, value);
  }

  row(name: string): Row {
    return new Row(this.#request, this.#fields[name]);
  }

  /** Absent is empty. */
  rows(name: string): Row[] {
    return rowsOf(this.#request, this.#fields[name] ?? []);
  }

  #missing(name: string): never {
    throw unexpected(this.#request, `"${name}"`, undefined);
  }
}

function unexpected(request: string, expected: string, found: unknown): ProxmoxError {
  const shown = found === undefined ? 'nothing' : JSON.stringify(found).slice(0, 80);
  return new ProxmoxError({
    code: 'protocol',
    request,
    reason: `expected ${expected} in the answer, found ${shown}`,
  });
}

/** The rows of an answer that is a list. */
export function rowsOf(request: string, value: unknown): Row[] {
  if (!Array.isArray(value)) throw unexpected(request, 'a list', value);
  return value.map((item: unknown) => new Row(request, item));
}
