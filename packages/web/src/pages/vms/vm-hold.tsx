import type { Hold, Vm } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { holdsPath, placeHold, placeRest, releaseHold } from '../../api/holds.ts';
import { known, useList } from '../../api/resource.ts';
import { serverNow } from '../../app/clock.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/choices.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { FailureNote } from '../../parts/failure.tsx';
import { TextField } from '../../parts/field.tsx';
import { Lacking } from '../../parts/lacking.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Section } from '../../parts/page.tsx';
import { moment } from '../../words/time.ts';
import { words } from './words.ts';

const lengths = ['1h', '4h', '12h', '24h'] as const;
type Length = (typeof lengths)[number];

/** What keeps Huismeester from a VM, and for whoever may: a hold on it. Both can be undone for a while. */
export function VmHold({ vm }: { readonly vm: Vm }) {
  const text = words.value.hold;
  const target = `vm/${vm.id}`;
  const isPlacing = useSignal<boolean>(false);
  const found = useList<Hold>(`${holdsPath}?target=${encodeURIComponent(target)}`, ['policy']);
  const holds = known(found) ?? [];
  const mayHold = vm.may?.includes('hold') === true;
  if (holds.length === 0 && !mayHold) return <Lacking of={found} />;
  const act = mayHold && known(found)?.length === 0 && (
    <Button
      label={words.value.actOf(text.place, vm.name)}
      onClick={() => {
        isPlacing.value = true;
      }}
    >
      {text.place}
    </Button>
  );
  return (
    <Section title={text.title} act={act}>
      <Lacking of={found} />
      {known(found)?.length === 0 && <p class="soft">{text.none}</p>}
      {holds.map((each) => (
        <Held key={each.id} hold={each} vm={vm} mayEnd={mayHold} />
      ))}
      {isPlacing.value && (
        <Place
          vm={vm}
          onClose={() => {
            isPlacing.value = false;
          }}
        />
      )}
    </Section>
  );
}

function Held({ hold, vm, mayEnd }: { readonly hold: Hold; readonly vm: Vm; readonly mayEnd: boolean }) {
  const text = words.value.hold;
  const { id, until, because } = hold;
  const ending = useAct(() => releaseHold(id));
  const end = async (): Promise<void> => {
    if (!(await ending.run())) return;
    done(text.ended(vm.name), () => placeRest(hold));
  };
  return (
    <div class="stack">
      <p>
        <Mark tone="warn">{text.held(moment(until, serverNow()))}</Mark> {because}
      </p>
      {ending.failure && <FailureNote failure={ending.failure} />}
      {mayEnd && (
        <div class="acts">
          <Button busy={ending.busy} label={words.value.actOf(text.end, vm.name)} onClick={() => void end()}>
            {text.end}
          </Button>
        </div>
      )}
    </div>
  );
}

function Place({ vm, onClose }: { readonly vm: Vm; readonly onClose: () => void }) {
  const text = words.value.hold;
  const target = `vm/${vm.id}`;
  const { values, set, clear } = useDraft<{ length: Length; because: string }>(`hold ${target}`, {
    length: '4h',
    because: '',
  });
  const placing = useAct(async () => {
    const { id } = await placeHold({ target, for: values.length, because: values.because.trim() });
    clear();
    onClose();
    done(text.placed(vm.name), () => releaseHold(id));
  });
  return (
    <Confirm
      title={text.placeOf(vm.name)}
      by={placing}
      onClose={onClose}
      onConfirm={() => void placing.run()}
    >
      <p>{text.what}</p>
      <Choice<Length>
        label={text.length}
        value={values.length}
        onInput={(length) => set({ length })}
        options={lengths.map((value) => ({ value, text: text.lengths[value] }))}
      />
      <TextField
        label={text.because}
        hint={text.becauseHint}
        error={errorOf(placing.failure, 'because')}
        value={values.because}
        onInput={(because) => set({ because })}
        required
      />
    </Confirm>
  );
}
