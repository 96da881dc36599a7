import type { Token } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { send } from '../../api/request.ts';
import { useList } from '../../api/resource.ts';
import { person } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { TextField } from '../../parts/field.tsx';
import { Section } from '../../parts/page.tsx';
import { Shown } from './secret.tsx';
import { TokenList, tokensPath } from './token-list.tsx';
import { words } from './words.ts';

interface Made {
  readonly name: string;
  readonly link: string;
}

/** What is nobody's own: screens in the space, and for an administrator the tokens of programs. */
export function Displays() {
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
      {text.makeDisplay}
    </Button>
  );
  return (
    <Section title={text.displays} act={act}>
      <p class="soft">{text.displaysLead}</p>
      {made.value !== undefined && (
        <Shown
          title={text.displayLink(made.value.name)}
          lead={text.displayOnce}
          secret={made.value.link}
          what={text.theLink(made.value.name)}
          onSeen={() => {
            made.value = undefined;
          }}
        />
      )}
      <Fetched of={tokens}>
        {(all) => (
          <TokenList
            all={all.filter((each) => each.person !== person())}
            none={text.displaysNone}
            noneWhy={text.displaysNoneWhy}
          />
        )}
      </Fetched>
      {isMaking.value && (
        <MakeDisplay
          onMade={(display) => {
            made.value = display;
          }}
          onClose={() => {
            isMaking.value = false;
          }}
        />
      )}
    </Section>
  );
}

function MakeDisplay({
  onMade,
  onClose,
}: {
  readonly onMade: (made: Made) => void;
  readonly onClose: () => void;
}) {
  const text = words.value;
  const { values, set, clear } = useDraft('display', { name: '' });
  const act = useAct(async () => {
    const { value } = await send(tokensPath, {
      method: 'POST',
      body: { name: values.name.trim(), role: 'display' },
    });
    // Where settings do not say where this is reached, it is where we are.
    const { name, secret, link = `${location.origin}/display#${secret}` } = value as Answer;
    onMade({ name, link });
    clear();
  });
  return (
    <Confirm title={text.makeDisplay} by={act} onClose={onClose}>
      <TextField
        label={text.displayName}
        hint={text.displayHint}
        error={errorOf(act.failure, 'name')}
        value={values.name}
        maxLength={100}
        required
        onInput={(name) => set({ name })}
      />
    </Confirm>
  );
}

interface Answer {
  readonly name: string;
  readonly secret: string;
  readonly link?: string;
}
