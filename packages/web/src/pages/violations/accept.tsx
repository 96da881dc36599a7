import type { Violation } from '@huismeester/contracts';
import { done } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { useActOn, useSeen } from '../../api/edit.ts';
import { Failed, send } from '../../api/request.ts';
import { known, useResource } from '../../api/resource.ts';
import { Select } from '../../parts/choices.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { TextField } from '../../parts/field.tsx';
import { OvertakenNote } from '../../parts/overtaken.tsx';
import { common } from '../../words/common.ts';
import { fullMoment } from '../../words/time.ts';
import { words } from './words.ts';
import type { Words } from './words-en.ts';

/** How something is accepted: for how long, and why. */
export interface Accepting {
  readonly for: string;
  readonly because: string;
}

const pathOf = (id: string): string => `/api/v1/violations/${encodeURIComponent(id)}/acceptance`;

/** Accepts a violation; `ifMatch`: only while it is as it was shown. */
export function accept(id: string, body: Accepting, ifMatch?: string): Promise<unknown> {
  return send(pathOf(id), { method: 'PUT', body, ifMatch });
}

export function withdraw(id: string): Promise<unknown> {
  return send(pathOf(id), { method: 'DELETE' });
}

/** One that is accepted, or no longer, stands elsewhere on the page: the focus goes with it. */
export function follow(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}

interface Props {
  /** One, or all of a kind. */
  readonly all: readonly Violation[];
  /** What is accepted, in words. */
  readonly what: string;
  readonly nameOf: (subject: string) => string;
  readonly onClose: () => void;
}

/** Asks for how long and why; all of a kind get the same. Long, since it is a form, one field after another. */
export function Accept({ all, what, nameOf, onClose }: Props) {
  const text = words.value;
  const only = all.length === 1 ? all[0] : undefined;
  const shown = useResource<Violation>(only && `/api/v1/violations/${only.violation}`, ['policy']);
  const { values, set, clear } = useDraft(`accept ${only?.violation ?? what}`, {
    length: '720h' as keyof Words['lengths'],
    because: '',
  });
  const newest = known(shown);
  const act = useActOn(useSeen(shown), async (etag) => {
    const body = { for: values.length, because: values.because };
    const accepted: string[] = [];
    // One after another: what refuses one of them refuses all, and to accept one once more changes nothing.
    for (const { violation } of all) {
      await accept(violation, body, etag).then(
        () => accepted.push(violation),
        // Of many, one that is over by now needs nothing.
        (error: unknown) => (only === undefined && isGone(error) ? undefined : Promise.reject(error)),
      );
    }
    clear();
    done(text.isAccepted(what), () => Promise.all(accepted.map(withdraw)));
  });
  const title = only === undefined ? text.acceptMany(all.length, what) : text.acceptOne(what);
  return (
    <Confirm
      title={title}
      by={act}
      overtaken={
        <OvertakenNote now={standOf(newest)} yours={`${text.lengths[values.length]}: ${values.because}`} />
      }
      onClose={onClose}
      onConfirm={() =>
        void act.run().then((isDone) => {
          if (!isDone) return;
          onClose();
          if (all[0]) follow(all[0].violation);
        })
      }
    >
      <p>{text.acceptLead}</p>
      {only === undefined && (
        <ul class="plain">
          {all.map(({ violation, about }) => (
            <li key={violation}>{nameOf(about)}</li>
          ))}
        </ul>
      )}
      <Select
        label={text.length}
        error={errorOf(act.failure, 'for')}
        value={values.length}
        onInput={(length) => set({ length })}
        options={Object.entries(text.lengths).map(([value, name]) => ({
          value: value as keyof Words['lengths'],
          text: name,
        }))}
      />
      <TextField
        label={text.because}
        hint={text.becauseHint}
        error={errorOf(act.failure, 'because')}
        value={values.because}
        onInput={(because) => set({ because })}
        rows={2}
        maxLength={500}
        required
      />
    </Confirm>
  );
}

function isGone(error: unknown): boolean {
  return error instanceof Failed && error.failure.kind === 'problem' && error.failure.problem.status === 404;
}

/** How it is now, in a few words. */
function standOf(violation: Violation | undefined): string {
  const text = words.value;
  if (violation === undefined) return common.value.unknown;
  const { accepted } = violation;
  return accepted === undefined
    ? text.notAccepted
    : `${text.until} ${fullMoment(accepted.until)}: ${accepted.because}`;
}
