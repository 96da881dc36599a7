import type { VmAct } from '@huismeester/contracts';
import { useNow } from '../../app/clock.ts';
import { Mark } from '../../parts/mark.tsx';
import { When } from '../../parts/time.tsx';
import { isUnderWay } from './model.ts';
import { words } from './words.ts';

/** What was done is said for so long. */
const freshMs = 5 * 60_000;

/** What was asked of a VM last: how far it is, and for a while what became of it. */
export function Acting({ act }: { readonly act: VmAct | undefined }) {
  const text = words.value;
  const now = useNow();
  return (
    <div role="status" class="acting">
      {act !== undefined && (
        <Said act={act} isFresh={now - Date.parse(act.ended ?? act.requested) < freshMs} text={text} />
      )}
    </div>
  );
}

function Said({
  act: { act, state, waiting, error, more, requested, ended },
  isFresh,
  text,
}: {
  readonly act: VmAct;
  readonly isFresh: boolean;
  readonly text: (typeof words)['value'];
}) {
  if (isUnderWay({ state })) {
    return (
      <p>
        <Mark tone="warn">{text.asked[act]}</Mark>{' '}
        {waiting !== undefined && (
          <span class="small">
            {text.waits} <Literally text={waiting} />
          </span>
        )}
      </p>
    );
  }
  if (!isFresh) return null;
  if (state === 'failed') {
    return (
      <p class="error">
        {text.failed(text.acts[act])} {error !== undefined && <Literally text={error} />}
      </p>
    );
  }
  return (
    <p class="small">
      {text.done[act]} {more !== undefined && text.atNextStart} <When at={ended ?? requested} />
    </p>
  );
}

/** What the log or Proxmox says, as it is: there it is always English. */
function Literally({ text }: { readonly text: string }) {
  return <span lang="en">«{text}»</span>;
}
