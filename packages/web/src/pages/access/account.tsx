import type { AccountResource } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { send } from '../../api/request.ts';
import { may } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { FailureNote } from '../../parts/failure.tsx';
import { TextField } from '../../parts/field.tsx';
import { Mark } from '../../parts/mark.tsx';
import { useNames } from '../../parts/person.tsx';
import { WhichPerson } from './which-person.tsx';
import { words } from './words.ts';

interface Of {
  readonly account: AccountResource;
}

/** An account: whose it is, what it may and by what, and what of that can be said here. */
export function AccountLine({ account }: Of) {
  const text = words.value;
  const name = useNames();
  const { source, state, person, service, rights, commands } = account;
  return (
    <>
      <p class="row">
        <span>
          <code>{calledOf(account)}</code> <span class="small">{source}</span>
        </span>
        <span class="row">
          {person !== undefined && <span>{name(person)}</span>}
          {state === 'asleep' && <Mark tone="calm">{text.asleep}</Mark>}
        </span>
      </p>
      {service !== undefined && <p class="small">{text.service(service.purpose, service.review)}</p>}
      <details>
        <summary>{text.details}</summary>
        <ul class="plain">
          {rights.map(({ on, privileges, by }) => (
            <li key={on}>
              <code>{on}</code> <span lang="en">{by.join(', ')}</span>{' '}
              <span class="small">{privileges.join(', ')}</span>
            </li>
          ))}
        </ul>
        {commands.length > 0 && (
          <>
            <p>
              {text.commands} <span class="small">{text.runsNothing}</span>
            </p>
            {commands.map((command) => (
              <Copyable key={command} text={command} what={calledOf(account)} />
            ))}
          </>
        )}
      </details>
      {may('infrateam', 'administrator') && <Acts account={account} />}
    </>
  );
}

function calledOf({ name, id }: AccountResource): string {
  return name ?? id;
}

function Acts({ account }: Of) {
  const text = words.value;
  const asking = useSignal<'assign' | 'register' | undefined>(undefined);
  const { id, whose, person } = account;
  const called = calledOf(account);
  const unassign = useAct(async () => {
    await send(`/api/v1/access/${id}/person`, { method: 'DELETE' });
    done(text.unassigned);
  });
  const close = () => {
    asking.value = undefined;
  };
  const ask = (which: 'assign' | 'register', label: string) => (
    <Button
      onClick={() => {
        asking.value = which;
      }}
    >
      {label}
    </Button>
  );
  return (
    <>
      {unassign.failure && <FailureNote failure={unassign.failure} />}
      <div class="acts">
        {whose === 'nobody' && ask('assign', text.assign(called))}
        {whose === 'nobody' && ask('register', text.register(called))}
        {whose === 'other' && person !== undefined && (
          <Button busy={unassign.busy} onClick={() => void unassign.run()}>
            {text.unassign(called)}
          </Button>
        )}
      </div>
      {asking.value === 'assign' && <Assign account={account} onClose={close} />}
      {asking.value === 'register' && <Register account={account} onClose={close} />}
    </>
  );
}

interface Closing {
  readonly onClose: () => void;
}

function Assign({ account, onClose }: Of & Closing) {
  const text = words.value;
  const { values, set, clear } = useDraft(`assign.${account.id}`, { person: '' });
  const title = text.assign(calledOf(account));
  const act = useAct(async () => {
    await send(`/api/v1/access/${account.id}/person`, { method: 'PUT', body: values });
    clear();
    done(text.assigned);
  });
  return (
    <Confirm title={title} by={act} onClose={onClose}>
      <WhichPerson
        label={text.whoseIsIt}
        error={errorOf(act.failure, 'person')}
        value={values.person}
        onInput={(person) => set({ person })}
      />
      <p>
        <ClauseLink clause="CORE-4" />
      </p>
    </Confirm>
  );
}

function Register({ account, onClose }: Of & Closing) {
  const text = words.value;
  const first = { purpose: '', steward: '', review: '' };
  const { values, set, clear } = useDraft(`account.${account.id}`, first);
  const title = text.register(calledOf(account));
  const act = useAct(async () => {
    const { purpose, steward, review } = values;
    const body = { purpose, review, ...(steward !== '' && { steward }) };
    await send(`/api/v1/service-accounts/${account.id}`, { method: 'PUT', body });
    clear();
    done(text.registered);
  });
  return (
    <Confirm title={title} by={act} onClose={onClose}>
      <TextField
        label={text.purpose}
        error={errorOf(act.failure, 'purpose')}
        value={values.purpose}
        maxLength={300}
        required
        onInput={(purpose) => set({ purpose })}
      />
      <WhichPerson
        label={text.steward}
        error={errorOf(act.failure, 'steward')}
        value={values.steward}
        onInput={(steward) => set({ steward })}
      />
      <TextField
        label={text.reviewDay}
        hint={text.reviewHint}
        error={errorOf(act.failure, 'review')}
        type="date"
        value={values.review}
        required
        onInput={(review) => set({ review })}
      />
    </Confirm>
  );
}
