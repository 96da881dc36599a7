/** A row of the one statement that loads everything; `state` is JSON as text. */
export interface Row {
  readonly kind: string;
  readonly key: string;
  readonly rule: string | null;
  readonly state: string;
}

interface Known {
  readonly text: string;
  readonly state: unknown;
}

/**
 * The states of rows as they were loaded last: one whose text has not changed is the same object again, and so is the map
 * of a kind in which nothing changed. What is the same need not be looked at again (desired/asked.ts), nor parsed.
 */
export class RowCache {
  #states = new Map<string, Known>();
  #maps = new Map<string, ReadonlyMap<string, unknown>>();

  /** All states by kind, and within it by key; those of a rule's memory under `memory/<rule>`. */
  byKind(rows: readonly Row[]): ReadonlyMap<string, ReadonlyMap<string, unknown>> {
    const states = new Map<string, Known>();
    const maps = new Map<string, Map<string, unknown>>();
    for (const { kind, key, rule, state: text } of rows) {
      const name = rule === null ? kind : `${kind}/${rule}`;
      const id = `${name} ${key}`;
      const before = this.#states.get(id);
      const found = before?.text === text ? before : { text, state: JSON.parse(text) };
      states.set(id, found);
      const map = maps.get(name) ?? new Map<string, unknown>();
      maps.set(name, map.set(key, found.state));
    }
    this.#states = states;
    this.#maps = new Map([...maps].map(([name, map]) => [name, sameOr(this.#maps.get(name), map)]));
    return this.#maps;
  }
}

function sameOr(before: ReadonlyMap<string, unknown> | undefined, after: ReadonlyMap<string, unknown>) {
  if (before?.size !== after.size) return after;
  return [...after].every(([key, state]) => before.get(key) === state) ? before : after;
}
