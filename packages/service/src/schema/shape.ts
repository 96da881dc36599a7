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
