import { type ComponentChildren, Fragment } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Resource } from '../api/resource.ts';
import { isOffline } from '../app/connection.ts';
import { common } from '../words/common.ts';
import { FailureNote } from './failure.tsx';

interface Props<T> {
  readonly of: Resource<T>;
  /** What stands there instead where there is nothing: why, and what to do next. */
  readonly empty?: ComponentChildren;
  /** Who may see it, in words, for whoever may not. */
  readonly forWhom?: string;
  /** How many lines the placeholder has. */
  readonly lines?: number;
  readonly children: (value: T) => ComponentChildren;
}

/** Something that was asked for, in each state that it can be in: loading, failed, not for this person, nothing, older than it should be, or there. */
export function Fetched<T>({ of: { state, refresh }, empty, forWhom, lines = 3, children }: Props<T>) {
  const found = state.value;
  if (found.kind === 'loading') return <Skeleton lines={lines} />;
  if (found.kind === 'failed') return <Failing failure={found.failure} again={refresh} forWhom={forWhom} />;
  const { value, stale } = found;
  if (empty !== undefined && Array.isArray(value) && value.length === 0)
    return <div class="empty">{empty}</div>;
  return (
    <div class={stale !== undefined && isOffline.value ? 'fetched old' : 'fetched'}>
      {stale !== undefined && !isOffline.value && (
        <p class="small warn" role="status">
          {common.value.failure.stale}
        </p>
      )}
      <Fragment>{children(value)}</Fragment>
    </div>
  );
}

function Failing({
  failure,
  again,
  forWhom,
}: {
  readonly failure: Parameters<typeof FailureNote>[0]['failure'];
  readonly again: () => Promise<void>;
  readonly forWhom?: string | undefined;
}) {
  const { failure: words } = common.value;
  // Nobody is logged in any more: the dialog over the page asks for it.
  if (failure.kind === 'problem' && failure.problem.status === 401) return <Skeleton lines={3} />;
  if (failure.kind === 'problem' && failure.problem.status === 403) {
    return <Forbidden why={forWhom === undefined ? failure.problem.detail : words.forbiddenWhy(forWhom)} />;
  }
  if (failure.kind === 'problem' && failure.problem.status === 404) {
    return <p class="note calm">{words.missing}</p>;
  }
  return <FailureNote failure={failure} again={() => void again()} />;
}

/** Says that something is not for whoever looks, and for whom it is. */
export function Forbidden({ why }: { readonly why: string | undefined }) {
  return (
    <div class="note calm">
      <p class="strong">{common.value.failure.forbidden}</p>
      <p>{why}</p>
    </div>
  );
}

/** What stands there meanwhile. How long it takes until it is seen, and how long it keeps back what follows, says `parts.css`. */
function Skeleton({ lines }: { readonly lines: number }) {
  const self = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => holdBack(self.current), []);
  return (
    <div ref={self} class="skeleton" aria-busy="true">
      <span class="for-readers">{common.value.loading}</span>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} class="bone" />
      ))}
    </div>
  );
}

/**
 * Keeps back what follows this element, and what follows each element it stands in, until the answer is called: each of them counts in `data-early` for
 * how many. A selector with `:has()` would need no code, but Chromium 156 left sections hidden when two placeholders ended together.
 */
function holdBack(from: HTMLElement | null): () => void {
  const path: HTMLElement[] = [];
  for (let at = from; at?.closest('main > *'); at = at.parentElement) path.push(at);
  const add = (count: number) => {
    for (const { dataset } of path) {
      const waits = Number(dataset.early ?? 0) + count;
      if (waits) dataset.early = String(waits);
      else delete dataset.early;
    }
  };
  add(1);
  return () => add(-1);
}
