import { dismiss, type Notice, notices, useAct } from '../api/act.ts';
import { useNow } from '../app/clock.ts';
import { common } from '../words/common.ts';
import { Button } from './button.tsx';
import { FailureNote } from './failure.tsx';

/** What was just done, with a button that takes it back: a live region, so that it is read out. */
export function Notices() {
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.value.map((each) => (
        <NoticeLine key={each.id} notice={each} />
      ))}
    </div>
  );
}

function NoticeLine({ notice: { id, text, undo, until } }: { readonly notice: Notice }) {
  const act = useAct(async () => undo?.());
  const isOver = useNow() > until;
  if (isOver && act.failure === undefined && !act.busy) queueMicrotask(() => dismiss(id));
  return (
    <div class="notice">
      <span>{text}</span>
      {undo !== undefined && !isOver && (
        <Button
          look="quiet"
          busy={act.busy}
          label={`${common.value.undo}: ${text}`}
          onClick={() => void act.run().then((isDone) => isDone && dismiss(id))}
        >
          {common.value.undo}
        </Button>
      )}
      <Button look="quiet" local label={common.value.dismiss} onClick={() => dismiss(id)}>
        ×
      </Button>
      {act.failure && <FailureNote failure={act.failure} />}
    </div>
  );
}
