import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Act } from '../api/act.ts';
import { isOvertaken } from '../api/edit.ts';
import { common } from '../words/common.ts';
import { Button } from './button.tsx';
import { Dialog, type DialogProps } from './dialog.tsx';
import { FailureNote } from './failure.tsx';
import { TextField } from './field.tsx';

interface ConfirmProps extends DialogProps {
  /** What is done; the dialog closes when it was, and says so when it failed. */
  readonly by: Pick<Act<[]>, 'busy' | 'failure' | 'run'>;
  /** What the button that does it says: “Delete web-1”; left out: as the title. */
  readonly act?: string;
  /** Instead of only doing it, where more follows. */
  readonly onConfirm?: () => void;
  /** What stands there instead of the failure where somebody else was faster (412): both versions. */
  readonly overtaken?: ComponentChildren;
  /** What is to be typed, for what cannot be undone. */
  readonly name?: string | undefined;
  /** Why it cannot be done yet. */
  readonly why?: string | undefined;
  readonly look?: 'main' | 'danger';
}

/** Asks once more, with what will happen as its content; with `name` that is to be typed first. */
export function Confirm({
  title,
  act = title,
  by: { busy, failure, run },
  onClose,
  onConfirm = () => void run().then((isDone) => isDone && onClose()),
  overtaken,
  name,
  why,
  look = 'main',
  children,
}: ConfirmProps) {
  const typed = useSignal('');
  const lacks =
    why ?? (name === undefined || typed.value.trim() === name ? undefined : common.value.typeName(name));
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (lacks === undefined) onConfirm();
        }}
      >
        {children}
        {name !== undefined && (
          <TextField
            label={common.value.typeName(name)}
            value={typed.value}
            autocomplete="off"
            onInput={(text) => {
              typed.value = text;
            }}
          />
        )}
        {overtaken !== undefined && isOvertaken(failure)
          ? overtaken
          : failure && <FailureNote failure={failure} />}
        <div class="acts">
          <Button type="submit" look={look} busy={busy} why={lacks}>
            {act}
          </Button>
          <Button onClick={onClose} local>
            {common.value.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
