import type { ComponentChildren } from 'preact';
import type { Resource } from '../api/resource.ts';
import { FailureNote } from './failure.tsx';

/**
 * Says that something is not known which is shown in or beside what is there, such as holds beside the things that are held: without it the rest would
 * say that there is none. Nothing while it is on its way, and where it is not for whoever looks.
 */
export function Lacking({
  of: { state, refresh },
  children,
}: {
  readonly of: Resource<unknown>;
  /** What is not known, where its place does not say it. */
  readonly children?: ComponentChildren;
}) {
  if (state.value.kind !== 'failed') return null;
  const { failure } = state.value;
  if (failure.kind === 'problem' && failure.problem.status < 500) return null;
  return (
    <div class="stack">
      {children && <p class="strong">{children}</p>}
      <FailureNote failure={failure} again={() => void refresh()} />
    </div>
  );
}
