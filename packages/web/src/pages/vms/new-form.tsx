import type { Creation, PreferencesResource, Quota, Template } from '@huismeester/contracts';
import { useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { sendOnce } from '../../api/once.ts';
import { useList, useResource } from '../../api/resource.ts';
import { place, setQuery } from '../../app/router.ts';
import { person } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/choices.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { TextField } from '../../parts/field.tsx';
import { sizeText } from './amounts.ts';
import { fieldErrors } from './errors.ts';
import { recallKey, rememberKey } from './kept-key.ts';
import { KeyField } from './key-field.tsx';
import { QuotaBars } from './quota.tsx';
import { words } from './words.ts';

type SizeName = 's' | 'm' | 'l';

/** What is typed; `key` undefined: the one that is known is taken. */
interface Values {
  readonly name: string;
  readonly template: string;
  readonly size: SizeName;
  readonly key?: string;
}

/** The four fields of a new VM, with what it does to one's quota, and the button that makes it. */
export function NewForm() {
  const text = words.value.new;
  const templates = useList<Template>('/api/v1/templates', ['vm-lifecycle']);
  const empty = (
    <>
      <p class="strong">{text.noTemplates}</p>
      <p>{text.noTemplatesNext}</p>
    </>
  );
  return (
    <Fetched of={templates} empty={empty} lines={6}>
      {(all) => <Fields templates={all} />}
    </Fetched>
  );
}

/** What a VM is made of. Long, since it is a form, one field after another. */
function Fields({ templates }: { readonly templates: readonly Template[] }) {
  const text = words.value.new;
  const { values, set, clear } = useDraft<Values>('new-vm', {
    name: '',
    template: templates[0]?.id ?? '',
    size: 's',
  });
  const quota = useResource<Quota>('/api/v1/quota', ['vm-lifecycle']);
  const known = quota.state.value.kind === 'loaded' ? quota.state.value.value : undefined;
  const knownKey = useKnownKey();
  const project = place.value.query.get('project') ?? undefined;
  const making = useAct(makingOf(project, clear));
  const errors = fieldErrors(making.failure, values.name);
  const sizes = known?.sizes;
  return (
    <form
      class="form narrow new-vm"
      onSubmit={(event) => {
        event.preventDefault();
        void making.run({ ...values, key: values.key ?? knownKey?.key ?? '' });
      }}
    >
      {project !== undefined && <p class="note calm">{text.forProject}</p>}
      <TextField
        label={text.name}
        hint={text.nameHint}
        error={errors.name}
        value={values.name}
        onInput={(name) => set({ name: name.toLowerCase() })}
        autocomplete="off"
        maxLength={30}
        required
      />
      <Choice
        label={text.template}
        error={errors.template}
        value={values.template}
        onInput={(template) => set({ template })}
        options={templates.map(({ id, name, user }) => ({
          value: id,
          text: name,
          more: text.templateUser(user),
        }))}
      />
      <Choice<SizeName>
        label={text.size}
        error={errors.size}
        value={values.size}
        onInput={(size) => set({ size })}
        options={(['s', 'm', 'l'] as const).map((size) => ({
          value: size,
          text: text.sizes[size],
          more: sizeText(sizes?.[size] ?? {}) ?? '',
        }))}
      />
      <QuotaBars quota={known} size={sizes?.[values.size]} />
      <KeyField known={knownKey} value={values.key} error={errors.key} onInput={(key) => set({ key })} />
      {errors.elsewhere && <FailureNote failure={errors.elsewhere} />}
      <div class="acts">
        <Button type="submit" look="main" busy={making.busy}>
          {text.act}
        </Button>
      </div>
    </form>
  );
}

/** The key that needs no typing: that of the account, else the one that was used here last. */
function useKnownKey(): { readonly key: string; readonly from: 'account' | 'before' } | undefined {
  const { state } = useResource<PreferencesResource>('/api/v1/me/preferences', ['membership']);
  const kept = (state.value.kind === 'loaded' ? state.value.value.sshKeys : undefined) ?? [];
  if (kept.length > 0) return { key: kept.join('\n'), from: 'account' };
  const before = recallKey(person() ?? '');
  return before === undefined ? undefined : { key: before, from: 'before' };
}

/** Asks for the VM, and goes on to show how far it is. */
function makingOf(project: string | undefined, clear: () => void) {
  return async ({ name, template, size, key = '' }: Values): Promise<void> => {
    const lines = key.split('\n').filter((line) => line.trim() !== '');
    const { value } = await sendOnce('/api/v1/vms', {
      name: name.trim(),
      template,
      size,
      ...(lines.length > 0 && { keys: lines }),
      ...(project !== undefined && { project }),
    });
    if (lines.length > 0) rememberKey(person() ?? '', lines.join('\n'));
    clear();
    setQuery({ making: (value as Creation).id, project: undefined });
  };
}
