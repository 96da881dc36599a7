import type { ItemResource } from '@huismeester/contracts';
import { done, newKey, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { send } from '../../api/request.ts';
import { go, place } from '../../app/router.ts';
import { Page } from '../../parts/page.tsx';
import { isForUs, NotForYou } from './for-us.tsx';
import { empty, fieldsOf, type Typed } from './item-fields.ts';
import { ItemForm } from './item-form.tsx';
import { words } from './words.ts';

/** `/things/new?place=…`: registers an item. */
export default function NewItemPage() {
  const text = words.value;
  const at = place.value.query.get('place') ?? '';
  const { values, set, clear } = useDraft<Typed & { key: string }>(`item-new-${at}`, {
    ...empty(at),
    key: newKey(),
  });
  const act = useAct(async () => {
    const { key, id, ...typed } = values;
    const body = { ...fieldsOf({ id, ...typed }), ...(id !== '' && { id }) };
    const { value } = await send('/api/v1/items', { method: 'POST', body, key });
    const made = value as ItemResource;
    clear();
    done(text.added(made.name));
    go(`/things/${made.id}`);
  });
  return (
    <Page title={text.addTitle}>
      {isForUs() ? (
        <ItemForm
          values={values}
          set={(more) => set({ ...more, key: newKey() })}
          act={act}
          save={text.addAct}
          isNew
        />
      ) : (
        <NotForYou />
      )}
    </Page>
  );
}
