import { type Signal, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';

/** What somebody typed and did not send yet. */
export interface Draft<Values extends object> {
  readonly values: Values;
  set(more: Partial<Values>): void;
  /** It was sent: the form is as at the start. */
  clear(): void;
}

const drafts = new Map<string, { readonly kept: Signal<object>; readonly initial: object }>();
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

/** Somebody logged out: what they typed is for nobody else who uses this tab. */
export function forgetDrafts(): void {
  for (const { kept, initial } of drafts.values()) kept.value = initial;
  typed.clear();
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  } catch {
    // The browser keeps nothing.
  }
}

/** Somebody is logged in: what is kept stays if it is theirs, or of a time when nobody was. */
export function keepDraftsOf(person: string): void {
  const { person: before } = read(owner) as { readonly person?: string };
  if (before === person) return;
  if (before !== undefined) forgetDrafts();
  write(owner, { person });
}

function draftOf(name: string, initial: object): Signal<object> {
  const known = drafts.get(name);
  if (known !== undefined && typed.has(name)) return known.kept;
  const kept = signal<object>({ ...initial, ...read(name) });
  drafts.set(name, { kept, initial });
  return kept;
}

const prefix = 'huismeester.draft.';
/** Stands among the drafts, and is no form: whose they are. */
const owner = 'of';
const keyOf = (name: string): string => `${prefix}${name}`;

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
