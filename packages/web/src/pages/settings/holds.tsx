import type { Hold } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, newKey, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { send } from '../../api/request.ts';
import { useList } from '../../api/resource.ts';
import { serverNow } from '../../app/clock.ts';
import { place as here, setQuery } from '../../app/router.ts';
import { may } from '../../app/session.ts';
import { placeOf } from '../../app/subjects.ts';
import { Button } from '../../parts/button.tsx';
import { Select } from '../../parts/choices.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { errorOf, TextField } from '../../parts/field.tsx';
import { Section } from '../../parts/page.tsx';
import { useActors } from '../../parts/person.tsx';
import { When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { words } from './words.ts';

const path = '/api/v1/holds';
const lengths = ['1', '2', '4', '8', '24'] as const;

interface Asked {
  readonly target: string;
  readonly for: string;
  readonly because: string;
}

const place = (body: Asked, key: string) => send(path, { method: 'POST', body, key });

/** What is on hold, with buttons to release it and to put something else on hold. */
export function Holds() {
  const text = words.value;
  const holds = useList<Hold>(path, ['policy']);
  // A page of a thing leads here with what is to be put on hold.
  const { query } = here.value;
  const asked = query.get('hold') ?? undefined;
  const isPlacing = useSignal<boolean>(asked !== undefined);
  const act = may('infrateam', 'administrator') && (
    <Button
      onClick={() => {
        isPlacing.value = true;
      }}
    >
      {text.place}
    </Button>
  );
  return (
    <Section title={text.holds} act={act}>
      <p class="soft">{text.holdsLead}</p>
      <Fetched
        of={holds}
        empty={
          <>
            <p class="strong">{text.noHolds}</p>
            <p>{text.noHoldsNext}</p>
          </>
        }
      >
        {(all) => (
          <ul class="rows">
            {all.map((each) => (
              <li key={each.id}>
                <HoldLine hold={each} />
              </li>
            ))}
          </ul>
        )}
      </Fetched>
      {isPlacing.value && (
        <PlaceHold
          of={asked}
          onClose={() => {
            isPlacing.value = false;
            if (asked !== undefined) setQuery({ hold: undefined });
          }}
        />
      )}
    </Section>
  );
}

function HoldLine({ hold: { id, target, until, because, by } }: { readonly hold: Hold }) {
  const text = words.value;
  const nameOf = useActors();
  const release = useAct(async () => {
    await send(`${path}/${id}`, { method: 'DELETE' });
    const key = newKey();
    // To undo it is to put it on hold again, for the rest of its time.
    const left = Math.max(1, Math.ceil((Date.parse(until) - serverNow()) / 60_000));
    done(text.released(target), () => place({ target, for: `${left}m`, because }, key));
  });
  return (
    <>
      <div class="row">
        <span>
          <a class="strong" href={placeOf(target)}>
            {target}
          </a>{' '}
          {text.until} <When at={until} />
        </span>
        {may('infrateam', 'administrator') && (
          <Button busy={release.busy} label={text.releaseOf(target)} onClick={() => void release.run()}>
            {text.release}
          </Button>
        )}
      </div>
      <p>
        {because} <span class="small">{text.by(nameOf(by))}</span>
      </p>
      {release.failure && <FailureNote failure={release.failure} />}
    </>
  );
}

/** `of`: what is to be put on hold; it is asked for where that is not known. */
function PlaceHold({ of = '', onClose }: { readonly of?: string | undefined; readonly onClose: () => void }) {
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
