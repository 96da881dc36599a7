import type { Console, PeopleAct, Vm } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { go } from '../../app/router.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { askOf, pathOf, renew } from './ask.ts';
import { Resize } from './vm-resize.tsx';
import { words } from './words.ts';

type Asked = Exclude<PeopleAct, 'start'>;

/** The buttons of what whoever looks may do with a VM, by what the API says of them; what cannot be undone asks first. Long, since it is one block of the page, part after part. */
export function VmActs({ vm }: { readonly vm: Vm }) {
  const text = words.value;
  const { name, status, may = [] } = vm;
  const asking = useSignal<Asked | undefined>(undefined);
  const starting = useAct(() => askOf(vm, 'start'));
  const renewing = useAct(() => renew(vm));
  const close = (): void => {
    asking.value = undefined;
  };
  const isOff = status === 'stopped';
  const button = (act: Asked, look: 'plain' | 'danger' = 'plain', why?: string) =>
    may.includes(act) && (
      <Button
        look={look}
        label={text.actOf(text.acts[act], name)}
        why={why}
        onClick={() => {
          asking.value = act;
        }}
      >
        {text.acts[act]}
      </Button>
    );
  const failure = starting.failure ?? renewing.failure;
  if (may.length === 0) return <p class="soft">{text.detail.actsNone}</p>;
  return (
    <>
      {failure && <FailureNote failure={failure} />}
      <div class="acts">
        {isOff && may.includes('start') && (
          <Button
            look="main"
            busy={starting.busy}
            label={text.actOf(text.start, name)}
            onClick={() => void starting.run()}
          >
            {text.start}
          </Button>
        )}
        {!isOff && vm.lease !== undefined && may.includes('renew') && (
          <Button
            look="main"
            busy={renewing.busy}
            label={text.actOf(text.renew, name)}
            onClick={() => void renewing.run()}
          >
            {text.renew}
          </Button>
        )}
        {!isOff && button('shutdown')}
        {!isOff && button('reboot')}
        {may.includes('console') && <ConsoleLink vm={vm} />}
        {button('resize')}
        {!isOff && button('stop', 'danger')}
        {button('delete', 'danger', isOff ? undefined : text.deleteRuns)}
      </div>
      {asking.value === 'resize' && <Resize vm={vm} onClose={close} />}
      {asking.value !== undefined && asking.value !== 'resize' && (
        <Sure key={asking.value} vm={vm} act={asking.value} onClose={close} />
      )}
    </>
  );
}

/** Asks once more; what loses something is confirmed by typing the name, which the server compares. */
function Sure({
  vm,
  act,
  onClose,
}: {
  readonly vm: Vm;
  readonly act: Exclude<Asked, 'resize'>;
  readonly onClose: () => void;
}) {
  const text = words.value;
  const { name } = vm;
  const isFinal = act === 'stop' || act === 'delete';
  const doing = useAct(() => askOf(vm, act, isFinal ? { name } : {}));
  const title = text.actOf(text.acts[act], name);
  return (
    <Confirm
      title={title}
      look={isFinal ? 'danger' : 'main'}
      name={isFinal ? name : undefined}
      by={doing}
      onClose={onClose}
      onConfirm={() =>
        void doing.run().then((isDone) => {
          if (!isDone) return;
          onClose();
          // Soon there is nothing here to look at; what becomes of it stands with one's own VMs.
          if (act === 'delete') {
            done(text.actOf(name, text.asked.delete));
            go('/vms');
          }
        })
      }
    >
      <p>{text.confirm[act]}</p>
    </Confirm>
  );
}

/** Its address is asked for when somebody wants it: there one logs in to Proxmox as oneself. */
function ConsoleLink({ vm }: { readonly vm: Vm }) {
  const text = words.value.detail;
  const url = useSignal<string | undefined>(undefined);
  const asking = useAct(async () => {
    const { value } = await send(`${pathOf(vm)}/console`, {});
    url.value = (value as Console).url;
  });
  if (url.value !== undefined) {
    return (
      <a class="button plain" href={url.value} target="_blank" rel="noreferrer" title={text.consoleNote}>
        {text.consoleHere}
      </a>
    );
  }
  return (
    <>
      <Button
        busy={asking.busy}
        label={words.value.actOf(text.console, vm.name)}
        onClick={() => void asking.run()}
      >
        {text.console}
      </Button>
      {asking.failure && <FailureNote failure={asking.failure} />}
    </>
  );
}
