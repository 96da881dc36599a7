import { milliseconds, type SpaceSettings } from '@huismeester/contracts';
import type { HistorySettings } from './look.ts';

type ExternalBroker = Exclude<SpaceSettings['broker'], { embedded: unknown }>;

/** The history of public events as `broker.jetstream` wants it; undefined where settings have none. */
export function historySettings({
  jetstream,
  root,
}: Pick<ExternalBroker, 'jetstream' | 'root'>): HistorySettings | undefined {
  if (!jetstream) return undefined;
  const { url, maxAge, ...rest } = jetstream;
  return { ...rest, urls: [url].flat(), root, maxAgeMs: milliseconds(maxAge) };
}
