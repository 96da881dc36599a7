import diagnostics from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';

/** Fastify says here that an app is made, before it has any route. */
const channel = 'fastify.initialization';

/**
 * The routes of the apps that are made while something is done, such as `GET /api/v1/vms`, also those that no document names. HEAD is left out
 * where Fastify made it of a GET: it is the same route.
 */
export async function routesMadeDuring<T>(work: () => Promise<T>): Promise<[T, ReadonlySet<string>]> {
  const routes = new Set<string>();
  const listen = (message: unknown): void => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) routes.add(`${each} ${url.replace(/(?<=.)\/$/, '')}`);
    });
  };
  diagnostics.subscribe(channel, listen);
  try {
    const made = await work();
    const isOfGet = (route: string) => route.startsWith('HEAD ') && routes.has(route.replace('HEAD', 'GET'));
    return [made, new Set([...routes].filter((route) => !isOfGet(route)))];
  } finally {
    diagnostics.unsubscribe(channel, listen);
  }
}
