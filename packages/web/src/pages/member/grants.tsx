import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { send } from '../../api/request.ts';
import { may, site } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { Check } from '../../parts/choices.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { FailureNote } from '../../parts/failure.tsx';
import { TextField } from '../../parts/field.tsx';
import { Section } from '../../parts/page.tsx';
import { When } from '../../parts/time.tsx';
import { endOfDay } from '../../words/days.ts';
import type { Shown } from './shown.ts';
import { words } from './words.ts';

/** What a member on trial may act on (JOIN-3). */
export function Grants({ of, called }: Shown) {
  const text = words.value;
  const isGiving = useSignal<boolean>(false);
  const path = `/api/v1/team/${of.person}/grants`;
  const end = useAct(async (id: string, on: string) => {
    await send(`${path}/${id}`, { method: 'DELETE' });
    done(text.grantEnded(on));
  });
  const isTeam = may('infrateam');
  return (
    <Section title={text.grants} act={<ClauseLink clause="JOIN-3" />}>
      <p class="soft">{text.grantsLead}</p>
      {end.failure && <FailureNote failure={end.failure} />}
      {of.grants.length === 0 && <p>{text.grantsNone}</p>}
      <ul class="rows">
        {of.grants.map(({ id, on, until }) => (
          <li key={id} class="row">
            <span>
              <code>{on}</code> {text.until} <When at={until} />
            </span>
            {isTeam && (
              <Button busy={end.busy} onClick={() => void end.run(id, on)}>
                {text.end(on)}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {isTeam && of.register === 'trial' && (
        <div class="acts">
          <Button
            onClick={() => {
              isGiving.value = true;
            }}
          >
            {text.grant(called)}
          </Button>
        </div>
      )}
      {isGiving.value && (
        <Give
          of={of}
          called={called}
          onClose={() => {
            isGiving.value = false;
          }}
        />
      )}
    </Section>
  );
}

interface Asked {
  readonly on: string;
  readonly until: string;
  readonly isCore: boolean;
}

function Give({ of, called, onClose }: Shown & { readonly onClose: () => void }) {
  const text = words.value;
  const { values, set, clear } = useDraft<Asked>(`grant.${of.person}`, { on: '', until: '', isCore: false });
  const act = useAct(async () => {
    const { on, until, isCore } = values;
    const end = endOfDay(until, site.value?.timezone);
    const body = { on: on.trim(), until: end, ...(isCore && { core: true }) };
    await send(`/api/v1/team/${of.person}/grants`, { method: 'POST', body });
    clear();
    done(text.granted);
  });
  return (
    <Confirm title={text.grant(called)} by={act} onClose={onClose}>
      <TextField
        label={text.on}
        hint={text.onHint}
        error={errorOf(act.failure, 'on')}
        value={values.on}
        required
        onInput={(on) => set({ on })}
      />
      <TextField
        label={text.grantUntil}
        error={errorOf(act.failure, 'until')}
        type="date"
        value={values.until}
        required
        onInput={(until) => set({ until })}
      />
      <Check label={text.core} value={values.isCore} onInput={(isCore) => set({ isCore })} />
    </Confirm>
  );
}
