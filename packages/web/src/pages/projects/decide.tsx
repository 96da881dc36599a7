import type { OpenPoint, Promotion, PromotionWithSteps } from '@huismeester/contracts';
import { useDraft } from '../../api/draft.ts';
import { send } from '../../api/request.ts';
import { known, useResource } from '../../api/resource.ts';
import { Check, Choice } from '../../parts/choices.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { common } from '../../words/common.ts';
import { ActButton } from './act-button.tsx';
import { looker, requestPath } from './ask.ts';
import { Because } from './because.tsx';
import { words } from './words.ts';

type How = 'granted' | 'declined';

/** A full member decides for the team; to core what is open is read first, and ticked. Long, since it is a form, one field after another. */
export function Decide({
  request: { id, to },
  title,
}: {
  readonly request: Promotion;
  readonly title: string;
}) {
  const text = words.value.promotion;
  const { values, set, clear } = useDraft<{ how: How; because: string; confirm: readonly string[] }>(
    `decide ${id}`,
    {
      how: 'granted',
      because: '',
      confirm: [],
    },
  );
  const isCore = to === 'core';
  const found = known(
    useResource<PromotionWithSteps>(isCore ? requestPath(id) : undefined, ['vm-lifecycle']),
  );
  const points = values.how === 'granted' ? (found?.open_points ?? []) : [];
  const run = async (): Promise<void> => {
    const { how, because, confirm } = values;
    const read = how === 'granted' && isCore && { confirm };
    await send(`${requestPath(id)}/decision`, {
      method: 'PUT',
      body: { how, because: because.trim(), ...read },
    });
    clear();
  };
  return (
    <ActButton
      text={text.decide}
      title={text.decideOf(title)}
      act={values.how === 'granted' ? text.grant : text.decline}
      look="main"
      run={run}
      said={text.decided}
    >
      {(failure) => (
        <>
          <Choice<How>
            label={text.how}
            value={values.how}
            onInput={(how) => set({ how })}
            options={[
              {
                value: 'granted',
                text: text.grant,
                ...(to !== undefined && { more: text.grantMore(common.value.terms.classes[to]) }),
              },
              { value: 'declined', text: text.decline },
            ]}
          />
          {points.length > 0 && (
            <Points
              points={points}
              read={values.confirm}
              error={errorOf(failure, 'confirm')}
              onInput={(confirm) => set({ confirm })}
            />
          )}
          <Because value={values.because} failure={failure} onInput={(because) => set({ because })} />
        </>
      )}
    </ActButton>
  );
}

function Points({
  points,
  read,
  error,
  onInput,
}: {
  readonly points: readonly OpenPoint[];
  readonly read: readonly string[];
  readonly error: string | undefined;
  readonly onInput: (read: readonly string[]) => void;
}) {
  const { points: asked } = words.value.projectWording;
  return (
    <fieldset class="field">
      <legend>{words.value.promotion.read}</legend>
      {points.map(({ clause, vms = [] }) => (
        <div key={clause} class="row">
          <Check
            label={[asked[clause], vms.length > 0 ? `(${vms.join(', ')})` : ''].join(' ')}
            value={read.includes(clause)}
            onInput={(isRead) => onInput(isRead ? [...read, clause] : read.filter((each) => each !== clause))}
          />
          <ClauseLink clause={clause} />
        </div>
      ))}
      {error !== undefined && <p class="error">{error}</p>}
    </fieldset>
  );
}

/** Another full member than who granted it may turn it back; for how long is the server's to say. */
export function TurnBack({
  id,
  title,
  decision,
}: {
  readonly id: string;
  readonly title: string;
  readonly decision: Promotion['decision'];
}) {
  const text = words.value.promotion;
  const { values, set, clear } = useDraft(`undo ${id}`, { because: '' });
  const { isTeam, person } = looker();
  if (!isTeam || decision === undefined || decision.by === person) return null;
  const run = async (): Promise<void> => {
    await send(`${requestPath(id)}/decision`, { method: 'DELETE', body: { because: values.because.trim() } });
    clear();
  };
  return (
    <ActButton text={text.undo} title={text.undoOf(title)} run={run} said={text.undone}>
      {(failure) => (
        <>
          <p>{text.undoWhat}</p>
          <Because value={values.because} failure={failure} onInput={(because) => set({ because })} />
        </>
      )}
    </ActButton>
  );
}
