import { randomUUID } from 'node:crypto';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { handleError } from './errors.ts';

/** An app without routes: every fault is answered as a problem, and requests are not logged one by one. */
export function bareApp(logger: FastifyBaseLogger): FastifyInstance {
  const app: FastifyInstance = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // A request that comes in while we close is still answered; its connection is not kept.
    return503OnClosing: false,
    frameworkErrors: handleError,
  });
  app.setErrorHandler(handleError);
  return app;
}
