/** One object type with the keys of every member of a union. */
type Intersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void
  ? I
  : never;
export type Merged<U> = Intersection<U> extends infer I ? { [K in keyof I]: I[K] } : never;

/** One object with the keys of all; the caller sees to it that none has two owners. */
export function merged<T extends object>(parts: readonly T[]): Merged<T> {
  return Object.assign({}, ...parts) as Merged<T>;
}
