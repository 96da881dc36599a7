import type { ItemResource, LinkKind } from '@huismeester/contracts';
import { done, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { send } from '../../api/request.ts';
import { may } from '../../app/session.ts';
import { placeOf } from '../../app/subjects.ts';
import { Button } from '../../parts/button.tsx';
import { Select } from '../../parts/choices.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { FailureNote } from '../../parts/failure.tsx';
import { TextField } from '../../parts/field.tsx';
import { Section } from '../../parts/page.tsx';
import { words } from './words.ts';

type Link = ItemResource['links'][number];
const kinds = ['depends-on', 'runs-on', 'powered-by'] as const;

/** What an item needs; what somebody entered can be taken out, what settings or Proxmox say is read-only. */
export function Needs({ item }: { readonly item: ItemResource }) {
  const text = words.value;
  return (
    <Section title={text.needs}>
      {item.links.length === 0 ? (
        <p class="soft">{text.needsNothing}</p>
      ) : (
        <ul class="rows">
          {item.links.map((each) => (
            <li key={`${each.kind} ${each.to.join(' ')}`}>
              <Need item={item} link={each} />
            </li>
          ))}
        </ul>
      )}
      {may('infrateam', 'administrator') && <AddNeed item={item} />}
    </Section>
  );
}

function Need({ item, link: { kind, to, from } }: { readonly item: ItemResource; readonly link: Link }) {
  const text = words.value;
  const how = text.terms.links[kind];
  const path = `/api/v1/items/${item.id}/links`;
  const [target = ''] = to;
  const remove = useAct(async () => {
    await send(`${path}/${kind}/${target}`, { method: 'DELETE' });
    done(text.noMoreOf(how, target), () => send(path, { method: 'POST', body: { kind, to: target } }));
  });
  return (
    <>
      <div class="row">
        <span>
          {how}{' '}
          {to.map((each, at) => (
            <span key={each}>
              {at > 0 && text.or}
              <a href={placeOf(each)}>{each}</a>
            </span>
          ))}
          <span class="small">{text.terms.from[from]}</span>
        </span>
        {from === 'entered' && may('infrateam', 'administrator') && (
          <Button
            look="quiet"
            busy={remove.busy}
            label={text.noMoreOf(how, target)}
            onClick={() => void remove.run()}
          >
            {text.noMore}
          </Button>
        )}
      </div>
      {remove.failure && <FailureNote failure={remove.failure} />}
    </>
  );
}

function AddNeed({ item }: { readonly item: ItemResource }) {
  const text = words.value;
  const { values, set, clear } = useDraft<{ kind: LinkKind; to: string }>(`need-${item.id}`, {
    kind: 'depends-on',
    to: '',
  });
  const add = useAct(async () => {
    await send(`/api/v1/items/${item.id}/links`, { method: 'POST', body: { ...values } });
    clear();
  });
  return (
    <form
      class="form inline"
      onSubmit={(event) => {
        event.preventDefault();
        void add.run();
      }}
    >
      <div class="fields">
        <Select
          label={text.how}
          value={values.kind}
          onInput={(kind) => set({ kind })}
          options={kinds.map((value) => ({ value, text: text.terms.links[value] }))}
        />
        <TextField
          label={text.need}
          hint={text.needHint}
          error={errorOf(add.failure, 'to')}
          value={values.to}
          onInput={(to) => set({ to })}
          autocomplete="off"
          required
        />
      </div>
      {add.failure && <FailureNote failure={add.failure} />}
      <div class="acts">
        <Button type="submit" busy={add.busy}>
          {text.addNeed}
        </Button>
      </div>
    </form>
  );
}
