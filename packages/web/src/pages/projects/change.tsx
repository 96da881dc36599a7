import type { Project } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done } from '../../api/act.ts';
import { useActOn, useEdit } from '../../api/edit.ts';
import { send } from '../../api/request.ts';
import type { Resource } from '../../api/resource.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { TextField } from '../../parts/field.tsx';
import { OvertakenFields } from '../../parts/overtaken.tsx';
import { common } from '../../words/common.ts';
import { pathOf } from './ask.ts';
import { changesOf, typedOf } from './model.ts';
import { words } from './words.ts';

/** Changes what is said of a project. Was it changed by somebody else meanwhile, both are shown before it is saved over theirs. */
export function Change({ project, of }: Props) {
  const text = words.value;
  const isOpen = useSignal<boolean>(false);
  return (
    <>
      <div class="acts">
        <Button
          label={text.changeOf(project.title)}
          onClick={() => {
            isOpen.value = true;
          }}
        >
          {text.change}
        </Button>
      </div>
      {isOpen.value && (
        <Form
          project={project}
          of={of}
          onClose={() => {
            isOpen.value = false;
          }}
        />
      )}
    </>
  );
}

interface Props {
  readonly project: Project;
  readonly of: Resource<Project>;
}

/** What is said of a project, to be changed. Long, since it is a form, one field after another. */
function Form({ project, of, onClose }: Props & { readonly onClose: () => void }) {
  const text = words.value;
  const { fields } = text;
  const edit = useEdit(`project ${project.id}`, of, typedOf, typedOf(project));
  const { values, before, set, clear, both } = edit;
  const saving = useActOn(edit, async (ifMatch) => {
    await send(pathOf(project.id), { method: 'PATCH', body: changesOf(before, values), ifMatch });
    clear();
    onClose();
    done(text.changed(project.title));
  });
  return (
    <Confirm
      title={text.changeOf(project.title)}
      act={text.save}
      by={saving}
      overtaken={<OvertakenFields both={both} names={fields} />}
      onClose={onClose}
      onConfirm={() => void saving.run()}
    >
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
