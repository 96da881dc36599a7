import type { Problem } from '@huismeester/contracts';

/**
 * An expected *no*, as a value: what was asked for cannot be done now, or not by this caller. Its code is stable; what HTTP status
 * it becomes is for the route to say.
 */
export interface Refusal {
  readonly refused: true;
  /** Stable, for programs: `exists`, `not-found`, `stale`, or one of the service's own. */
  readonly code: string;
  /** For people. */
  readonly title: string;
  /** The clause of the infra policy that refuses it. */
  readonly clause?: string;
  /** One for each field that is wrong. */
  readonly errors?: NonNullable<Problem['errors']>;
}

/** Makes a {@link Refusal}. */
export function refuse(code: string, title: string, more: Pick<Refusal, 'clause' | 'errors'> = {}): Refusal {
  return { refused: true, code, title, ...more };
}

/** Whether an answer is a {@link Refusal}. */
export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'refused' in answer && answer.refused === true;
}

/** What was read has changed meanwhile (`If-Match`); `what`: such as `report 2026-10`. */
export function stale(what: string): Refusal {
  return refuse('stale', `${what} has changed since it was read; read it again`);
}
