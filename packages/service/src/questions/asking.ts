import type { Answering, AnswerTo, AskingInput, QuestionOf } from '@huismeester/contracts';

/**
 * Asks another service, in this process or at its URL. Takes at most 5 s; rejects with `Unanswered` while there is no answer. Never inside a
 * database transaction.
 */
export type AskService = <S extends Answering, Q extends QuestionOf<S>>(
  service: S,
  question: Q,
  input: AskingInput<S, Q>,
) => Promise<AnswerTo<S, Q>>;

/** What a service answers when others ask, by question. */
export type Answers = Readonly<Record<string, (input: never) => unknown>>;
