import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { words } from './words.ts';

/** The public key that may log in: the one that is known, in short, or a field to paste another into. */
export function KeyField({
  known,
  value,
  error,
  onInput,
}: {
  readonly known: { readonly key: string; readonly from: 'account' | 'before' } | undefined;
  /** What was typed; undefined: the known one. */
  readonly value: string | undefined;
  readonly error: string | undefined;
  readonly onInput: (value: string) => void;
}) {
  const text = words.value.new;
  if (known === undefined || value !== undefined || error !== undefined) {
    return (
      <TextField
        label={text.key}
        hint={text.keyHint}
        error={error}
        rows={3}
        value={value ?? ''}
        autocomplete="off"
        onInput={onInput}
      />
    );
  }
  return (
    <div class="field known-key">
      <span class="strong">{text.key}</span>
      <span>
        {known.from === 'account' ? text.keyKnown : text.keyUsed}:{' '}
        <code>{known.key.split('\n').map(shortKey).join(', ')}</code>
      </span>
      <Button look="quiet" local onClick={() => onInput('')}>
        {text.keyOther}
      </Button>
    </div>
  );
}

/** `ssh-ed25519 …q3Zk mira@laptop`: its kind, its end and its comment. */
function shortKey(line: string): string {
  const [kind = '', key = '', ...comment] = line.trim().split(/\s+/);
  return [kind, `…${key.slice(-6)}`, ...comment].join(' ');
}
