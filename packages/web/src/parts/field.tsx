import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Failure } from '../api/request.ts';
import { common } from '../words/common.ts';

interface Common {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What a problem says of this field (see `errorOf`). */
  readonly error?: string | undefined;
}

interface Text extends Common {
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

interface Option<Value extends string> {
  readonly value: Value;
  readonly text: string;
  /** What is said of it in small print. */
  readonly more?: string;
}

interface Choices<Value extends string> extends Common {
  readonly value: Value | undefined;
  readonly onInput: (value: Value) => void;
  readonly options: readonly Option<Value>[];
}

/** One of many, in a list that opens. */
export function Select<Value extends string>({
  label,
  hint,
  error,
  value,
  onInput,
  options,
}: Choices<Value>) {
  const id = useId();
  return (
    <Around id={id} label={label} hint={hint} error={error}>
      <select
        id={id}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-more`}
        onInput={({ currentTarget }) => onInput(currentTarget.value as Value)}
      >
        {options.map((each) => (
          <option key={each.value} value={each.value}>
            {each.text}
          </option>
        ))}
      </select>
    </Around>
  );
}

/** One of few, all of them in sight. */
export function Choice<Value extends string>({
  label,
  hint,
  error,
  value,
  onInput,
  options,
}: Choices<Value>) {
  const id = useId();
  return (
    <fieldset class="field choice" aria-describedby={`${id}-more`}>
      <legend>{label}</legend>
      <div class="options">
        {options.map((each) => (
          <label key={each.value} class={each.value === value ? 'chosen' : ''}>
            <input
              type="radio"
              name={id}
              checked={each.value === value}
              onInput={() => onInput(each.value)}
            />
            <span>
              {each.text}
              {each.more !== undefined && <small>{each.more}</small>}
            </span>
          </label>
        ))}
      </div>
      <More id={id} hint={hint} error={error} />
    </fieldset>
  );
}

/** A box to tick. */
export function Check({
  label,
  value,
  onInput,
}: {
  readonly label: string;
  readonly value: boolean;
  readonly onInput: (value: boolean) => void;
}) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={value}
        onInput={({ currentTarget }) => onInput(currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

function Around({
  id,
  label,
  hint,
  error,
  children,
}: Common & { readonly id: string; readonly children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      <More id={id} hint={hint} error={error} />
    </div>
  );
}

function More({ id, hint, error }: Omit<Common, 'label'> & { readonly id: string }) {
  return (
    <div id={`${id}-more`} class="below">
      {error !== undefined && <p class="error">{error}</p>}
      {hint !== undefined && <p class="hint">{hint}</p>}
    </div>
  );
}

/** What a failure says of a field of the body; `field` as the API names it, such as `name` or `disk`. */
export function errorOf(failure: Failure | undefined, field: string): string | undefined {
  if (failure?.kind !== 'problem') return undefined;
  const found = failure.problem.errors?.find((each) => each.field.replace(/^body\./, '') === field);
  return found && common.value.failure.field(found.found, found.allowed);
}
