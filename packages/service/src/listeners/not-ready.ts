import type { RequestListener } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import type { Registry } from 'prom-client';
import { bareApp } from '../http/bare-app.ts';
import { sendProblem } from '../http/errors.ts';
import { healthRoutes } from '../http/health.ts';
import { Problem } from '../http/problem.ts';

/** Why a process cannot act yet. Anyone may read it: no secrets. */
export interface Waiting {
  /** A stable word for programs, and the name of the part that is not ready. */
  readonly code: string;
  readonly part: string;
  readonly title: string;
  /** What exactly, and what to do about it. */
  readonly detail: string;
}

/** Answers `/health/*` and `/metrics`, and everything else with 503 and what the process waits for. */
export async function createNotReady(options: {
  logger: FastifyBaseLogger;
  version: string;
  metrics: Registry;
  waiting: () => Waiting;
}): Promise<RequestListener> {
  const { logger, version, metrics, waiting } = options;
  const app = bareApp(logger);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-cache');
    // No route, so none of the few that there are.
    if (request.routeOptions.url !== undefined) return;
    const { code, title, detail } = waiting();
    reply.header('retry-after', '2');
    sendProblem(request, reply, new Problem(503, code, title, { detail }));
    return reply;
  });
  const parts = async () => {
    const { part, detail } = waiting();
    return [{ name: part, ready: false, detail }];
  };
  await app.register(healthRoutes({ version, metrics, parts }));
  await app.ready();
  return (request, response) => app.routing(request, response);
}
