import type { AccessListResource, PersonResource } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { send } from '../../api/request.ts';
import { useList } from '../../api/resource.ts';
import { may } from '../../app/session.ts';
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
import { Relative } from '../../parts/time.tsx';
import { words } from './words.ts';

const path = '/api/v1/access/lists';

/** Who has access to what has no API, and who knows a shared secret (CORE-2). */
export function AccessLists() {
  const text = words.value;
  const lists = useList<AccessListResource>(path, ['membership']);
  const isAdding = useSignal<boolean>(false);
  const close = () => {
    isAdding.value = false;
  };
  return (
    <Section
      title={text.lists}
      act={
        <span class="row">
          <ClauseLink clause="CORE-2" />
          {may('infrateam', 'administrator') && (
            <Button
              onClick={() => {
                isAdding.value = true;
              }}
            >
              {text.add}
            </Button>
          )}
        </span>
      }
    >
      <p class="soft">{text.listsLead}</p>
      <Fetched
        of={lists}
        forWhom={text.forTeam}
        empty={
          <>
            <p class="strong">{text.listsNone}</p>
            <p>{text.listsNext}</p>
          </>
        }
      >
        {(all) => (
          <ul class="rows">
            {all.map((each) => (
              <li key={each.id} class="stack">
                <ListLine list={each} />
              </li>
            ))}
          </ul>
        )}
      </Fetched>
      {isAdding.value && <Write onClose={close} />}
    </Section>
  );
}

interface Of {
  readonly list: AccessListResource;
}

function ListLine({ list }: Of) {
  const text = words.value;
  const name = useNames();
  const asking = useSignal<'write' | 'end' | undefined>(undefined);
  const { id, title, kind, core, people, due } = list;
  const confirm = useAct(async () => {
    await send(`${path}/${id}/confirmation`, { method: 'POST' });
    done(text.confirmed(title));
  });
  const close = () => {
    asking.value = undefined;
  };
  return (
    <>
      <p class="row">
        <span class="strong">{title}</span>
        <span class="row">
          {core && <span class="chip">{text.core}</span>}
          <span class="small">{text.kinds[kind]}</span>
        </span>
      </p>
      <p>{people.map(name).join(', ') || text.nobody}</p>
      <p class="small">
        {text.due} <Relative at={due} />
      </p>
      {confirm.failure && <FailureNote failure={confirm.failure} />}
      {may('infrateam', 'administrator') && (
        <div class="acts">
          <Button busy={confirm.busy} onClick={() => void confirm.run()}>
            {text.confirm(title)}
          </Button>
          <Button
            onClick={() => {
              asking.value = 'write';
            }}
          >
            {text.change(title)}
          </Button>
          <Button
            onClick={() => {
              asking.value = 'end';
            }}
          >
            {text.end(title)}
          </Button>
        </div>
      )}
      {asking.value === 'write' && <Write list={list} onClose={close} />}
      {asking.value === 'end' && <End list={list} onClose={close} />}
    </>
  );
}

interface Closing {
  readonly onClose: () => void;
}

function End({ list: { id, title }, onClose }: Of & Closing) {
  const text = words.value;
  const act = useAct(async () => {
    await send(`${path}/${id}`, { method: 'DELETE' });
    done(text.ended(title));
  });
  return (
    <Confirm title={text.end(title)} look="danger" by={act} onClose={onClose}>
      <p>{text.endLead}</p>
    </Confirm>
  );
}

type Kind = AccessListResource['kind'];

interface Asked {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  readonly core: boolean;
  readonly people: readonly string[];
}

const nothing: Asked = { id: '', title: '', kind: 'access', core: true, people: [] };

function Write({ list, onClose }: Partial<Of> & Closing) {
  const text = words.value;
  const { values, set, clear } = useDraft<Asked>(`access-list.${list?.id ?? ''}`, list ?? nothing);
  const title = list === undefined ? text.add : text.change(list.title);
  const act = useAct(async () => {
    const { id, title: called, kind, core, people } = values;
    await send(`${path}/${id}`, { method: 'PUT', body: { title: called, kind, core, people } });
    clear();
    done(text.recorded);
  });
  return (
    <Confirm title={title} by={act} onClose={onClose}>
      {list === undefined && (
        <TextField
          label={text.id}
          hint={text.idHint}
          error={errorOf(act.failure, 'params.id')}
          value={values.id}
          maxLength={64}
          required
          onInput={(id) => set({ id })}
        />
      )}
      <TextField
        label={text.listTitle}
        error={errorOf(act.failure, 'title')}
        value={values.title}
        maxLength={120}
        required
        onInput={(called) => set({ title: called })}
      />
      <Choice<Kind>
        label={text.kind}
        value={values.kind}
        onInput={(kind) => set({ kind })}
        options={(['access', 'secret'] as const).map((value) => ({ value, text: text.kinds[value] }))}
      />
      <Check label={text.isCore} value={values.core} onInput={(core) => set({ core })} />
      <People value={values.people} onInput={(people) => set({ people })} />
    </Confirm>
  );
}

function People({
  value,
  onInput,
}: {
  readonly value: readonly string[];
  readonly onInput: (people: string[]) => void;
}) {
  const name = useNames();
  const people = useList<PersonResource>('/api/v1/people', ['membership']);
  return (
    <Fetched of={people}>
      {(all) => (
        <fieldset class="field">
          <legend>{words.value.people}</legend>
          {all
            .filter(({ id, enabled }) => enabled || value.includes(id))
            .map(({ id }) => (
              <Check
                key={id}
                label={name(id)}
                value={value.includes(id)}
                onInput={(isIn) => onInput(isIn ? [...value, id] : value.filter((each) => each !== id))}
              />
            ))}
        </fieldset>
      )}
    </Fetched>
  );
}
