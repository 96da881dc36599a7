import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Failure } from '../api/request.ts';
import { common } from '../words/common.ts';
import { Button } from './button.tsx';
import { FailureNote } from './failure.tsx';
import { TextField } from './field.tsx';

interface Props {
  /** Names its object: “Delete web-1”. */
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A dialog over the page while it is rendered; the focus is in it, and goes back to where it was. */
export function Dialog({ title, onClose, children }: Props) {
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    element.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}

interface ConfirmProps extends Props {
  /** What the button that does it says: “Delete web-1”. */
  readonly act: string;
  readonly onConfirm: () => void;
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** What is to be typed, for what cannot be undone. */
  readonly name?: string | undefined;
  readonly look?: 'main' | 'danger';
}

/** Asks once more, with what will happen as its content; with `name` that is to be typed first. */
export function Confirm({
  act,
  onConfirm,
  busy,
  failure,
  name,
  look = 'main',
  onClose,
  title,
  children,
}: ConfirmProps) {
  const typed = useSignal('');
  const isSure = name === undefined || typed.value.trim() === name;
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isSure) onConfirm();
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
        {failure && <FailureNote failure={failure} />}
        <div class="acts">
          <Button
            type="submit"
            look={look}
            busy={busy}
            why={isSure || name === undefined ? undefined : common.value.typeName(name)}
          >
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
