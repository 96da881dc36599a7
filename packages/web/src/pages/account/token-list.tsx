import type { Token } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { person } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { useActors } from '../../parts/person.tsx';
import { Relative, When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { words } from './words.ts';

export const tokensPath = '/api/v1/tokens';

/** Tokens with a button to end each; `none` and what to do then, where there are none. */
export function TokenList({
  all,
  none,
  noneWhy,
}: {
  readonly all: readonly Token[];
  readonly none: string;
  readonly noneWhy: string;
}) {
  if (all.length === 0) {
    return (
      <div class="empty">
        <p class="strong">{none}</p>
        <p>{noneWhy}</p>
      </div>
    );
  }
  return (
    <ul class="rows">
      {all.map((each) => (
        <li key={each.id} class="row">
          <TokenLine token={each} />
        </li>
      ))}
    </ul>
  );
}

function TokenLine({ token }: { readonly token: Token }) {
  const text = words.value;
  const { id, name, role, expires, lastUsed, createdBy } = token;
  const nameOf = useActors();
  const isAsking = useSignal<boolean>(false);
  const end = useAct(async () => {
    await send(`${tokensPath}/${id}`, { method: 'DELETE' });
    done(text.tokenEnded(name));
  });
  const close = () => {
    isAsking.value = false;
  };
  return (
    <>
      <div>
        <p class="strong">{name}</p>
        <p class="small">
          {common.value.terms.roles[role]} ·{' '}
          {token.person !== person() && `${text.madeBy(nameOf(createdBy))} · `}
          {text.lastUsed} {lastUsed === undefined ? text.never : <Relative at={lastUsed} />}
          {expires !== undefined && (
            <>
              {' · '}
              {text.until} <When at={expires} />
            </>
          )}
        </p>
      </div>
      <Button
        label={text.endToken(name)}
        onClick={() => {
          isAsking.value = true;
        }}
      >
        {text.end}
      </Button>
      {isAsking.value && (
        <Confirm title={text.endToken(name)} look="danger" by={end} onClose={close}>
          <p>{text.endTokenLead}</p>
        </Confirm>
      )}
    </>
  );
}
