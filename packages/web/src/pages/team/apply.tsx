import type { ApplicationResource, PersonResource } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, newKey, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { send } from '../../api/request.ts';
import { useList } from '../../api/resource.ts';
import { go } from '../../app/router.ts';
import { may, me } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { Select } from '../../parts/choices.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { TextField } from '../../parts/field.tsx';
import { useNames } from '../../parts/person.tsx';
import { words } from './words.ts';

/** Buttons to apply: for oneself, or of a full member for somebody. `hasApplied`: whether their own application goes on, or that is not known yet. */
export function Apply({ hasApplied }: { readonly hasApplied: boolean }) {
  const text = words.value;
  const asking = useSignal<'self' | 'other' | undefined>(undefined);
  const who = me.value;
  if (who === undefined || who === 'nobody' || who.person === undefined) return null;
  const isOfTeam = who.register !== undefined && who.register !== 'former';
  const close = () => {
    asking.value = undefined;
  };
  return (
    <>
      {!isOfTeam && !hasApplied && (
        <Button
          look="main"
          onClick={() => {
            asking.value = 'self';
          }}
        >
          {text.apply}
        </Button>
      )}
      {may('infrateam') && (
        <Button
          onClick={() => {
            asking.value = 'other';
          }}
        >
          {text.applyFor}
        </Button>
      )}
      {asking.value === 'self' && <ApplySelf onClose={close} />}
      {asking.value === 'other' && <ApplyFor onClose={close} />}
    </>
  );
}

async function made(body: object, key: string): Promise<void> {
  const { value } = await send('/api/v1/applications', { method: 'POST', body, key });
  go(`/team/applications/${(value as ApplicationResource).id}`);
}

function ApplySelf({ onClose }: { readonly onClose: () => void }) {
  const text = words.value;
  const key = useSignal(newKey());
  const act = useAct(async () => {
    await made({}, key.value);
    done(text.applied);
  });
  return (
    <Confirm title={text.apply} by={act} onClose={onClose}>
      <p>
        {text.applyLead} <ClauseLink clause="JOIN-1" />
      </p>
    </Confirm>
  );
}

function ApplyFor({ onClose }: { readonly onClose: () => void }) {
  const text = words.value;
  const name = useNames();
  const people = useList<PersonResource>('/api/v1/people', ['membership']);
  const { values, set, clear } = useDraft('apply', { person: '', days: '', key: newKey() });
  const act = useAct(async () => {
    const { person, days, key } = values;
    await made({ person, ...(days.trim() !== '' && { trialDays: Number(days) }) }, key);
    clear();
    done(text.appliedFor(name(person)));
  });
  return (
    <Confirm title={text.applyFor} by={act} onClose={onClose}>
      <Fetched of={people}>
        {(all) => (
          <Select
            label={text.forWhom}
            value={values.person}
            error={errorOf(act.failure, 'person')}
            onInput={(person) => set({ person, key: newKey() })}
            options={[
              { value: '', text: text.choose },
              ...all
                .filter(isCandidate)
                .map(({ id }) => ({ value: id, text: name(id) }))
                .toSorted((a, b) => a.text.localeCompare(b.text)),
            ]}
          />
        )}
      </Fetched>
      <TextField
        label={text.days}
        hint={text.daysHint}
        error={errorOf(act.failure, 'trialDays')}
        type="number"
        value={values.days}
        onInput={(days) => set({ days, key: newKey() })}
      />
    </Confirm>
  );
}

function isCandidate({ enabled, register, roles }: PersonResource): boolean {
  const isOfTeam = register !== undefined && register !== 'former';
  return enabled && !isOfTeam && roles.includes('participant');
}
