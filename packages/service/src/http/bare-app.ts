import { randomUUID } from 'node:crypto';
import type { SpaceSettings } from '@huismeester/contracts';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { handleError } from './errors.ts';
import { inNetworks, loopback, privateNetworks } from './networks.ts';

export type TrustedProxy = SpaceSettings['http']['trustedProxy'];

const networks: Readonly<Record<TrustedProxy, readonly string[]>> = {
  loopback,
  private: [...loopback, ...privateNetworks],
};

/** An app without routes: every fault is answered as a problem, and requests are not logged one by one. */
export function bareApp(logger: FastifyBaseLogger, proxy: TrustedProxy = 'loopback'): FastifyInstance {
  // There is no address for the local socket, from which no proxy comes.
  const isTrusted = inNetworks(networks[proxy]);
  const app: FastifyInstance = fastify({
    loggerInstance: logger,
    // One proxy, and no more: what somebody in the same network says of who they are stands behind it in the header.
    trustProxy: (address, hop) => hop === 0 && isTrusted(address),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // A request that comes in while we close is still answered; its connection is not kept.
    return503OnClosing: false,
    frameworkErrors: handleError,
  });
  app.setErrorHandler(handleError);
  return app;
}
