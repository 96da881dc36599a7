import type { ApplicationResource } from '@huismeester/contracts';
import { useNames } from '../../parts/person.tsx';
import { Relative } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { endOf, stepsOf } from './applications.ts';
import { words } from './words.ts';

interface Of {
  readonly of: ApplicationResource;
}

/** How far an application is. */
export function Steps({ of }: Of) {
  const text = words.value;
  return (
    <ol class="phases" aria-label={text.stepsTitle}>
      {stepsOf(of).map(({ name, state }) => (
        <li key={name} class={state} aria-current={state === 'now' ? 'step' : undefined}>
          {text.steps[name]}
          <span class="for-readers">: {text.stepStates[state]}</span>
        </li>
      ))}
    </ol>
  );
}

/** How it stands in a line: what is waited for, until when. */
export function Until({ of }: Of) {
  const text = words.value;
  const name = useNames();
  const { state, voted, electorate, board, waits } = of;
  const until = endOf(of);
  const said =
    state === 'open' && electorate !== undefined
      ? text.voted(voted?.length ?? 0, electorate)
      : state === 'awaiting-board' && board !== undefined && board.waits_for.length > 0
        ? text.waitsFor(board.waits_for.map(name).join(', '))
        : common.value.terms.applicationStates[state];
  return (
    <>
      {said}
      {waits !== undefined && `. ${text.waits[waits]}`}
      {until !== undefined && (
        <>
          {' · '}
          <Relative at={until} />
        </>
      )}
    </>
  );
}
