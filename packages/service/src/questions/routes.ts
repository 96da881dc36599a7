import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { questionsOf } from '@huismeester/contracts';
import type { RunningService } from '../service.ts';

/** `/<service>/questions/<name>`: what services of other processes ask this one. Nobody else may: answers can be about people. */
export function questionRoutes({ name, answers = {} }: RunningService): FastifyPluginAsyncTypebox {
  return async (app) => {
    for (const [question, { description, input, answer }] of Object.entries(questionsOf(name))) {
      const given = answers[question];
      // A service of a test has no answers.
      if (given === undefined) continue;
      app.post(
        `/${name}/questions/${question}`,
        {
          config: { roles: ['service'] },
          schema: { summary: description, body: input, response: { 200: answer } },
        },
        async ({ body }, reply) => {
          void reply.header('cache-control', 'no-store');
          return await given(body as never);
        },
      );
    }
  };
}
