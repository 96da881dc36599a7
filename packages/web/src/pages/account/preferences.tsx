import type { MeResource, PreferencesResource } from '@huismeester/contracts';
import { done } from '../../api/act.ts';
import { isOvertaken, useActOn, useEdit } from '../../api/edit.ts';
import { send } from '../../api/request.ts';
import { known, type Resource, useResource } from '../../api/resource.ts';
import { Button } from '../../parts/button.tsx';
import { changeLanguage } from '../../parts/change-language.ts';
import { Choice, Select } from '../../parts/choices.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { FailureNote } from '../../parts/failure.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { TextField } from '../../parts/field.tsx';
import { OvertakenFields } from '../../parts/overtaken.tsx';
import { Section } from '../../parts/page.tsx';
import { common } from '../../words/common.ts';
import { askedLanguage } from '../../words/language.ts';
import { type Chosen, formOf, preferencesOf } from './chosen.ts';
import { words } from './words.ts';
import type { Words } from './words-en.ts';

const path = '/api/v1/me/preferences';
const noticeKinds = ['digest', 'urgent', 'none'] as const;
const languages = ['nl', 'en'] as const;

/** Language, mails, holiday and keys; each is chosen here, and saved together. */
export function Preferences() {
  const chosen = useResource<PreferencesResource>(path, ['membership']);
  return (
    <Section title={words.value.preferences}>
      <Fetched of={chosen} lines={6}>
        {(value) => <Form chosen={value} of={chosen} />}
      </Fetched>
    </Section>
  );
}

/** What somebody chose, to be changed. Long, since it is a form, one field after another. */
function Form({
  chosen,
  of,
}: {
  readonly chosen: PreferencesResource;
  readonly of: Resource<PreferencesResource>;
}) {
  const text = words.value;
  const edit = useEdit('preferences', of, formOf, formOf(chosen));
  const { values: form, set: change, clear, both, isTyped } = edit;
  const act = useActOn(edit, async (ifMatch) => {
    await send(path, { method: 'PUT', body: preferencesOf(form), ifMatch });
    clear();
    done(text.saved);
  });
  return (
    <form
      class="card form"
      onSubmit={(event) => {
        event.preventDefault();
        void act.run();
      }}
    >
      <PageLanguage />
      <Select<Chosen['language']>
        label={text.language}
        value={form.language}
        onInput={(wanted) => change({ language: wanted })}
        options={[
          { value: '', text: text.languages.none },
          ...languages.map((value) => ({ value, text: text.languages[value] })),
        ]}
      />
      <Choice<Chosen['notices']>
        label={text.notices}
        value={form.notices}
        onInput={(notices) => change({ notices })}
        options={noticeKinds.map((value) => {
          const [name, more] = text.noticeKinds[value];
          return { value, text: name, more };
        })}
      />
      <fieldset class="field">
        <legend>{text.holiday}</legend>
        <p class="hint">{text.holidayLead}</p>
        <div class="pair">
          <TextField
            label={text.holidayFrom}
            type="date"
            value={form.from}
            error={errorOf(act.failure, 'holiday.from')}
            onInput={(from) => change({ from })}
          />
          <TextField
            label={text.holidayUntil}
            type="date"
            value={form.until}
            error={errorOf(act.failure, 'holiday.until')}
            onInput={(until) => change({ until })}
          />
        </div>
      </fieldset>
      <DirectoryKeys />
      <TextField
        label={text.keysLabel}
        hint={text.keysHint}
        rows={3}
        value={form.keys}
        error={errorOf(act.failure, 'sshKeys')}
        onInput={(keys) => change({ keys })}
      />
      {isOvertaken(act.failure) ? (
        <OvertakenFields both={both} names={namesOf(text)} say={say} />
      ) : (
        act.failure && <FailureNote failure={act.failure} />
      )}
      <div class="acts">
        <Button type="submit" look="main" busy={act.busy}>
          {text.save}
        </Button>
        {isTyped && (
          <Button
            local
            onClick={() => {
              act.clear();
              clear();
            }}
          >
            {common.value.cancel}
          </Button>
        )}
      </div>
    </form>
  );
}

const namesOf = ({ language: name, notices, holidayFrom: from, holidayUntil: until, keys }: Words) => ({
  language: name,
  notices,
  from,
  until,
  keys,
});

/** What is chosen, in words. */
function say(field: keyof Chosen, chosen: Chosen): string {
  const { languages: names, noticeKinds: kinds } = words.value;
  if (field === 'language') return names[chosen.language === '' ? 'none' : chosen.language];
  return field === 'notices' ? kinds[chosen.notices][0] : chosen[field];
}

/** The language of the page is this browser's, and changes at once. */
function PageLanguage() {
  const { language: names } = common.value;
  return (
    <Choice<'nl' | 'en'>
      label={names.label}
      value={askedLanguage.value}
      onInput={changeLanguage}
      options={languages.map((value) => ({ value, text: names[value] }))}
    />
  );
}

/** The keys that the directory has go before those that are chosen here. */
function DirectoryKeys() {
  const text = words.value;
  const who = useResource<MeResource>('/api/v1/me', ['membership']);
  const keys = known(who)?.ssh_keys;
  return (
    <div>
      <h3>{text.keys}</h3>
      <p class="small">{text.inDirectory(keys?.length)}</p>
      {keys !== undefined && keys.length > 0 && (
        <ul class="keys">
          {keys.map((key) => (
            <li key={key}>
              <code>{key}</code>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
