import type { Problem } from './every-service/answers.ts';

/** An expected *no* of a core: a `Refusal` of packages/events by its shape, which no core imports. */
export interface No {
  readonly refused: true;
  /** Stable, for programs. */
  readonly code: string;
  /** For people. */
  readonly title: string;
  /** The clause of the infra policy that refuses it. */
  readonly clause?: string;
  /** What is wrong, what was found, and what is allowed. */
  readonly errors: NonNullable<Problem['errors']>;
}

/** Makes a {@link No}; each says what would be allowed instead. */
export function no(code: string, title: string, more: Pick<No, 'clause' | 'errors'>): No {
  return { refused: true, code, title, ...more };
}

/** Whether an answer is a {@link No}. */
export function isNo(answer: unknown): answer is No {
  return typeof answer === 'object' && answer !== null && 'refused' in answer && answer.refused === true;
}
