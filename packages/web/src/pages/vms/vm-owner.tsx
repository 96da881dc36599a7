import type { Vm, VmOwner } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { useActOn, useEdit } from '../../api/edit.ts';
import { send } from '../../api/request.ts';
import { type Resource, useResource } from '../../api/resource.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { FailureNote } from '../../parts/failure.tsx';
import { TextField } from '../../parts/field.tsx';
import { Lacking } from '../../parts/lacking.tsx';
import { OvertakenFields } from '../../parts/overtaken.tsx';
import { Section } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { pathOf } from './ask.ts';
import { words } from './words.ts';

/** To whom a VM is offered, and for whoever may: offering it, and taking that back. */
export function VmOffer({ vm }: { readonly vm: Vm }) {
  const text = words.value.give;
  const nameOf = useNames();
  const isGiving = useSignal<boolean>(false);
  const mayGive = vm.may?.includes('hand-over') === true || vm.may?.includes('adopt') === true;
  const path = `${pathOf(vm)}/owner`;
  const owner = useResource<VmOwner>(mayGive ? path : undefined, ['vm-lifecycle']);
  const state = owner.state.value;
  const offer = state.kind === 'loaded' ? state.value.offer : undefined;
  const withdrawing = useAct(() => send(`${path}/offer`, { method: 'DELETE' }));
  if (!mayGive) return null;
  const isNobodys = vm.unclaimed === true;
  const title = isNobodys ? text.adopt(vm.name) : text.of(vm.name);
  return (
    <Section title={text.title}>
      <div class="stack">
        {isNobodys && <p>{text.unclaimed}</p>}
        {offer !== undefined && <p>{text.offeredTo(nameOf(offer.to))}</p>}
        <Lacking of={owner} />
        {withdrawing.failure && <FailureNote failure={withdrawing.failure} />}
        <div class="acts">
          {state.kind !== 'loaded' ? null : offer === undefined ? (
            <Button
              label={title}
              onClick={() => {
                isGiving.value = true;
              }}
            >
              {title}
            </Button>
          ) : (
            <Button
              label={words.value.actOf(text.withdraw, vm.name)}
              busy={withdrawing.busy}
              onClick={() => void withdrawing.run().then((isDone) => isDone && done(text.withdrawn(vm.name)))}
            >
              {text.withdraw}
            </Button>
          )}
        </div>
      </div>
      {isGiving.value && (
        <Give
          vm={vm}
          title={title}
          owner={owner}
          onClose={() => {
            isGiving.value = false;
          }}
        />
      )}
    </Section>
  );
}

function Give({
  vm,
  title,
  owner,
  onClose,
}: {
  readonly vm: Vm;
  readonly title: string;
  /** Nobody offers what somebody else just did. */
  readonly owner: Resource<VmOwner>;
  readonly onClose: () => void;
}) {
  const text = words.value.give;
  const nameOf = useNames();
  const edit = useEdit(`give ${vm.id}`, owner, ({ offer }) => ({ person: offer?.to ?? '' }), { person: '' });
  const { values, set, clear, both } = edit;
  const giving = useActOn(edit, (ifMatch) =>
    send(`${pathOf(vm)}/owner`, { method: 'POST', body: { person: values.person.trim() }, ifMatch }),
  );
  const give = async (): Promise<void> => {
    if (!(await giving.run())) return;
    done(text.offered(vm.name, values.person), () => send(`${pathOf(vm)}/owner/offer`, { method: 'DELETE' }));
    clear();
    onClose();
  };
  return (
    <Confirm
      title={title}
      act={text.act}
      by={giving}
      overtaken={
        <OvertakenFields
          both={both}
          names={{ person: text.title }}
          say={(_, { person }) => (person === values.person ? person : person && nameOf(person))}
        />
      }
      onClose={onClose}
      onConfirm={() => void give()}
    >
      <p>{text.what}</p>
      <TextField
        label={text.person}
        hint={text.personHint}
        error={errorOf(giving.failure, 'person')}
        value={values.person}
        onInput={(person) => set({ person })}
        autocomplete="off"
        required
      />
    </Confirm>
  );
}
