import type { Static } from 'typebox';
import type { QuestionDefinition } from '../define.ts';
import { type ServiceName, type Services, services } from './names.ts';

type Questions = {
  [S in ServiceName as Services[S] extends { questions: object } ? S : never]: Services[S] extends {
    questions: infer Q;
  }
    ? Q
    : never;
};

/** A service that can be asked something. */
export type Answering = keyof Questions;
/** What a service can be asked, by name. */
export type QuestionOf<S extends Answering> = keyof Questions[S] & string;

export type AskingInput<S extends Answering, Q extends QuestionOf<S>> =
  Questions[S][Q] extends QuestionDefinition<infer Input> ? Static<Input> : never;
export type AnswerTo<S extends Answering, Q extends QuestionOf<S>> = Questions[S][Q] extends {
  answer: infer Answer extends QuestionDefinition['answer'];
}
  ? Static<Answer>
  : never;

/** What a service answers, a function for each question. */
export type AnswersOf<S extends Answering> = {
  readonly [Q in QuestionOf<S>]: (input: AskingInput<S, Q>) => Promise<AnswerTo<S, Q>> | AnswerTo<S, Q>;
};

/** What a service can be asked; nothing for most. */
export function questionsOf(service: ServiceName): Readonly<Record<string, QuestionDefinition>> {
  const contract: { readonly questions?: Readonly<Record<string, QuestionDefinition>> } = services[service];
  return contract.questions ?? {};
}
