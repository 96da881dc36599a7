import type { MeResource, PreferencesResource } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { Failed, send } from '../../api/request.ts';
import { useResource } from '../../api/resource.ts';
import { Button } from '../../parts/button.tsx';
import { Choice, Select } from '../../parts/choices.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { errorOf, TextField } from '../../parts/field.tsx';
import { Section } from '../../parts/page.tsx';
import { common } from '../../words/common.ts';
import { language, speak } from '../../words/language.ts';
import { type Chosen, formOf, preferencesOf } from './chosen.ts';
import { words } from './words.ts';

const path = '/api/v1/me/preferences';
const noticeKinds = ['digest', 'urgent', 'none'] as const;
const languages = ['nl', 'en'] as const;

/** Language, mails, holiday and keys; each is chosen here, and saved together. */
export function Preferences() {
  const text = words.value;
  const chosen = useResource<PreferencesResource>(path, ['membership']);
  const found = chosen.state.value;
  const etag = found.kind === 'loaded' ? found.etag : undefined;
  return (
    <Section title={text.preferences}>
      <Fetched of={chosen} lines={6}>
        {(value) => <Form chosen={value} etag={etag} />}
      </Fetched>
    </Section>
  );
}

interface Kept {
  /** What was typed; undefined: nothing, and so it shows what is in force. */
  readonly typed?: Chosen | undefined;
  /** What was in force when the typing began. */
  readonly etag?: string | undefined;
}

/** What somebody chose, to be changed. Long, since it is a form, one field after another. */
function Form({ chosen, etag }: { readonly chosen: PreferencesResource; readonly etag: string | undefined }) {
  const text = words.value;
  const { values: kept, set, clear } = useDraft<Kept>('preferences', { typed: undefined, etag: undefined });
  const form = kept.typed ?? formOf(chosen);
  const hasChanged = useSignal<boolean>(false);
  const change = (more: Partial<Chosen>) =>
    set({ typed: { ...form, ...more }, etag: kept.typed === undefined ? etag : kept.etag });
  const act = useAct(async (ifMatch: string | undefined) => {
    try {
      await send(path, { method: 'PUT', body: preferencesOf(form), ifMatch });
    } catch (error) {
      const isStale = error instanceof Failed && isProblemOf(error, 412);
      hasChanged.value = isStale;
      if (!isStale) throw error;
      return;
    }
    hasChanged.value = false;
    clear();
    done(text.saved);
  });
  return (
    <form
      class="card form"
      onSubmit={(event) => {
        event.preventDefault();
        void act.run(kept.typed === undefined ? etag : kept.etag);
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
        onInput={(keys) => change({ keys })}
      />
      {hasChanged.value && <Changed now={formOf(chosen)} />}
      {act.failure && <FailureNote failure={act.failure} />}
      <div class="acts">
        {hasChanged.value ? (
          <Button look="main" busy={act.busy} onClick={() => void act.run(etag)}>
            {text.overwrite}
          </Button>
        ) : (
          <Button type="submit" look="main" busy={act.busy}>
            {text.save}
          </Button>
        )}
        {kept.typed !== undefined && (
          <Button
            local
            onClick={() => {
              hasChanged.value = false;
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

function isProblemOf({ failure }: Failed, status: number): boolean {
  return failure.kind === 'problem' && failure.problem.status === status;
}

/** How it is now, beside what was typed. */
function Changed({ now }: { readonly now: Chosen }) {
  const text = words.value;
  const dates = now.from === '' ? common.value.none : `${now.from} – ${now.until}`;
  return (
    <div class="note warn" role="alert">
      <p class="strong">{text.changed}</p>
      <p>{text.changedNow}</p>
      <ul class="plain">
        <li>
          {text.language}: {text.languages[now.language === '' ? 'none' : now.language]}
        </li>
        <li>
          {text.notices}: {text.noticeKinds[now.notices][0]}
        </li>
        <li>
          {text.holiday}: {dates}
        </li>
        <li>
          {text.keys}: {now.keys === '' ? common.value.none : now.keys.split('\n').length}
        </li>
      </ul>
    </div>
  );
}

/** The language of the page is this browser's, and changes at once. */
function PageLanguage() {
  const { language: names } = common.value;
  return (
    <Choice<'nl' | 'en'>
      label={names.label}
      value={language.value}
      onInput={(wanted) => void speak(wanted)}
      options={languages.map((value) => ({ value, text: names[value] }))}
    />
  );
}

/** The keys that the directory has go before those that are chosen here. */
function DirectoryKeys() {
  const text = words.value;
  const who = useResource<MeResource>('/api/v1/me', ['membership']);
  const found = who.state.value;
  const keys = found.kind === 'loaded' ? found.value.ssh_keys : undefined;
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
