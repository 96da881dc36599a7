import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Simulation } from './simulation.ts';

const Body = Type.Object(
  { ups: Type.Optional(Type.Enum(['rack'] as const)) },
  { additionalProperties: false },
);
const Answer = Type.Object({ ups: Type.String(), mains: Type.Enum(['cut', 'back'] as const) });
const config = { roles: ['administrator', 'infrateam'] } as const;

/** What only a demo can do: take the simulated mains away and give it back. */
export function demoRoutes({ ups }: Pick<Simulation, 'ups'>): FastifyPluginAsyncTypebox {
  return async (app) => {
    const acts = [
      {
        path: 'power-cut',
        mains: 'cut',
        summary: 'Take mains away from the simulated UPS',
        act: () => ups.powerCut(),
      },
      { path: 'mains-back', mains: 'back', summary: 'Give mains back', act: () => ups.mainsBack() },
    ] as const;
    for (const { path, mains, summary, act } of acts) {
      const schema = { tags: ['demo'], summary, body: Body, response: { 200: Answer } };
      app.post(`/api/v1/demo/${path}`, { config, schema }, async () => {
        act();
        return { ups: 'rack', mains };
      });
    }
  };
}
