import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type Act, useAct } from './act.ts';
import { useDraft } from './draft.ts';
import { Failed, type Failure } from './request.ts';
import type { Resource } from './resource.ts';

/** Which version of something was looked at: what is sent is for that one alone. */
export interface Seen {
  /** For `If-Match`. */
  readonly etag: string | undefined;
  /** How it is now is on the screen: what is sent from here on is for that. */
  look(): void;
}

/** What somebody changes of something that others can change too. */
export interface Edit<Values extends object> extends Seen {
  /** What was typed, and where nothing was, what is in force. */
  readonly values: Values;
  /** What was in force when the typing began. */
  readonly before: Values;
  readonly isTyped: boolean;
  /** The fields that are another thing now than what was typed, or that somebody else changed: `yours` is undefined where nothing was typed. */
  readonly both: readonly Both<Values>[];
  set(more: Partial<Values>): void;
  clear(): void;
}

export interface Both<Values extends object> {
  readonly field: keyof Values & string;
  readonly now: Values;
  readonly yours: Values | undefined;
}

interface Kept<Values> {
  readonly typed?: Values | undefined;
  readonly before?: Values | undefined;
  readonly etag?: string | undefined;
  readonly theirs?: readonly string[] | undefined;
}

/** Whether somebody else has changed it since it was looked at (412). */
export function isOvertaken(failure: Failure | undefined): boolean {
  return failure?.kind === 'problem' && failure.problem.status === 412;
}

/** What was looked at when this was opened. */
export function useSeen({ state }: Resource<unknown>): Seen {
  const opened = useSignal<string | undefined>(undefined);
  // From then on what is shown is how it is now, whatever becomes of it.
  const isShown = useSignal<boolean>(false);
  const newest = etagOf(state.value);
  useEffect(() => {
    opened.value ??= newest;
  });
  return {
    etag: isShown.value ? newest : opened.value,
    look() {
      isShown.value = true;
    },
  };
}

/**
 * The draft of a form that changes something: kept with the version that was looked at when the typing began, so that also after a reload nobody's change is
 * written over unseen. `formOf` is what is in force as the form has it, `otherwise` the form while that is not known.
 */
export function useEdit<T, Values extends object>(
  name: string,
  { state }: Resource<T>,
  formOf: (value: T) => Values,
  otherwise: Values,
): Edit<Values> {
  const { values: kept, set, clear } = useDraft<Kept<Values>>(name, {});
  const found = state.value;
  const now = found.kind === 'loaded' ? formOf(found.value) : otherwise;
  const { typed, before = now, etag = etagOf(found), theirs = [] } = kept;
  const values = typed ?? now;
  const fields = Object.keys(now) as (keyof Values & string)[];
  return {
    values,
    before,
    etag,
    isTyped: typed !== undefined,
    both: fields
      .map((field) => ({ field, now, yours: values[field] === now[field] ? undefined : values }))
      .filter(({ field, yours }) => yours !== undefined || theirs.includes(field)),
    set: (more) => set({ typed: { ...values, ...more }, before, etag }),
    clear,
    look() {
      const newest = state.peek();
      if (newest.kind !== 'loaded') return;
      const current = formOf(newest.value);
      // What somebody else changed, and who types did not, is taken over.
      const own = Object.fromEntries(
        fields.filter((field) => values[field] !== before[field]).map((field) => [field, values[field]]),
      );
      set({
        typed: { ...current, ...own },
        before: current,
        etag: newest.etag,
        theirs: fields.filter((field) => current[field] !== before[field]),
      });
    },
  };
}

/** An act on what was looked at: where somebody else was faster, how it is now has been fetched when it ends, and the next try is for that. */
export function useActOn<Args extends readonly unknown[]>(
  seen: Seen,
  act: (etag: string | undefined, ...args: Args) => Promise<unknown>,
): Act<Args> {
  const last = useRef<Failure | undefined>(undefined);
  const acting = useAct(async (...args: Args) => {
    last.current = undefined;
    try {
      await act(seen.etag, ...args);
    } catch (error) {
      if (error instanceof Failed) last.current = error.failure;
      throw error;
    }
  });
  return {
    ...acting,
    // Before it is known how it is now there is nothing to say.
    failure: acting.busy && isOvertaken(acting.failure) ? undefined : acting.failure,
    async run(...args) {
      const isDone = await acting.run(...args);
      if (isOvertaken(last.current)) seen.look();
      return isDone;
    },
  };
}

function etagOf(state: { readonly kind: string; readonly etag?: string }): string | undefined {
  return state.kind === 'loaded' ? state.etag : undefined;
}
