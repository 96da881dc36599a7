import { useId } from 'preact/hooks';
import { Around, type Labelled, More } from './field.tsx';

interface Option<Value extends string> {
  readonly value: Value;
  readonly text: string;
  /** What is said of it in small print. */
  readonly more?: string;
}

interface Choices<Value extends string> extends Labelled {
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
