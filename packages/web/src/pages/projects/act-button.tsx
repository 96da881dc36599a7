import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { done, useAct } from '../../api/act.ts';
import type { Failure } from '../../api/request.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';

interface Props {
  /** What the button says. */
  readonly text: string;
  /** Names its object: the title of its dialog. */
  readonly title: string;
  /** What the button in the dialog says; the title if left out. */
  readonly act?: string;
  readonly look?: 'main' | 'plain' | 'danger';
  /** To be typed first, for what cannot be undone. */
  readonly name?: string;
  readonly why?: string | undefined;
  readonly run: () => Promise<unknown>;
  /** What is said once it is done; with `undo` it can be taken back. */
  readonly said: string;
  readonly undo?: () => Promise<unknown>;
  /** What will happen, and the fields that it takes. */
  readonly children: (failure: Failure | undefined) => ComponentChildren;
}

/** A button that asks in a dialog what it needs, does it, and says that it is done. */
export function ActButton({
  text,
  title,
  act = title,
  look = 'plain',
  name,
  why,
  run,
  said,
  undo,
  children,
}: Props) {
  const isOpen = useSignal<boolean>(false);
  const doing = useAct(run);
  const close = (): void => {
    isOpen.value = false;
    doing.clear();
  };
  return (
    <>
      <Button
        look={look}
        // What is read out begins with what stands on it.
        label={title.toLowerCase().includes(text.toLowerCase()) ? title : `${text}: ${title}`}
        why={why}
        onClick={() => {
          isOpen.value = true;
        }}
      >
        {text}
      </Button>
      {isOpen.value && (
        <Confirm
          title={title}
          act={act}
          look={look === 'danger' ? 'danger' : 'main'}
          name={name}
          by={doing}
          onClose={close}
          onConfirm={() =>
            void doing.run().then((isDone) => {
              if (!isDone) return;
              close();
              done(said, undo);
            })
          }
        >
          {children(doing.failure)}
        </Confirm>
      )}
    </>
  );
}
