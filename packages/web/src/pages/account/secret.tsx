import { Button } from '../../parts/button.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { words } from './words.ts';

/** What is shown this once, until whoever asked for it says that they have it. */
export function Shown({
  title,
  lead,
  secret,
  what,
  onSeen,
}: {
  readonly title: string;
  readonly lead: string;
  readonly secret: string;
  readonly what: string;
  readonly onSeen: () => void;
}) {
  return (
    <div class="note" role="status">
      <p class="strong">{title}</p>
      <p>{lead}</p>
      <Copyable text={secret} what={what} />
      <Button local onClick={onSeen}>
        {words.value.seen}
      </Button>
    </div>
  );
}
