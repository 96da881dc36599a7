import { randomUUID } from 'node:crypto';
import type { SpaceSettings } from '@huismeester/contracts';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { handleError } from './errors.ts';

export type TrustedProxy = SpaceSettings['http']['trustedProxy'];

/** From which addresses `X-Forwarded-For` is believed, in Fastify's words. */
const proxies: Readonly<Record<TrustedProxy, string[]>> = {
  loopback: ['loopback'],
  private: ['loopback', 'uniquelocal'],
};

/** An app without routes: every fault is answered as a problem, and requests are not logged one by one. */
export function bareApp(logger: FastifyBaseLogger, proxy: TrustedProxy = 'loopback'): FastifyInstance {
  const app: FastifyInstance = fastify({
    loggerInstance: logger,
    trustProxy: proxies[proxy],
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // A request that comes in while we close is still answered; its connection is not kept.
    return503OnClosing: false,
    frameworkErrors: handleError,
  });
  app.setErrorHandler(handleError);
  return app;
}
