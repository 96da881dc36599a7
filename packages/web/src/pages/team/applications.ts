import type { ApplicationResource, Vote, VoteOutcome } from '@huismeester/contracts';
import type { Failure } from '../../api/request.ts';

type State = ApplicationResource['state'];

/** Whether something is still to become of it. */
export function isGoingOn({ state }: Pick<ApplicationResource, 'state'>): boolean {
  return state === 'proposed' || state === 'open' || state === 'awaiting-board';
}

export const stepNames = ['consent', 'vote', 'board', 'team'] as const;
type StepState = 'done' | 'now' | 'later' | 'no';

export interface Step {
  readonly name: (typeof stepNames)[number];
  readonly state: StepState;
}

const at: Readonly<Record<State, number>> = {
  proposed: 0,
  open: 1,
  'awaiting-board': 2,
  'carried-out': 4,
  rejected: 1,
  lapsed: 1,
  vetoed: 2,
  withdrawn: 1,
};

/** How far an application is; the consent is a step only where somebody else applied. */
export function stepsOf({
  state,
  backer,
  approved,
}: Pick<ApplicationResource, 'state' | 'backer' | 'approved'>): Step[] {
  const isEnded = !isGoingOn({ state }) && state !== 'carried-out';
  const reached = state === 'withdrawn' && approved !== undefined ? 2 : at[state];
  return stepNames
    .map((name, index): Step => {
      if (index < reached) return { name, state: 'done' };
      if (index > reached) return { name, state: 'later' };
      return { name, state: isEnded ? 'no' : 'now' };
    })
    .filter(({ name }) => name !== 'consent' || backer !== undefined);
}

/** When what goes on comes to its end; undefined: that is not known. */
export function endOf({
  state,
  ends,
  board,
}: Pick<ApplicationResource, 'state' | 'ends' | 'board'>): string | undefined {
  if (state === 'open') return ends;
  return state === 'awaiting-board' ? board?.until : undefined;
}

/** What is asked before a vote is cast: it decides, and how. `hasChanged`: others voted since it was asked. */
export interface Deciding {
  readonly vote: Vote;
  readonly outcome: VoteOutcome | undefined;
  readonly hasChanged: boolean;
}

const isOutcome = (text: string | undefined): text is VoteOutcome =>
  text === 'approved' || text === 'rejected' || text === 'lapsed';

/** What a refused vote would decide now; undefined: it was refused for something else. */
export function decidingOf(vote: Vote, failure: Failure): Deciding | undefined {
  if (failure.kind !== 'problem') return undefined;
  const { code, errors } = failure.problem;
  if (code !== 'would-decide' && code !== 'decides-otherwise') return undefined;
  const allowed = errors?.find(({ field }) => field === 'body.decides')?.allowed;
  return { vote, outcome: isOutcome(allowed) ? allowed : undefined, hasChanged: true };
}
