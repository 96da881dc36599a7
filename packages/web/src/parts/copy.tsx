import { useSignal } from '@preact/signals';
import { common } from '../words/common.ts';
import { Button } from './button.tsx';

/** A text to take along, with a button that copies it; `what` names it: “the address of web-1”. */
export function Copyable({ text, what }: { readonly text: string; readonly what: string }) {
  const isCopied = useSignal<boolean>(false);
  const element = `copy-${what.replaceAll(/\W+/g, '-')}`;
  const copy = async (): Promise<void> => {
    // Over plain HTTP there is no clipboard: then it is selected, to be copied by hand.
    if (navigator.clipboard === undefined) select(element);
    else await navigator.clipboard.writeText(text);
    isCopied.value = navigator.clipboard !== undefined;
  };
  return (
    <span class="copyable">
      <code id={element}>{text}</code>
      <Button look="quiet" local label={common.value.copy(what)} onClick={() => void copy()}>
        {isCopied.value ? common.value.copied : common.value.copy('')}
      </Button>
    </span>
  );
}

function select(id: string): void {
  const found = document.getElementById(id);
  if (found !== null) getSelection()?.selectAllChildren(found);
}
