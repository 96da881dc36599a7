import type { Vm } from '@huismeester/contracts';
import { useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { TextField } from '../../parts/field.tsx';
import { askOf } from './ask.ts';
import { words } from './words.ts';

/** Another size for a VM; what is left as it is is not sent. */
export function Resize({ vm, onClose }: { readonly vm: Vm; readonly onClose: () => void }) {
  const text = words.value.resize;
  const before = {
    cores: textOf(vm.cores),
    memory: textOf(vm.memory_mib && vm.memory_mib / 1024),
    disk: textOf(vm.disk_gib),
  };
  const { values, set, clear } = useDraft(`resize ${vm.id}`, before);
  const { cores, memory, disk } = values;
  const size = {
    ...(cores !== before.cores && { cores: Number(cores) }),
    ...(memory !== before.memory && { memory: `${memory}GiB` }),
    ...(disk !== before.disk && { disk: `${disk}GiB` }),
  };
  const doing = useAct(async () => {
    await askOf(vm, 'resize', { size });
    clear();
  });
  const field = (name: keyof typeof before) => (
    <TextField
      type="number"
      label={text[name]}
      error={errorOf(doing.failure, `size.${name}`)}
      value={values[name]}
      onInput={(value) => set({ [name]: value })}
    />
  );
  return (
    <Confirm
      title={text.of(vm.name)}
      by={doing}
      onClose={onClose}
      onConfirm={() => {
        if (Object.keys(size).length === 0) onClose();
        else void doing.run().then((isDone) => isDone && onClose());
      }}
    >
      <p>{text.what}</p>
      {field('cores')}
      {field('memory')}
      {field('disk')}
    </Confirm>
  );
}

function textOf(amount: number | undefined): string {
  return amount === undefined ? '' : String(amount);
}
