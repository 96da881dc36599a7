import { useSignal } from '@preact/signals';
import { useAct } from '../api/act.ts';
import { useDraft } from '../api/draft.ts';
import { logIn, site } from '../app/session.ts';
import { common } from '../words/common.ts';
import { language } from '../words/language.ts';
import { Button } from './button.tsx';
import { changeLanguage } from './change-language.ts';
import { FailureNote } from './failure.tsx';
import { TextField } from './field.tsx';

/** Asks somebody who they are. The password is kept nowhere. */
export function LogIn() {
  const { logIn: words } = common.value;
  const { values, set } = useDraft('log-in', { login: '' });
  const password = useSignal('');
  const act = useAct(() => logIn(values.login, password.value));
  const not = site.value?.noLogin;
  if (not !== undefined) {
    return (
      <p class="note calm">
        {not.says[language.value]} {not.url && <a href={not.url}>{not.url}</a>}
      </p>
    );
  }
  return (
    <form
      class="card form narrow"
      onSubmit={(event) => {
        event.preventDefault();
        void act.run().then((isDone) => {
          if (!isDone) password.value = '';
        });
      }}
    >
      <h2>{words.title}</h2>
      <TextField
        label={words.name}
        hint={words.nameHint}
        value={values.login}
        onInput={(login) => set({ login })}
        autocomplete="username"
        required
      />
      <TextField
        label={words.password}
        type="password"
        value={password.value}
        onInput={(text) => {
          password.value = text;
        }}
        autocomplete="current-password"
        required
      />
      {act.failure && <FailureNote failure={act.failure} />}
      <div class="acts">
        <Button type="submit" look="main" busy={act.busy}>
          {words.act}
        </Button>
        <OtherLanguage />
      </div>
    </form>
  );
}

/** The other language, for who has not logged in yet. */
function OtherLanguage() {
  const other = language.value === 'nl' ? 'en' : 'nl';
  return (
    <Button look="quiet" local onClick={() => changeLanguage(other)}>
      <span lang={other}>{common.value.language[other]}</span>
    </Button>
  );
}
