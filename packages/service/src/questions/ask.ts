import {
  type AnswerTo,
  faults,
  questionsOf,
  type ServiceName,
  type SpaceSettings,
} from '@huismeester/contracts';
import type { Answers, AskService } from './asking.ts';
import { askRemote } from './remote.ts';
import { Unanswered } from './unanswered.ts';

const deadlineMs = 5_000;

/**
 * How a service of this process asks others. `local` gives a service of this process, once it is made: undefined before, and for those that
 * run elsewhere.
 */
export function createAsk(options: {
  readonly self: ServiceName;
  readonly services: SpaceSettings['services'];
  readonly local: (service: ServiceName) => Answering | undefined;
}): AskService {
  const { self, services, local } = options;
  return async (service, name, input) => {
    const definition = questionsOf(service)[name];
    if (definition === undefined) throw new Unanswered(`${service} can be asked no ${name}`);
    const [wrong] = faults(definition.input, input);
    if (wrong !== undefined) throw new Unanswered(`${self} asked ${service} for ${name} wrongly: ${wrong}`);
    const answering = local(service);
    const answer = answering
      ? await askLocal(answering, { service, name, input })
      : await askRemote({ service, name, input, self, services, deadlineMs });
    const [fault] = faults(definition.answer, answer);
    if (fault !== undefined) throw new Unanswered(`${service} gave no answer to ${name}: ${fault}`);
    // As the schema of the answer has it: this was just checked.
    return answer as AnswerTo<typeof service, typeof name>;
  };
}

/** Of a service of this process. */
interface Answering {
  readonly answers?: Answers;
}

interface Question {
  readonly service: ServiceName;
  readonly name: string;
  readonly input: unknown;
}

async function askLocal({ answers }: Answering, { service, name, input }: Question): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const why = `${service} did not answer ${name} within ${deadlineMs / 1000} s`;
    timer = setTimeout(() => reject(new Unanswered(why)), deadlineMs);
  });
  try {
    return await Promise.race([answerOf(answers, name, input), late]);
  } catch (cause) {
    if (cause instanceof Unanswered) throw cause;
    throw new Unanswered(`${service} could not answer ${name}`, { cause });
  } finally {
    clearTimeout(timer);
  }
}

async function answerOf(answers: Answering['answers'], name: string, input: unknown): Promise<unknown> {
  return await answers?.[name]?.(input as never);
}
