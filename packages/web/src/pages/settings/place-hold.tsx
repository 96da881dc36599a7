import type { Hold } from '@huismeester/contracts';
import { done, newKey, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { send } from '../../api/request.ts';
import { Button } from '../../parts/button.tsx';
import { Select } from '../../parts/choices.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { FailureNote } from '../../parts/failure.tsx';
import { TextField } from '../../parts/field.tsx';
import { common } from '../../words/common.ts';
import { words } from './words.ts';

export const path = '/api/v1/holds';
const lengths = ['1', '2', '4', '8', '24'] as const;

interface Asked {
  readonly target: string;
  /** A length of time, such as `2h`. */
  readonly for: string;
  readonly because: string;
}

/** Puts something on hold; `key`: a second press makes no second hold. */
export const place = (body: Asked, key: string) => send(path, { method: 'POST', body, key });

/** What was filled in of a hold, and the act that places it. */
function usePlacing(of: string) {
  const text = words.value;
  const { values, set, clear } = useDraft(`hold ${of}`, {
    target: of,
    hours: '2',
    because: '',
    key: newKey(),
  });
  const act = useAct(async () => {
    const { target, because, hours, key } = values;
    const { value } = await place({ target, because, for: `${hours}h` }, key);
    const { id } = value as Hold;
    clear();
    done(text.placed(target), () => send(`${path}/${id}`, { method: 'DELETE' }));
  });
  // What is asked for is another thing once anything of it was changed.
  const change = (more: Partial<typeof values>) => set({ ...more, key: newKey() });
  return { values, change, act };
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
  const { values, change, act } = usePlacing(of);
  return (
    <Dialog title={text.placeTitle} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void act.run().then((isDone) => isDone && onClose());
        }}
      >
        <TextField
          label={text.target}
          hint={text.targetHint}
          error={errorOf(act.failure, 'target')}
          value={values.target}
          onInput={(target) => change({ target })}
          autocomplete="off"
          required
        />
        <Select
          label={text.length}
          error={errorOf(act.failure, 'for')}
          value={values.hours}
          onInput={(hours) => change({ hours })}
          options={lengths.map((value) => ({ value, text: text.hours(Number(value)) }))}
        />
        <TextField
          label={text.because}
          hint={text.becauseHint}
          error={errorOf(act.failure, 'because')}
          value={values.because}
          onInput={(because) => change({ because })}
          maxLength={500}
          required
        />
        {act.failure && <FailureNote failure={act.failure} />}
        <div class="acts">
          <Button type="submit" look="main" busy={act.busy}>
            {text.placeTitle}
          </Button>
          <Button local onClick={onClose}>
            {common.value.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
