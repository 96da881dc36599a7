import { randomUUID } from 'node:crypto';
import { BlockList } from 'node:net';
import type { SpaceSettings } from '@huismeester/contracts';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { handleError } from './errors.ts';

export type TrustedProxy = SpaceSettings['http']['trustedProxy'];

/** Networks in CIDR notation: loopback (RFC 5735, RFC 4291), and private ones (RFC 1918, RFC 4193). */
const loopback = ['127.0.0.0/8', '::1/128'];
const networks: Readonly<Record<TrustedProxy, readonly string[]>> = {
  loopback,
  private: [...loopback, '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** Whether `X-Forwarded-For` is believed from an address; there is none for the local socket. */
function proxiesIn(proxy: TrustedProxy): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const network of networks[proxy]) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), address.includes(':') ? 'ipv6' : 'ipv4');
  }
  return (address) => address !== undefined && list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

/** An app without routes: every fault is answered as a problem, and requests are not logged one by one. */
export function bareApp(logger: FastifyBaseLogger, proxy: TrustedProxy = 'loopback'): FastifyInstance {
  const isTrusted = proxiesIn(proxy);
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
