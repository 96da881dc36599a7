import type { Failure } from '../api/request.ts';
import { common } from '../words/common.ts';

/** What a failure says of a field of the body; `field` as the API names it, such as `name` or `disk`; of a list also what it says of one of its lines. */
export function errorOf(failure: Failure | undefined, field: string): string | undefined {
  if (failure?.kind !== 'problem') return undefined;
  const found = failure.problem.errors?.find((each) => each.field.replace(/^body\.|\.\d+$/g, '') === field);
  return found && common.value.failure.field(found.found, found.allowed);
}
