import type { ComponentChildren } from 'preact';
import type { Failure } from '../api/request.ts';
import { common } from '../words/common.ts';
import { Facts } from './table.tsx';

/** Whether somebody else has changed it since it was shown (412). */
export function isOvertaken(failure: Failure | undefined): boolean {
  return failure?.kind === 'problem' && failure.problem.status === 412;
}

/** Somebody else changed it meanwhile: how it is now, beside what was wanted. */
export function OvertakenNote({
  now,
  yours,
}: {
  readonly now: ComponentChildren;
  readonly yours: ComponentChildren;
}) {
  const { failure: words } = common.value;
  return (
    <div class="note warn" role="alert">
      <p class="strong">{words.changed}</p>
      <p>{words.changedWhy}</p>
      <Facts
        of={[
          [words.now, now],
          [words.yours, yours],
        ]}
      />
    </div>
  );
}
