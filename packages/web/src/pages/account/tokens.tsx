import type { MeResource, Token } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { send } from '../../api/request.ts';
import { useList } from '../../api/resource.ts';
import { person, site } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { Select } from '../../parts/choices.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { TextField } from '../../parts/field.tsx';
import { Section } from '../../parts/page.tsx';
import { common } from '../../words/common.ts';
import { startOfDay } from '../../words/days.ts';
import { Shown } from './secret.tsx';
import { TokenList, tokensPath } from './token-list.tsx';
import { words } from './words.ts';

type Role = Token['role'];

interface Made {
  readonly name: string;
  readonly secret: string;
}

/** One's own tokens: the secret of a new one is shown once, and kept nowhere. */
export function Tokens({ me }: { readonly me: MeResource }) {
  const text = words.value;
  const tokens = useList<Token>(tokensPath, ['membership']);
  const isMaking = useSignal<boolean>(false);
  const made = useSignal<Made | undefined>(undefined);
  const act = (
    <Button
      onClick={() => {
        isMaking.value = true;
      }}
    >
      {text.makeToken}
    </Button>
  );
  return (
    <Section title={text.tokens} act={act}>
      <p class="soft">{text.tokensLead}</p>
      {made.value !== undefined && (
        <Shown
          title={text.secret}
          lead={text.secretOnce}
          secret={made.value.secret}
          what={text.theToken(made.value.name)}
          onSeen={() => {
            made.value = undefined;
          }}
        />
      )}
      <Fetched of={tokens}>
        {(all) => (
          <TokenList
            all={all.filter((each) => each.person === person())}
            none={text.tokensNone}
            noneWhy={text.tokensNoneWhy}
          />
        )}
      </Fetched>
      {isMaking.value && (
        <MakeToken
          roles={me.roles}
          onMade={(token) => {
            made.value = token;
          }}
          onClose={() => {
            isMaking.value = false;
          }}
        />
      )}
    </Section>
  );
}

function MakeToken({
  roles,
  onMade,
  onClose,
}: {
  readonly roles: readonly Role[];
  readonly onMade: (made: Made) => void;
  readonly onClose: () => void;
}) {
  const text = words.value;
  const { values, set, clear } = useDraft('token', { name: '', role: roles[0] ?? '', expires: '' });
  const act = useAct(async () => {
    const { name, role, expires } = values;
    const until = expires === '' ? undefined : startOfDay(expires, site.value?.timezone);
    const { value } = await send(tokensPath, {
      method: 'POST',
      body: { name: name.trim(), role, ...(until !== undefined && { expires: until }) },
    });
    onMade(value as Made);
    clear();
  });
  return (
    <Confirm title={text.makeToken} by={act} onClose={onClose}>
      <TextField
        label={text.name}
        hint={text.nameHint}
        error={errorOf(act.failure, 'name')}
        value={values.name}
        maxLength={100}
        required
        onInput={(name) => set({ name })}
      />
      <Select<string>
        label={text.role}
        error={errorOf(act.failure, 'role')}
        value={values.role}
        onInput={(role) => set({ role })}
        options={roles.map((value) => ({ value, text: common.value.terms.roles[value] }))}
      />
      <TextField
        label={text.until}
        hint={text.untilHint}
        error={errorOf(act.failure, 'expires')}
        type="date"
        value={values.expires}
        onInput={(expires) => set({ expires })}
      />
    </Confirm>
  );
}
