import { type History, keepHistory } from '@huismeester/broker';
import { milliseconds, type SpaceSettings } from '@huismeester/contracts';
import type { Logger } from 'pino';
import type { Part } from '../service.ts';

type ExternalBroker = Exclude<SpaceSettings['broker'], { embedded: unknown }>;

/** The stream that keeps public events for others, where settings have one. */
export function openHistory(
  { jetstream, root }: ExternalBroker,
  { logger }: { logger: Logger },
): History | undefined {
  if (!jetstream) return undefined;
  const { url, maxAge, username, password, ca, replicas } = jetstream;
  return keepHistory({
    ...{ urls: typeof url === 'string' ? [url] : url, root, maxAgeMs: milliseconds(maxAge), logger },
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca }),
    ...(replicas === undefined ? {} : { replicas }),
  });
}

/** Not essential: it is for others, and what it misses is in our logs. */
export function historyPart(history: History): Part {
  const trouble = history.trouble();
  const detail = trouble ?? history.warning();
  return {
    ...{ name: 'history', essential: false, ready: trouble === undefined },
    ...(detail === undefined ? {} : { detail }),
  };
}
