import type { Minutes, TeamResource } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { useList } from '../../api/resource.ts';
import { serverNow } from '../../app/clock.ts';
import { may, person, site } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { Check, Choice } from '../../parts/choices.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { FailureNote } from '../../parts/failure.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { TextField } from '../../parts/field.tsx';
import { Section } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { common } from '../../words/common.ts';
import { dayOf } from '../../words/days.ts';
import { sendAbout } from './send-application.ts';
import type { Shown } from './shown.ts';
import { words } from './words.ts';

/** What a meeting decided: one full member records it, another confirms it (JOIN-1). */
export function Meeting({ of, called }: Shown) {
  const text = words.value;
  const isFull = may('infrateam') && of.person !== person();
  if (of.minutes === undefined && (of.state !== 'open' || !isFull)) return null;
  return (
    <Section title={text.meeting} act={<ClauseLink clause="JOIN-1" />}>
      <div class="card form">
        {of.minutes === undefined ? <p>{text.meetingLead}</p> : <Recorded of={of} called={called} />}
        {of.minutes === undefined && <Record of={of} called={called} />}
      </div>
    </Section>
  );
}

function Recorded({ of }: Shown) {
  const text = words.value;
  const name = useNames();
  const { minutes, recorded, state } = of;
  const confirm = useAct(async () => {
    const body = { recorded: minutes?.at };
    await sendAbout(of, '/minutes/confirmation', { method: 'POST', body });
    done(text.minutesConfirmed);
  });
  const withdraw = useAct(async () => {
    await sendAbout(of, '/minutes', { method: 'DELETE' });
    done(text.minutesWithdrawn);
  });
  if (minutes === undefined) return null;
  const outcome = recorded && common.value.terms.voteOutcomes[recorded.outcome];
  const failure = confirm.failure ?? withdraw.failure;
  return (
    <>
      <p>
        {recorded !== undefined && (
          <strong>
            {recorded.date}: {outcome},{' '}
          </strong>
        )}
        {text.recordedBy(name(minutes.by))}
      </p>
      {recorded !== undefined && (
        <>
          <p>{text.presentWere(recorded.present.map(name).join(', '))}</p>
          <p>
            {text.page}: {recorded.page}
          </p>
        </>
      )}
      {failure && <FailureNote failure={failure} />}
      {state === 'open' && may('infrateam') && of.person !== person() && (
        <div class="acts">
          {minutes.by !== person() && outcome !== undefined && (
            <Button look="main" busy={confirm.busy} onClick={() => void confirm.run()}>
              {text.confirmMinutes(outcome)}
            </Button>
          )}
          <Button busy={withdraw.busy} onClick={() => void withdraw.run()}>
            {text.withdrawMinutes}
          </Button>
        </div>
      )}
    </>
  );
}

type Outcome = Minutes['outcome'];

function Record({ of, called }: Shown) {
  const text = words.value;
  const isAsking = useSignal<boolean>(false);
  const close = () => {
    isAsking.value = false;
  };
  return (
    <>
      <div class="acts">
        <Button
          onClick={() => {
            isAsking.value = true;
          }}
        >
          {text.record(called)}
        </Button>
      </div>
      {isAsking.value && <RecordForm of={of} called={called} onClose={close} />}
    </>
  );
}

function RecordForm({ of, called, onClose }: Shown & { readonly onClose: () => void }) {
  const text = words.value;
  const { voteOutcomes } = common.value.terms;
  const { values, set, clear } = useDraft<Minutes>(`minutes.${of.id}`, {
    date: dayOf(serverNow(), site.value?.timezone),
    present: [],
    outcome: 'approved',
    page: '',
  });
  const act = useAct(async () => {
    await sendAbout(of, '/minutes', { method: 'PUT', body: values });
    clear();
    done(text.recorded);
  });
  return (
    <Confirm title={text.record(called)} by={act} onClose={onClose}>
      <TextField
        label={text.date}
        error={errorOf(act.failure, 'date')}
        type="date"
        value={values.date}
        required
        onInput={(date) => set({ date })}
      />
      <Present value={values.present} onInput={(present) => set({ present })} />
      <Choice<Outcome>
        label={text.outcome}
        value={values.outcome}
        onInput={(outcome) => set({ outcome })}
        options={[
          { value: 'approved', text: voteOutcomes.approved },
          { value: 'rejected', text: voteOutcomes.rejected },
        ]}
      />
      <TextField
        label={text.page}
        hint={text.pageHint}
        error={errorOf(act.failure, 'page')}
        value={values.page}
        required
        onInput={(page) => set({ page })}
      />
    </Confirm>
  );
}

/** Those of the team who were there. */
function Present({
  value,
  onInput,
}: {
  readonly value: readonly string[];
  readonly onInput: (people: string[]) => void;
}) {
  const name = useNames();
  const team = useList<TeamResource>('/api/v1/team', ['membership']);
  return (
    <Fetched of={team}>
      {(all) => (
        <fieldset class="field">
          <legend>{words.value.present}</legend>
          <div class="present">
            {all
              .filter(({ register }) => register === 'full' || register === 'trial')
              .map(({ person: id }) => (
                <Check
                  key={id}
                  label={name(id)}
                  value={value.includes(id)}
                  onInput={(isThere) =>
                    onInput(isThere ? [...value, id] : value.filter((each) => each !== id))
                  }
                />
              ))}
          </div>
        </fieldset>
      )}
    </Fetched>
  );
}
