import { signal, useSignal } from '@preact/signals';
import { serverNow } from '../app/clock.ts';
import { Failed, type Failure } from './request.ts';
import { refreshShown } from './resource.ts';

/** Something that a person does with a button: `failure` is why it was not done. */
export interface Act<Args extends readonly unknown[]> {
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** Does it; while it runs a second call does nothing. True when it was done. */
  run(...args: Args): Promise<boolean>;
  /** Takes away the message of the last failure. */
  clear(): void;
}

/** An act of this component. What it changed is fetched again when it is done; a Failed that it throws is shown, anything else is a fault. */
export function useAct<Args extends readonly unknown[]>(act: (...args: Args) => Promise<unknown>): Act<Args> {
  const busy = useSignal<boolean>(false);
  const failure = useSignal<Failure | undefined>(undefined);
  return {
    busy: busy.value,
    failure: failure.value,
    clear: () => {
      failure.value = undefined;
    },
    async run(...args) {
      if (busy.value) return false;
      busy.value = true;
      failure.value = undefined;
      try {
        await act(...args);
        await refreshShown();
        return true;
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        failure.value = error.failure;
        // Somebody else changed it meanwhile: what is shown next to the message is how it is now.
        await refreshShown();
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}

/** Something that was done and can be undone for a while. */
export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly undo?: () => Promise<unknown>;
  /** Until when it is shown, ms by the server's clock. */
  readonly until: number;
}

const undoMs = 10_000;
let last = 0;
/** What was just done, newest last; shown at the bottom of the page. */
export const notices = signal<readonly Notice[]>([]);

/** Says that something was done; with `undo` for 10 s with a button that takes it back. */
export function done(text: string, undo?: () => Promise<unknown>): void {
  last += 1;
  const notice = { id: last, text, until: serverNow() + undoMs, ...(undo && { undo }) };
  notices.value = [...notices.value, notice];
}

/** Takes a notice from the screen. */
export function dismiss(id: number): void {
  notices.value = notices.value.filter((each) => each.id !== id);
}

/** A key for `Idempotency-Key`: the same key asks for the same thing, however often it is sent. */
export function newKey(): string {
  // crypto.randomUUID is missing where the page came over plain HTTP.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
