import { done, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { placeHold, releaseHold } from '../../api/holds.ts';
import { Select } from '../../parts/choices.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { TextField } from '../../parts/field.tsx';
import { words } from './words.ts';

const lengths = ['1', '2', '4', '8', '24'] as const;

/** What was filled in of a hold, and the act that places it. */
function usePlacing(of: string) {
  const text = words.value;
  const { values, set, clear } = useDraft(`hold ${of}`, { target: of, hours: '2', because: '' });
  const act = useAct(async () => {
    const { target, because, hours } = values;
    const { id } = await placeHold({ target, because, for: `${hours}h` });
    clear();
    done(text.placed(target), () => releaseHold(id));
  });
  return { values, set, act };
}

/** The form of a hold; `of`: what is to be put on hold; it is asked for where that is not known. */
export function PlaceHold({
  of = '',
  onClose,
}: {
  readonly of?: string | undefined;
  readonly onClose: () => void;
}) {
  const text = words.value;
  const { values, set, act } = usePlacing(of);
  return (
    <Confirm title={text.placeOf(values.target.trim())} by={act} onClose={onClose}>
      <TextField
        label={text.target}
        hint={text.targetHint}
        error={errorOf(act.failure, 'target')}
        value={values.target}
        onInput={(target) => set({ target })}
        autocomplete="off"
        required
      />
      <Select
        label={text.length}
        error={errorOf(act.failure, 'for')}
        value={values.hours}
        onInput={(hours) => set({ hours })}
        options={lengths.map((value) => ({ value, text: text.hours(Number(value)) }))}
      />
      <TextField
        label={text.because}
        hint={text.becauseHint}
        error={errorOf(act.failure, 'because')}
        value={values.because}
        onInput={(because) => set({ because })}
        maxLength={500}
        required
      />
    </Confirm>
  );
}
