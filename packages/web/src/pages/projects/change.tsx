import type { Project } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { send } from '../../api/request.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/dialog.tsx';
import { errorOf, TextField } from '../../parts/field.tsx';
import { Facts } from '../../parts/table.tsx';
import { common } from '../../words/common.ts';
import { pathOf } from './ask.ts';
import { changesOf, type Typed, typedOf } from './model.ts';
import { words } from './words.ts';

/** Changes what is said of a project. Was it changed by somebody else meanwhile, both are shown before it is saved over theirs. */
export function Change({ project, etag }: { readonly project: Project; readonly etag: string | undefined }) {
  const text = words.value;
  const opened = useSignal<{ readonly etag: string | undefined; readonly before: Typed } | undefined>(
    undefined,
  );
  return (
    <>
      <div class="acts">
        <Button
          label={text.changeOf(project.title)}
          onClick={() => {
            opened.value = { etag, before: typedOf(project) };
          }}
        >
          {text.change}
        </Button>
      </div>
      {opened.value && (
        <Form
          project={project}
          opened={opened.value}
          newest={etag}
          onClose={() => {
            opened.value = undefined;
          }}
        />
      )}
    </>
  );
}

/** What is said of a project, to be changed. Long, since it is a form, one field after another. */
function Form({
  project,
  opened: { etag, before },
  newest,
  onClose,
}: {
  readonly project: Project;
  readonly opened: { readonly etag: string | undefined; readonly before: Typed };
  readonly newest: string | undefined;
  readonly onClose: () => void;
}) {
  const text = words.value;
  const { fields } = text;
  const { values, set, clear } = useDraft(`project ${project.id}`, { ...before, because: '' });
  // After somebody else changed it, what they changed was shown: then it is saved over that.
  const isShown = useSignal<boolean>(false);
  const saving = useAct(async () => {
    const { because, ...typed } = values;
    const body = { ...changesOf(before, typed), ...(because.trim() !== '' && { because: because.trim() }) };
    await send(pathOf(project.id), { method: 'PATCH', body, ifMatch: isShown.value ? newest : etag });
  });
  const isStale = saving.failure?.kind === 'problem' && saving.failure.problem.status === 412;
  const save = async (): Promise<void> => {
    if (await saving.run()) {
      clear();
      onClose();
      done(text.changed(project.title));
    } else isShown.value = true;
  };
  const { title, purpose, wiki, hardware } = typedOf(project);
  const { none } = common.value;
  return (
    <Confirm
      title={text.changeOf(project.title)}
      act={isStale ? text.saveAnyway : text.save}
      busy={saving.busy}
      failure={isStale ? undefined : saving.failure}
      onClose={onClose}
      onConfirm={() => void save()}
    >
      {isStale && (
        <div class="note warn" role="alert">
          <p class="strong">{text.changedMeanwhile}</p>
          <Facts
            of={[
              [fields.title, title],
              [fields.purpose, purpose || none],
              [fields.wiki, wiki || none],
              [fields.hardware, hardware || none],
            ]}
          />
        </div>
      )}
      <TextField
        label={fields.title}
        hint={fields.titleHint}
        error={errorOf(saving.failure, 'title')}
        value={values.title}
        onInput={(value) => set({ title: value })}
        maxLength={80}
        required
      />
      <TextField
        label={fields.purpose}
        error={errorOf(saving.failure, 'purpose')}
        value={values.purpose}
        onInput={(value) => set({ purpose: value })}
        rows={3}
      />
      <TextField
        type="url"
        label={fields.wiki}
        error={errorOf(saving.failure, 'wiki')}
        value={values.wiki}
        onInput={(value) => set({ wiki: value })}
      />
      <TextField
        label={fields.hardware}
        hint={fields.hardwareHint}
        error={errorOf(saving.failure, 'hardware')}
        value={values.hardware}
        onInput={(value) => set({ hardware: value })}
        rows={2}
      />
      <TextField
        label={fields.because}
        hint={`${fields.becauseHint} (${common.value.optional})`}
        error={errorOf(saving.failure, 'because')}
        value={values.because}
        onInput={(value) => set({ because: value })}
      />
      <p class="small">{text.changePeople}</p>
    </Confirm>
  );
}
