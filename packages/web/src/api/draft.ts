import { type Signal, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';

/** What somebody typed and did not send yet. */
export interface Draft<Values extends object> {
  readonly values: Values;
  set(more: Partial<Values>): void;
  /** It was sent: the form is as at the start. */
  clear(): void;
}

const drafts = new Map<string, Signal<object>>();
/** Those into which something was typed; what is in force is shown by the others, as it is when their form is opened. */
const typed = new Set<string>();

/** What is typed into the form of this name: kept over errors, reloads, other pages and another language, until it is sent or the tab is closed. */
export function useDraft<Values extends object>(name: string, initial: Values): Draft<Values> {
  const kept = useMemo(() => draftOf(name, initial), [name]);
  const keep = (values: Values): void => {
    kept.value = values;
    typed.add(name);
    write(name, values);
  };
  return {
    values: kept.value as Values,
    set: (more) => keep({ ...(kept.peek() as Values), ...more }),
    clear() {
      kept.value = initial;
      typed.delete(name);
      write(name, undefined);
    },
  };
}

function draftOf(name: string, initial: object): Signal<object> {
  const known = drafts.get(name);
  if (known !== undefined && typed.has(name)) return known;
  const made = signal<object>({ ...initial, ...read(name) });
  drafts.set(name, made);
  return made;
}

const keyOf = (name: string): string => `huismeester.draft.${name}`;

function read(name: string): object {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(name)) ?? '{}') as object;
  } catch {
    return {};
  }
}

function write(name: string, values: object | undefined): void {
  try {
    if (values === undefined) sessionStorage.removeItem(keyOf(name));
    else sessionStorage.setItem(keyOf(name), JSON.stringify(values));
  } catch {
    // The browser keeps nothing: it is lost with a reload.
  }
}
