import type { Vm } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { useAct } from '../../api/act.ts';
import { Confirm } from '../../parts/dialog.tsx';
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
  const typed = useSignal(before);
  const { cores, memory, disk } = typed.value;
  const size = {
    ...(cores !== before.cores && { cores: Number(cores) }),
    ...(memory !== before.memory && { memory: `${memory}GiB` }),
    ...(disk !== before.disk && { disk: `${disk}GiB` }),
  };
  const doing = useAct(() => askOf(vm, 'resize', { size }));
  const field = (name: keyof typeof before) => (
    <TextField
      type="number"
      label={text[name]}
      value={typed.value[name]}
      onInput={(value) => {
        typed.value = { ...typed.value, [name]: value };
      }}
    />
  );
  return (
    <Confirm
      title={text.of(vm.name)}
      act={text.of(vm.name)}
      busy={doing.busy}
      failure={doing.failure}
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
