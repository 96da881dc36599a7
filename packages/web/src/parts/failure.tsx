import type { Failure } from '../api/request.ts';
import { common } from '../words/common.ts';
import { Button } from './button.tsx';
import { ClauseLink } from './clause.tsx';

/** Why something was not done, or is not shown: title, what was found and is allowed, clause, code, and the number by which the log knows it. */
export function FailureNote({
  failure,
  again,
}: {
  readonly failure: Failure;
  readonly again?: (() => void) | undefined;
}) {
  const words = common.value;
  const retry = again && (
    <Button onClick={again} local>
      {words.again}
    </Button>
  );
  if (failure.kind === 'unreachable') {
    return (
      <div class="note warn" role="alert">
        <p class="strong">{words.failure.unreachable}</p>
        <p>{words.failure.unreachableWhy}</p>
        {retry}
      </div>
    );
  }
  const { title, detail, clause, code, errors, instance, status } = failure.problem;
  return (
    <div class={`note ${status >= 500 ? 'bad' : 'warn'}`} role="alert">
      <p class="strong">{title}</p>
      {detail !== undefined && <p lang="en">{detail}</p>}
      {errors?.map(({ field, found, allowed }) => (
        <p key={field}>
          <code>{field}</code> {words.failure.field(found, allowed)}
        </p>
      ))}
      {clause !== undefined && (
        <p>
          <ClauseLink clause={clause} />
        </p>
      )}
      {status >= 500 && (
        <p class="small">
          <code>{code}</code> {instance !== undefined && words.failure.request(instance)}
        </p>
      )}
      {retry}
    </div>
  );
}
