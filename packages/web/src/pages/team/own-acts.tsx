import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { person } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { FailureNote } from '../../parts/failure.tsx';
import { TextField } from '../../parts/field.tsx';
import { useNames } from '../../parts/person.tsx';
import { isGoingOn } from './applications.ts';
import { sendAbout } from './send-application.ts';
import type { Shown } from './shown.ts';
import { words } from './words.ts';

/** The applicant consents to what a full member asked for them. */
export function Consent({ of }: Shown) {
  const text = words.value;
  const name = useNames();
  const act = useAct(async () => {
    await sendAbout(of, '/consent', { method: 'POST' });
    done(text.consented);
  });
  if (of.state !== 'proposed' || of.person !== person()) return null;
  return (
    <section class="section card form">
      <p>
        {text.consentLead(name(of.backer ?? of.person))} <ClauseLink clause="JOIN-1" />
      </p>
      {act.failure && <FailureNote failure={act.failure} />}
      <div class="acts">
        <Button look="main" busy={act.busy} onClick={() => void act.run()}>
          {text.consent}
        </Button>
      </div>
    </section>
  );
}

/** The applicant takes it back, or until their consent who applied for them. */
export function Withdraw({ of, called }: Shown) {
  const text = words.value;
  const isAsking = useSignal<boolean>(false);
  const act = useAct(async () => {
    await sendAbout(of, '', { method: 'DELETE' });
    done(text.withdrawn(called));
  });
  const isBacker = of.state === 'proposed' && of.backer === person();
  if (!isGoingOn(of) || (of.person !== person() && !isBacker)) return null;
  const close = () => {
    isAsking.value = false;
  };
  return (
    <>
      <Button
        onClick={() => {
          isAsking.value = true;
        }}
      >
        {text.withdraw(called)}
      </Button>
      {isAsking.value && (
        <Confirm title={text.withdraw(called)} look="danger" by={act} onClose={close}>
          <p>{text.withdrawLead}</p>
        </Confirm>
      )}
    </>
  );
}

/** Full members say how long the trial is (JOIN-3). */
export function Trial({ of, called }: Shown) {
  const text = words.value;
  const isAsking = useSignal<boolean>(false);
  const { values, set, clear } = useDraft(`trial.${of.id}`, { days: String(of.trial_days) });
  const act = useAct(async () => {
    const number = Number(values.days);
    await sendAbout(of, '/trial', { method: 'PUT', body: { days: number } });
    clear();
    done(text.trialSet(called, text.trialDays(number)));
  });
  const close = () => {
    isAsking.value = false;
    act.clear();
  };
  return (
    <>
      <Button
        onClick={() => {
          isAsking.value = true;
        }}
      >
        {text.changeTrial(called)}
      </Button>
      {isAsking.value && (
        <Confirm title={text.changeTrial(called)} by={act} onClose={close}>
          <TextField
            label={text.days}
            error={errorOf(act.failure, 'days')}
            type="number"
            value={values.days}
            required
            onInput={(days) => set({ days })}
          />
          <p>
            <ClauseLink clause="JOIN-3" />
          </p>
        </Confirm>
      )}
    </>
  );
}
