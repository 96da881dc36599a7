import { type Mapping, propertyOf, type Shape } from '@huismeester/contracts';

/** The keys that somebody must write, since no default stands in for them: they identify the branch of a union. */
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

/** A key that tells the branches of a union apart, as all of them require one of certain values for it. */
export interface Discriminator {
  readonly key: string;
  /** Of all branches. */
  readonly values: readonly unknown[];
}

export function discriminatorOf(branches: readonly Shape[]): Discriminator | undefined {
  const [first] = branches;
  for (const key of first ? ownKeys(first) : []) {
    const choices = branches.map((each) =>
      ownKeys(each).includes(key) ? choicesOf(propertyOf(each, key)) : [],
    );
    if (choices.every(({ length }) => length > 0)) return { key, values: choices.flat() };
  }
  return undefined;
}

function choicesOf(shape: Shape | undefined): readonly unknown[] {
  return shape?.enum ?? (shape?.const === undefined ? [] : [shape.const]);
}

function scoreOf(branch: Shape, value: Mapping): number {
  const own = ownKeys(branch);
  return Object.entries(value).reduce((score, [key, each]) => {
    const property = propertyOf(branch, key);
    if (property === undefined) return score;
    const choices = choicesOf(property);
    if (choices.length > 0) return score + (choices.includes(each) ? 100 : -100);
    return score + (own.includes(key) ? 10 : 0.1);
  }, 0);
}
