import type { Failure } from '../../api/request.ts';
import { errorOf } from '../../parts/error-of.ts';
import { TextField } from '../../parts/field.tsx';
import { words } from './words.ts';

/** The field for the reason that goes with what is asked or decided. */
export function Because({
  value,
  failure,
  onInput,
}: {
  readonly value: string;
  readonly failure: Failure | undefined;
  readonly onInput: (value: string) => void;
}) {
  const { fields } = words.value;
  return (
    <TextField
      label={fields.because}
      hint={fields.becauseHint}
      error={errorOf(failure, 'because')}
      value={value}
      onInput={onInput}
      required
    />
  );
}
