import type { Vm } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Mark } from '../../parts/mark.tsx';
import { sizeText } from './amounts.ts';
import { pathOf } from './ask.ts';
import { words } from './words.ts';

/** A VM that is offered to whoever looks, who accepts it or not. */
export function OfferedCard({ vm }: { readonly vm: Vm }) {
  const text = words.value;
  const { id, name } = vm;
  const isAsking = useSignal<boolean>(false);
  const accept = useAct(() => send(`${pathOf(vm)}/owner/acceptance`, { method: 'POST', body: {} }));
  const decline = useAct(() => send(`${pathOf(vm)}/owner/offer`, { method: 'DELETE' }));
  return (
    <article class="card vm-card">
      <div class="card-head">
        <h3>
          <a href={`/vms/${encodeURIComponent(id)}`}>{name}</a>
        </h3>
        <Mark tone="warn">{text.offered}</Mark>
      </div>
      <p>{text.offeredWhy}</p>
      {decline.failure && <FailureNote failure={decline.failure} />}
      <div class="acts">
        <Button
          label={text.actOf(text.accept, name)}
          onClick={() => {
            isAsking.value = true;
          }}
        >
          {text.accept}
        </Button>
        <Button
          label={text.actOf(text.decline, name)}
          busy={decline.busy}
          onClick={() => void decline.run().then((isDone) => isDone && done(text.declined(name)))}
        >
          {text.decline}
        </Button>
      </div>
      <p class="small">{[text.id(id), text.onNode(vm.node), sizeText(vm)].filter(Boolean).join(' · ')}</p>
      {isAsking.value && (
        <Confirm
          title={text.acceptOf(name)}
          by={accept}
          onClose={() => {
            isAsking.value = false;
          }}
          onConfirm={() =>
            void accept.run().then((isDone) => {
              if (!isDone) return;
              isAsking.value = false;
              done(text.accepted(name));
            })
          }
        >
          <p>{text.acceptSure(name)}</p>
        </Confirm>
      )}
    </article>
  );
}
