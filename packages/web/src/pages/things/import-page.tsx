import type { ImportResult } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { done, useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/choices.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Page } from '../../parts/page.tsx';
import { isForUs, NotForYou } from './for-us.tsx';
import { words } from './words.ts';

type Kind = 'items' | 'cables';

/** `/things/import`: takes items or cables from a spreadsheet; it is shown first what would change. */
export default function ImportPage() {
  const text = words.value;
  return (
    <Page title={text.importing} lead={text.importLead}>
      {isForUs() ? <Import /> : <NotForYou />}
    </Page>
  );
}

/** The form. Long, since it is one field after another. */
function Import() {
  const text = words.value;
  const kind = useSignal<Kind>('items');
  const file = useSignal<File | undefined>(undefined);
  const seen = useSignal<ImportResult | undefined>(undefined);
  const id = useId();
  const take = useAct(async (dryRun: boolean) => {
    const content = file.value;
    if (content === undefined) return;
    const path = `/api/v1/csv/${kind.value}?dryRun=${dryRun}`;
    const { value } = await send(path, { method: 'POST', text: { type: 'text/csv', content } });
    const result = value as ImportResult;
    seen.value = dryRun ? result : undefined;
    if (!dryRun) done(text.didDo(result.new.length, result.changed.length, result.same));
  });
  const names = { items: text.importItems, cables: text.importCables };
  const why = file.value === undefined ? text.noFile : undefined;
  return (
    <div class="form card">
      <Choice<Kind>
        label={text.importWhich}
        value={kind.value}
        onInput={(chosen) => {
          kind.value = chosen;
          seen.value = undefined;
        }}
        options={(['items', 'cables'] as const).map((value) => ({ value, text: names[value] }))}
      />
      <div class="field">
        <label for={id}>{text.file}</label>
        <input
          id={id}
          type="file"
          accept=".csv,text/csv"
          onChange={({ currentTarget }) => {
            file.value = currentTarget.files?.[0];
            seen.value = undefined;
          }}
        />
      </div>
      {seen.value !== undefined && (
        <p class="strong" role="status">
          {text.wouldDo(seen.value.new.length, seen.value.changed.length, seen.value.same)}
        </p>
      )}
      {take.failure && <FailureNote failure={take.failure} />}
      <div class="acts">
        <Button
          look={seen.value === undefined ? 'main' : 'plain'}
          busy={take.busy}
          why={why}
          onClick={() => void take.run(true)}
        >
          {text.look}
        </Button>
        {seen.value !== undefined && (
          <Button look="main" busy={take.busy} onClick={() => void take.run(false)}>
            {text.importNow}
          </Button>
        )}
        <a class="button quiet" href={`/api/v1/csv/${kind.value}`} download={`${kind.value}.csv`}>
          {text.download(names[kind.value])}
        </a>
      </div>
    </div>
  );
}
