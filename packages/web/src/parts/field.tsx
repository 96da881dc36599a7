import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

export interface Labelled {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What a problem says of this field (`errorOf`). */
  readonly error?: string | undefined;
}

interface Text extends Labelled {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly type?: 'text' | 'password' | 'search' | 'number' | 'email' | 'url' | 'date';
  readonly rows?: number;
  readonly required?: boolean;
  readonly autocomplete?: string;
  readonly maxLength?: number;
}

/** A line of text, or more of them with `rows`, under its label; an error stands at the field, and is read with it. */
export function TextField({ label, hint, error, value, onInput, rows, type = 'text', ...rest }: Text) {
  const id = useId();
  const shared = { id, value, 'aria-invalid': error !== undefined, 'aria-describedby': `${id}-more` };
  return (
    <Around id={id} label={label} hint={hint} error={error}>
      {rows === undefined ? (
        // The types of an input say for each of its types what else it may have; these have it all.
        <input
          {...shared}
          {...rest}
          type={type as 'text'}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      ) : (
        <textarea
          {...shared}
          {...rest}
          rows={rows}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </Around>
  );
}

/** A field under its label, with what is wrong with it and what is to be known. */
export function Around({
  id,
  label,
  hint,
  error,
  children,
}: Labelled & { readonly id: string; readonly children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      <More id={id} hint={hint} error={error} />
    </div>
  );
}

/** What stands below a field: what is wrong with it, and what is to be known. The first field of a form that is wrong has the focus. */
export function More({ id, hint, error }: Omit<Labelled, 'label'> & { readonly id: string }) {
  const self = useRef<HTMLDivElement>(null);
  const isWrong = error !== undefined;
  useEffect(() => {
    const first = isWrong && self.current?.closest('form')?.querySelector('.error')?.closest('.field');
    if (first) first.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, [isWrong]);
  return (
    <div ref={self} id={`${id}-more`} class="below">
      {isWrong && <p class="error">{error}</p>}
      {hint !== undefined && <p class="hint">{hint}</p>}
    </div>
  );
}
