import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { may, me, person } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { FailureNote } from '../../parts/failure.tsx';
import { TextField } from '../../parts/field.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Section } from '../../parts/page.tsx';
import { isGoingOn } from './applications.ts';
import { sendAbout } from './send-application.ts';
import type { Shown } from './shown.ts';
import { words } from './words.ts';

/** What the board says: no objection, a veto, or where nobody can vote an appointment (JOIN-2). */
export function Board({ of, called }: Shown) {
  const text = words.value;
  const who = me.value;
  const isOfTeam = who !== undefined && who !== 'nobody' && who.register === 'full';
  if (!may('board') || of.person === person() || !isGoingOn(of)) return null;
  const isAppointing = of.waits === 'no-full-member';
  if (!isOfTeam && !isAppointing) return null;
  const hasNone = of.votes?.some((each) => each.person === person() && each.no_objection) === true;
  return (
    <Section title={text.boardTitle} act={<ClauseLink clause="JOIN-2" />}>
      <div class="card form">
        <p>{hasNone ? <Mark tone="good">{text.youHaveNone}</Mark> : text.boardLead}</p>
        <div class="acts">
          {isAppointing && <Appoint of={of} called={called} />}
          {isOfTeam && !hasNone && of.state !== 'proposed' && <NoObjection of={of} called={called} />}
          {isOfTeam && <VetoIt of={of} called={called} />}
        </div>
      </div>
    </Section>
  );
}

/** Said at once; where it is the last that is waited for, it is said first what follows. */
function NoObjection({ of, called }: Shown) {
  const text = words.value;
  const isAsking = useSignal<boolean>(false);
  const act = useAct(async () => {
    await sendAbout(of, '/no-objection', { method: 'POST' });
    done(text.saidNoObjection(called));
  });
  const waitsFor = of.board?.waits_for ?? [];
  const isLast = of.state === 'awaiting-board' && waitsFor.every((each) => each === person());
  const close = () => {
    isAsking.value = false;
  };
  return (
    <>
      <Button
        look={of.state === 'awaiting-board' ? 'main' : 'plain'}
        busy={act.busy}
        onClick={() => {
          if (isLast) isAsking.value = true;
          else void act.run();
        }}
      >
        {text.noObjectionTo(called)}
      </Button>
      {act.failure && !isAsking.value && <FailureNote failure={act.failure} />}
      {isAsking.value && (
        <Confirm title={text.noObjectionTo(called)} by={act} onClose={close}>
          <p>{text.lastOne(called, text.trialDays(of.trial_days))}</p>
        </Confirm>
      )}
    </>
  );
}

function VetoIt({ of, called }: Shown) {
  const text = words.value;
  const isAsking = useSignal<boolean>(false);
  const { values, set, clear } = useDraft(`veto.${of.id}`, { because: '' });
  const act = useAct(async () => {
    await sendAbout(of, '/veto', { method: 'POST', body: { because: values.because.trim() } });
    clear();
    done(text.vetoed(called));
  });
  const close = () => {
    isAsking.value = false;
  };
  return (
    <>
      <Button
        look="danger"
        onClick={() => {
          isAsking.value = true;
        }}
      >
        {text.veto(called)}
      </Button>
      {isAsking.value && (
        <Confirm title={text.veto(called)} look="danger" by={act} onClose={close}>
          <p>{text.vetoLead(called)}</p>
          <TextField
            label={text.because}
            hint={text.vetoBecause}
            error={errorOf(act.failure, 'because')}
            value={values.because}
            rows={3}
            maxLength={1000}
            required
            onInput={(because) => set({ because })}
          />
        </Confirm>
      )}
    </>
  );
}

function Appoint({ of, called }: Shown) {
  const text = words.value;
  const isAsking = useSignal<boolean>(false);
  const act = useAct(async () => {
    await sendAbout(of, '/appointment', { method: 'POST' });
    done(text.appointed(called));
  });
  const close = () => {
    isAsking.value = false;
  };
  return (
    <>
      <Button
        look="main"
        onClick={() => {
          isAsking.value = true;
        }}
      >
        {text.appoint(called)}
      </Button>
      {isAsking.value && (
        <Confirm title={text.appoint(called)} by={act} onClose={close}>
          <p>{text.appointLead(called)}</p>
        </Confirm>
      )}
    </>
  );
}
