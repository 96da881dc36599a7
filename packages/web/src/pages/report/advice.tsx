/* Long, since the list of advice, its form and its acts belong together. */

import type { AdviceResource } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, newKey, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { useActOn, useEdit } from '../../api/edit.ts';
import { send } from '../../api/request.ts';
import { useList, useResource } from '../../api/resource.ts';
import { may } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { TextField } from '../../parts/field.tsx';
import { Mark } from '../../parts/mark.tsx';
import { OvertakenFields } from '../../parts/overtaken.tsx';
import { Section } from '../../parts/page.tsx';
import { When } from '../../parts/time.tsx';
import type { Tone } from '../../parts/tone.ts';
import { words } from './words.ts';

const path = '/api/v1/advice';
type State = AdviceResource['state'];
const tones: Readonly<Record<State, Tone>> = { open: 'calm', given: 'warn', answered: 'good' };
const order: readonly State[] = ['given', 'open', 'answered'];
type Asking = 'write' | 'give' | 'answer' | 'withdraw';

/** What the team advises the board: what waits for an answer first (TEAM-3). */
export function AdviceList() {
  const text = words.value;
  const advice = useList<AdviceResource>(path, ['policy']);
  const isWriting = useSignal<boolean>(false);
  return (
    <Section
      title={text.advice}
      act={
        <span class="row">
          <ClauseLink clause="TEAM-3" />
          {may('infrateam', 'administrator') && (
            <Button
              onClick={() => {
                isWriting.value = true;
              }}
            >
              {text.write}
            </Button>
          )}
        </span>
      }
    >
      <p class="soft">{text.adviceLead}</p>
      <Fetched
        of={advice}
        forWhom={text.forTeam}
        empty={
          <>
            <p class="strong">{text.adviceNone}</p>
            <p>{text.adviceNext}</p>
          </>
        }
      >
        {(all) => (
          <ul class="rows">
            {all
              .toSorted(
                (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || b.since.localeCompare(a.since),
              )
              .map((each) => (
                <li key={each.id} class="stack">
                  <AdviceLine advice={each} />
                </li>
              ))}
          </ul>
        )}
      </Fetched>
      {isWriting.value && (
        <Write
          onClose={() => {
            isWriting.value = false;
          }}
        />
      )}
    </Section>
  );
}

interface Of {
  readonly advice: AdviceResource;
}

function AdviceLine({ advice }: Of) {
  const text = words.value;
  const asking = useSignal<Asking | undefined>(undefined);
  const { title, text: what, state, since, given, answer, answered } = advice;
  const close = () => {
    asking.value = undefined;
  };
  const ask = (which: Asking, label: string) => (
    <Button
      key={which}
      onClick={() => {
        asking.value = which;
      }}
    >
      {label}
    </Button>
  );
  const isTeam = may('infrateam', 'administrator');
  return (
    <>
      <div class="row">
        <h3>{title}</h3>
        <span class="row">
          <Mark tone={tones[state]}>{text.adviceStates[state]}</Mark>
          <span class="small">
            <When at={answered ?? given ?? since} />
          </span>
        </span>
      </div>
      <p class="said">{what}</p>
      {answer !== undefined && <p class="note said">{answer}</p>}
      <div class="acts">
        {isTeam && state === 'open' && ask('give', text.give(title))}
        {(isTeam || may('board')) && state === 'given' && ask('answer', text.answer(title))}
        {isTeam && state === 'open' && ask('write', text.change(title))}
        {isTeam && state !== 'answered' && ask('withdraw', text.withdraw(title))}
      </div>
      {asking.value === 'write' && <Write advice={advice} onClose={close} />}
      {asking.value === 'answer' && <Answer advice={advice} onClose={close} />}
      {(asking.value === 'give' || asking.value === 'withdraw') && (
        <GiveOrWithdraw advice={advice} isGiving={asking.value === 'give'} onClose={close} />
      )}
    </>
  );
}

interface Closing {
  readonly onClose: () => void;
}

/** New advice, or other words for what was not given yet. */
function Write({ advice, onClose }: { readonly advice?: AdviceResource } & Closing) {
  const text = words.value;
  const first = { title: advice?.title ?? '', text: advice?.text ?? '' };
  const own = advice && `${path}/${advice.id}`;
  const item = useResource<AdviceResource>(own, ['policy']);
  const edit = useEdit(`advice.${advice?.id ?? 'new'}`, item, wordsOf, first);
  const { values, both } = edit;
  const asked = useDraft(`advice.${advice?.id ?? 'new'}.key`, { key: newKey() });
  // What is asked for is another thing once anything of it was changed.
  const change = (more: Partial<typeof values>) => {
    edit.set(more);
    asked.set({ key: newKey() });
  };
  const act = useActOn(edit, async (ifMatch) => {
    if (own === undefined) await send(path, { method: 'POST', body: values, key: asked.values.key });
    else await send(own, { method: 'PUT', body: values, ifMatch });
    edit.clear();
    asked.clear();
    done(advice === undefined ? text.written : text.changed);
  });
  const title = advice === undefined ? text.write : text.change(advice.title);
  return (
    <Confirm
      title={title}
      by={act}
      overtaken={<OvertakenFields both={both} names={{ title: text.adviceTitle, text: text.adviceText }} />}
      onClose={onClose}
    >
      <TextField
        label={text.adviceTitle}
        error={errorOf(act.failure, 'title')}
        value={values.title}
        maxLength={120}
        required
        onInput={(typed) => change({ title: typed })}
      />
      <TextField
        label={text.adviceText}
        hint={text.adviceHint}
        error={errorOf(act.failure, 'text')}
        value={values.text}
        rows={6}
        maxLength={4000}
        required
        onInput={(typed) => change({ text: typed })}
      />
    </Confirm>
  );
}

const wordsOf = ({ title, text }: AdviceResource) => ({ title, text });

function Answer({ advice: { id, title, text: what }, onClose }: Of & Closing) {
  const text = words.value;
  const { values, set, clear } = useDraft(`answer.${id}`, { answer: '' });
  const act = useAct(async () => {
    await send(`${path}/${id}/answer`, { method: 'POST', body: values });
    clear();
    done(text.answered(title));
  });
  return (
    <Confirm title={text.answer(title)} by={act} onClose={onClose}>
      <p class="said">{what}</p>
      <TextField
        label={text.answerLabel}
        hint={text.answerHint}
        error={errorOf(act.failure, 'answer')}
        value={values.answer}
        rows={4}
        maxLength={4000}
        required
        onInput={(answer) => set({ answer })}
      />
    </Confirm>
  );
}

function GiveOrWithdraw({
  advice: { id, title },
  isGiving,
  onClose,
}: Of & Closing & { readonly isGiving: boolean }) {
  const text = words.value;
  const act = useAct(async () => {
    if (isGiving) await send(`${path}/${id}/giving`, { method: 'POST' });
    else await send(`${path}/${id}`, { method: 'DELETE' });
    done(isGiving ? text.given(title) : text.withdrawn(title));
  });
  const name = isGiving ? text.give(title) : text.withdraw(title);
  return (
    <Confirm title={name} look={isGiving ? 'main' : 'danger'} by={act} onClose={onClose}>
      <p>{isGiving ? text.giveLead : text.withdrawLead}</p>
    </Confirm>
  );
}
